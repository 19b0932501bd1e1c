#pragma once

#include <riposte/detail/testing/table_base.hpp>

#include <algorithm>
#include <cstdint>
#include <mutex>
#include <utility>

// What a call puts out, and how it ends and waits.
namespace riposte::testing::table {

constexpr riposte_reply parts = 64;  // a reply's handle is call * parts + its index + 1

inline riposte_status put_out(World& world, World::Call& call, riposte_text text) {
    if (!sayable({text.data, text.size})) return RIPOSTE_INVALID;
    if (text.size > RIPOSTE_MAX_REPLY) return RIPOSTE_TOO_LARGE;
    if (call.bytes + text.size > RIPOSTE_MAX_OUTPUT) return RIPOSTE_TOO_MANY;
    call.bytes += text.size;
    call.output_due = world.now + World::between_outputs_ms;
    return RIPOSTE_OK;
}

inline riposte_status add(const riposte_host* host, riposte_call id, riposte_text text, bool ephemeral,
                          riposte_reply* reply) {
    const std::lock_guard lock(world(host).mutex);
    World::Call* call = world(host).open(id);
    if (!call) return RIPOSTE_GONE;
    if (ephemeral && call->heard) return RIPOSTE_NOT_SUPPORTED;
    if (call->result.replies.size() >= RIPOSTE_MAX_REPLIES) return RIPOSTE_TOO_MANY;
    const riposte_status status = put_out(world(host), *call, text);
    if (status != RIPOSTE_OK) return status;
    call->result.replies.push_back({.text = string(text), .ephemeral = ephemeral});
    if (reply) *reply = id * parts + call->result.replies.size();
    return RIPOSTE_OK;
}

/// Finds the message behind a handle; `change` is told the call and the message's place in its replies.
template <class Change>
riposte_status change(const riposte_host* host, riposte_reply handle, Change change) {
    const std::lock_guard lock(world(host).mutex);
    World::Call* call = world(host).open(handle / parts);
    if (!call) return RIPOSTE_GONE;
    const std::size_t index = handle % parts;
    if (index == 0 || index > call->result.replies.size()) return RIPOSTE_INVALID;
    return change(*call, index - 1);
}

inline riposte_status end(const riposte_host* host, riposte_call id, Outcome outcome, riposte_text reason) {
    const std::lock_guard lock(world(host).mutex);
    World::Call* call = world(host).open(id);
    if (!call) return RIPOSTE_GONE;
    world(host).end(*call, outcome, string(reason));
    return RIPOSTE_OK;
}

/// A call's wait takes no real time: it moves the clock, up to the call's end.
inline riposte_status pass(const riposte_host* host, riposte_call id, std::int64_t milliseconds) {
    World& world = of(host).world;
    const std::lock_guard lock(world.mutex);
    World::Call* call = world.open(id);
    if (!call) return RIPOSTE_GONE;
    const std::int64_t deadline = std::min(call->output_due, call->ends);
    const std::int64_t last = std::min(deadline, call->cancelled);
    if (world.now + milliseconds < last) {
        world.now += milliseconds;
        return of(host).stopping ? RIPOSTE_CANCELLED : RIPOSTE_OK;
    }
    world.now = std::max(world.now, last);
    world.end(*call, call->cancelled <= deadline ? Outcome::Cancelled : Outcome::TimedOut);
    return RIPOSTE_GONE;
}

/// A background thread's wait lasts until the test has moved the clock, or the instance stops.
inline riposte_status sleep(const riposte_host* host, std::int64_t milliseconds) {
    World& world = of(host).world;
    std::unique_lock lock(world.mutex);
    const std::int64_t until = world.now + milliseconds;
    world.changed.wait(lock, [&] { return of(host).stopping || world.now >= until; });
    return of(host).stopping ? RIPOSTE_CANCELLED : RIPOSTE_OK;
}

inline void fill_answers(riposte_host& functions) {
    functions.reply = [](const riposte_host* host, riposte_call call, riposte_text text, riposte_reply* made) {
        return add(host, call, text, false, made);
    };
    functions.reply_ephemeral = [](const riposte_host* host, riposte_call call, riposte_text text) {
        return add(host, call, text, true, nullptr);
    };
    functions.edit = [](const riposte_host* host, riposte_reply handle, riposte_text text) {
        return change(host, handle, [&](World::Call& call, std::size_t index) -> riposte_status {
            if (call.growing.contains(index)) return RIPOSTE_INVALID;
            if (call.author_only) return RIPOSTE_NOT_SUPPORTED;
            const riposte_status status = put_out(world(host), call, text);
            if (status != RIPOSTE_OK) return status;
            Reply& message = call.result.replies[index];
            message.edits.push_back(std::exchange(message.text, string(text)));
            return status;
        });
    };
    functions.stream_begin = [](const riposte_host* host, riposte_call id, riposte_reply* stream) -> riposte_status {
        const std::lock_guard lock(world(host).mutex);
        World::Call* call = world(host).open(id);
        if (!call) return RIPOSTE_GONE;
        if (call->result.replies.size() >= RIPOSTE_MAX_REPLIES) return RIPOSTE_TOO_MANY;
        call->growing.insert(call->result.replies.size());
        call->result.replies.emplace_back();
        *stream = id * parts + call->result.replies.size();
        return RIPOSTE_OK;
    };
    functions.stream_append = [](const riposte_host* host, riposte_reply handle, riposte_text text) {
        return change(host, handle, [&](World::Call& call, std::size_t index) -> riposte_status {
            if (!call.growing.contains(index)) return RIPOSTE_INVALID;
            Reply& message = call.result.replies[index];
            if (message.text.size() + text.size > RIPOSTE_MAX_REPLY) return RIPOSTE_TOO_LARGE;
            const riposte_status status = put_out(world(host), call, text);
            if (status != RIPOSTE_OK) return status;
            message.text += message.chunks.emplace_back(string(text));
            return RIPOSTE_OK;
        });
    };
    functions.stream_end = [](const riposte_host* host, riposte_reply handle) {
        return change(host, handle, [](World::Call& call, std::size_t index) -> riposte_status {
            return call.growing.erase(index) ? RIPOSTE_OK : RIPOSTE_INVALID;
        });
    };
    functions.finish = [](const riposte_host* host, riposte_call call) { return end(host, call, Outcome::Done, {}); };
    functions.fail = [](const riposte_host* host, riposte_call call, riposte_text text) {
        return end(host, call, Outcome::Failed, text);
    };
    functions.cancelled = [](const riposte_host* host, riposte_call call) {
        return call == RIPOSTE_NONE ? sleep(host, 0) : pass(host, call, 0);
    };
    functions.wait = [](const riposte_host* host, riposte_call call, std::uint32_t milliseconds) {
        return call == RIPOSTE_NONE ? sleep(host, milliseconds) : pass(host, call, milliseconds);
    };
}

}  // namespace riposte::testing::table
