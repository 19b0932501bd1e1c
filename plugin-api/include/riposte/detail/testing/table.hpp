#pragma once

#include <riposte/detail/testing/pattern.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace riposte::testing {

/// The functions that the plugin calls, acting on a World.
class Table : public riposte_host {
public:
    Table(World& world, std::uint32_t permissions, const char* data_dir)
        : riposte_host{}, world_(world), permissions_(permissions) {
        struct_size = sizeof(riposte_host);
        abi_minor = RIPOSTE_ABI_MINOR;
        name = "riposte testing";
        this->data_dir = data_dir;
        fill_answers();
        fill_store();
        fill_timers();
        fill_rest();
    }

    /// The instance is about to be stopped: wakes whatever waits.
    void stop() {
        const std::lock_guard lock(world_.mutex);
        stopping_ = true;
        world_.changed.notify_all();
    }

private:
    static constexpr riposte_reply parts = 64;  // a reply's handle is call * parts + its index + 1

    static const Table& of(const riposte_host* host) { return *static_cast<const Table*>(host); }
    static World& world(const riposte_host* host) { return of(host).world_; }
    static std::string string(riposte_text text) { return text.size ? std::string(text.data, text.size) : ""; }

    static bool sayable(std::string_view text) {
        const auto control = [](char c) { return (c >= 0 && c < ' ' && c != '\n' && c != '\t') || c == 0x7F; };
        return !text.empty() && valid_utf8(text) && std::none_of(text.begin(), text.end(), control);
    }

    static riposte_status put_out(World& world, World::Call& call, riposte_text text) {
        if (!sayable({text.data, text.size})) return RIPOSTE_INVALID;
        if (text.size > RIPOSTE_MAX_REPLY) return RIPOSTE_TOO_LARGE;
        if (call.bytes + text.size > RIPOSTE_MAX_OUTPUT) return RIPOSTE_TOO_MANY;
        call.bytes += text.size;
        call.output_due = world.now + World::between_outputs_ms;
        return RIPOSTE_OK;
    }

