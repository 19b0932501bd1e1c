#pragma once

#include <riposte/detail/testing/table_base.hpp>

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

// What outlives a call: key-value store and timers.
namespace riposte::testing::table {

inline riposte_status write(const riposte_host* host, riposte_call id, riposte_text key,
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

inline void fill_store(riposte_host& functions) {
    functions.kv_get = [](const riposte_host* host, riposte_call call, riposte_text key, riposte_receive receive,
                          void* context) -> riposte_status {
        const std::lock_guard lock(world(host).mutex);
        if (call != RIPOSTE_NONE && !world(host).open(call)) return RIPOSTE_GONE;
        const auto seen = world(host).seen_by(call);
        const auto found = seen.find(string(key));
        if (found == seen.end()) return RIPOSTE_NOT_FOUND;
        receive(context, {found->second.data(), found->second.size()});
        return RIPOSTE_OK;
    };
    functions.kv_set = [](const riposte_host* host, riposte_call call, riposte_text key, riposte_text value) {
        return write(host, call, key, string(value));
    };
    functions.kv_erase = [](const riposte_host* host, riposte_call call, riposte_text key) {
        return write(host, call, key, std::nullopt);
    };
    functions.kv_list = [](const riposte_host* host, riposte_call call, riposte_text prefix, riposte_receive receive,
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

inline void fill_timers(riposte_host& functions) {
    functions.timer_set = [](const riposte_host* host, riposte_call id, std::int64_t due, riposte_text payload,
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
    functions.timer_cancel = [](const riposte_host* host, std::int64_t timer) -> riposte_status {
        const std::lock_guard lock(world(host).mutex);
        return world(host).timers.erase(timer) ? RIPOSTE_OK : RIPOSTE_NOT_FOUND;
    };
    functions.timer_list = [](const riposte_host* host, riposte_receive_timer receive,
                              void* context) -> riposte_status {
        World& world = of(host).world;
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

}  // namespace riposte::testing::table