    static riposte_status add(const riposte_host* host, riposte_call id, riposte_text text, bool ephemeral,
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
    static riposte_status change(const riposte_host* host, riposte_reply handle, Change change) {
        const std::lock_guard lock(world(host).mutex);
        World::Call* call = world(host).open(handle / parts);
        if (!call) return RIPOSTE_GONE;
        const std::size_t index = handle % parts;
        if (index == 0 || index > call->result.replies.size()) return RIPOSTE_INVALID;
        return change(*call, index - 1);
    }

    void fill_answers() {
        reply = [](const riposte_host* host, riposte_call call, riposte_text text, riposte_reply* made) {
            return add(host, call, text, false, made);
        };
        reply_ephemeral = [](const riposte_host* host, riposte_call call, riposte_text text) {
            return add(host, call, text, true, nullptr);
        };
        edit = [](const riposte_host* host, riposte_reply handle, riposte_text text) {
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
        stream_begin = [](const riposte_host* host, riposte_call id, riposte_reply* stream) -> riposte_status {
            const std::lock_guard lock(world(host).mutex);
            World::Call* call = world(host).open(id);
            if (!call) return RIPOSTE_GONE;
            if (call->result.replies.size() >= RIPOSTE_MAX_REPLIES) return RIPOSTE_TOO_MANY;
            call->growing.insert(call->result.replies.size());
            call->result.replies.emplace_back();
            *stream = id * parts + call->result.replies.size();
            return RIPOSTE_OK;
        };
        stream_append = [](const riposte_host* host, riposte_reply handle, riposte_text text) {
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
        stream_end = [](const riposte_host* host, riposte_reply handle) {
            return change(host, handle, [](World::Call& call, std::size_t index) -> riposte_status {
                return call.growing.erase(index) ? RIPOSTE_OK : RIPOSTE_INVALID;
            });
        };
        finish = [](const riposte_host* host, riposte_call call) { return end(host, call, Outcome::Done, {}); };
        fail = [](const riposte_host* host, riposte_call call, riposte_text text) {
            return end(host, call, Outcome::Failed, text);
        };
        cancelled = [](const riposte_host* host, riposte_call call) {
            return call == RIPOSTE_NONE ? sleep(host, 0) : pass(host, call, 0);
        };
        wait = [](const riposte_host* host, riposte_call call, std::uint32_t milliseconds) {
            return call == RIPOSTE_NONE ? sleep(host, milliseconds) : pass(host, call, milliseconds);
        };
    }

    static riposte_status end(const riposte_host* host, riposte_call id, Outcome outcome, riposte_text reason) {
        const std::lock_guard lock(world(host).mutex);
        World::Call* call = world(host).open(id);
        if (!call) return RIPOSTE_GONE;
        world(host).end(*call, outcome, string(reason));
        return RIPOSTE_OK;
    }

    /// A call's wait takes no real time: it moves the clock, up to the call's end.
    static riposte_status pass(const riposte_host* host, riposte_call id, std::int64_t milliseconds) {
        World& world = of(host).world_;
        const std::lock_guard lock(world.mutex);
        World::Call* call = world.open(id);
        if (!call) return RIPOSTE_GONE;
        const std::int64_t deadline = std::min(call->output_due, call->ends);
        const std::int64_t last = std::min(deadline, call->cancelled);
        if (world.now + milliseconds < last) {
            world.now += milliseconds;
            return of(host).stopping_ ? RIPOSTE_CANCELLED : RIPOSTE_OK;
        }
        world.now = std::max(world.now, last);
        world.end(*call, call->cancelled <= deadline ? Outcome::Cancelled : Outcome::TimedOut);
        return RIPOSTE_GONE;
    }

    /// A background thread's wait lasts until the test has moved the clock, or the instance stops.
    static riposte_status sleep(const riposte_host* host, std::int64_t milliseconds) {
        World& world = of(host).world_;
        std::unique_lock lock(world.mutex);
        const std::int64_t until = world.now + milliseconds;
        world.changed.wait(lock, [&] { return of(host).stopping_ || world.now >= until; });
        return of(host).stopping_ ? RIPOSTE_CANCELLED : RIPOSTE_OK;
    }

    void fill_store() {
        kv_get = [](const riposte_host* host, riposte_call call, riposte_text key, riposte_receive receive,
                    void* context) -> riposte_status {
            const std::lock_guard lock(world(host).mutex);
            if (call != RIPOSTE_NONE && !world(host).open(call)) return RIPOSTE_GONE;
            const auto seen = world(host).seen_by(call);
            const auto found = seen.find(string(key));
            if (found == seen.end()) return RIPOSTE_NOT_FOUND;
            receive(context, {found->second.data(), found->second.size()});
            return RIPOSTE_OK;
        };
        kv_set = [](const riposte_host* host, riposte_call call, riposte_text key, riposte_text value) {
            return write(host, call, key, string(value));
        };
        kv_erase = [](const riposte_host* host, riposte_call call, riposte_text key) {
            return write(host, call, key, std::nullopt);
        };
        kv_list = [](const riposte_host* host, riposte_call call, riposte_text prefix, riposte_receive receive,
                     void* context) -> riposte_status {
            const std::lock_guard lock(world(host).mutex);
            if (call != RIPOSTE_NONE && !world(host).open(call)) return RIPOSTE_GONE;
            int count = 0;
            for (const auto& [key, value] : world(host).seen_by(call)) {
                if (!key.starts_with(string(prefix))) continue;
                if (++count > RIPOSTE_MAX_KEYS) return RIPOSTE_TOO_MANY;
                receive(context, {key.data(), key.size()});
            }
            return RIPOSTE_OK;
        };
    }

    static riposte_status write(const riposte_host* host, riposte_call id, riposte_text key,
                                std::optional<std::string> value) {
        const std::lock_guard lock(world(host).mutex);
        if (key.size == 0 || !valid_utf8({key.data, key.size})) return RIPOSTE_INVALID;
        if (key.size > RIPOSTE_MAX_KEY || (value && value->size() > RIPOSTE_MAX_VALUE)) return RIPOSTE_TOO_LARGE;
        if (id == RIPOSTE_NONE) return world(host).write(string(key), value), RIPOSTE_OK;
        World::Call* call = world(host).open(id);
        if (!call) return RIPOSTE_GONE;
        call->writes[string(key)] = std::move(value);
        return call->writes.size() > RIPOSTE_MAX_WRITES ? RIPOSTE_TOO_MANY : RIPOSTE_OK;
    }

    void fill_timers() {
        timer_set = [](const riposte_host* host, riposte_call id, std::int64_t due, riposte_text payload,
                       std::int64_t* timer) -> riposte_status {
            const std::lock_guard lock(world(host).mutex);
            const World::Call* call = world(host).open(id);
            if (!call) return RIPOSTE_GONE;
            if (payload.size > RIPOSTE_MAX_PAYLOAD) return RIPOSTE_TOO_LARGE;
            if (world(host).timers.size() >= RIPOSTE_MAX_TIMERS) return RIPOSTE_TOO_MANY;
            *timer = static_cast<std::int64_t>(++world(host).last_id);
            world(host).timers[*timer] = {due, call->user, call->room, string(payload), call->command};
            return RIPOSTE_OK;
        };
        timer_cancel = [](const riposte_host* host, std::int64_t timer) -> riposte_status {
            const std::lock_guard lock(world(host).mutex);
            return world(host).timers.erase(timer) ? RIPOSTE_OK : RIPOSTE_NOT_FOUND;
        };
        timer_list = [](const riposte_host* host, riposte_receive_timer receive, void* context) -> riposte_status {
            World& world = of(host).world_;
            const std::lock_guard lock(world.mutex);
            std::multimap<std::int64_t, std::int64_t> by_due;
            for (const auto& [id, timer] : world.timers) by_due.emplace(timer.due, id);
            for (const auto& [due, id] : by_due) {
                const World::Timer& timer = world.timers.at(id);
                const riposte_timer abi{sizeof(riposte_timer),
                                        timer.command,
                                        id,
                                        due,
                                        world.person(timer.user).id,
                                        world.room(timer.room),
                                        {timer.payload.data(), timer.payload.size()}};
                receive(context, &abi);
            }
            return RIPOSTE_OK;
        };
    }

    void fill_rest() {
        post = [](const riposte_host* host, riposte_text room, riposte_text text) -> riposte_status {
            const std::lock_guard lock(world(host).mutex);
            if (!(of(host).permissions_ & RIPOSTE_PERMISSION_POST)) return RIPOSTE_DENIED;
            if (text.size > RIPOSTE_MAX_REPLY) return RIPOSTE_TOO_LARGE;
            if (room.size == 0 || !sayable({text.data, text.size})) return RIPOSTE_INVALID;
            const auto [last, first] = world(host).posted_at.try_emplace(string(room), world(host).now);
            if (!first && world(host).now - last->second < 1000) return RIPOSTE_BUSY;
            last->second = world(host).now;
            world(host).posts.push_back({string(room), string(text)});
            return RIPOSTE_OK;
        };
        hear = [](const riposte_host* host, std::uint32_t hearing, riposte_text pattern) -> riposte_status {
            const std::lock_guard lock(world(host).mutex);
            if (!(of(host).permissions_ & RIPOSTE_PERMISSION_HEAR)) return RIPOSTE_DENIED;
            if (pattern.size > RIPOSTE_MAX_PATTERN) return RIPOSTE_TOO_LARGE;
            if (!testing::pattern(string(pattern))) return RIPOSTE_INVALID;
            auto& hearings = world(host).hearings;
            if (hearings.size() >= RIPOSTE_MAX_HEARINGS && !hearings.contains(hearing)) return RIPOSTE_TOO_MANY;
            hearings[hearing] = string(pattern);
            return RIPOSTE_OK;
        };
        suggest = [](const riposte_host* host, riposte_call, riposte_text value, riposte_text) -> riposte_status {
            const std::lock_guard lock(world(host).mutex);
            if (world(host).suggestions.size() >= RIPOSTE_MAX_SUGGESTIONS) return RIPOSTE_TOO_MANY;
            world(host).suggestions.push_back(string(value));
            return RIPOSTE_OK;
        };
        setting = [](const riposte_host* host, riposte_text key, riposte_receive_value receive,
                     void* context) -> riposte_status {
            const std::lock_guard lock(world(host).mutex);
            const auto [begin, end] = world(host).settings.equal_range(string(key));
            for (auto each = begin; each != end; ++each) {
                const riposte_argument value = each->second.abi();
                receive(context, &value);
            }
            return begin == end ? RIPOSTE_NOT_FOUND : RIPOSTE_OK;
        };
        log = [](const riposte_host* host, riposte_call, std::uint32_t, riposte_text text) -> riposte_status {
            const std::lock_guard lock(world(host).mutex);
            world(host).log.push_back(string(text).substr(0, RIPOSTE_MAX_LOG));
            return RIPOSTE_OK;
        };
        refuse = [](const riposte_host* host, riposte_text reason) -> riposte_status {
            const std::lock_guard lock(world(host).mutex);
            world(host).refusal = string(reason);
            return RIPOSTE_OK;
        };
        now = [](const riposte_host* host) {
            const std::lock_guard lock(world(host).mutex);
            return world(host).now;
        };
    }

    World& world_;
    std::uint32_t permissions_;
    bool stopping_ = false;
};

}  // namespace riposte::testing
