#pragma once

#include <riposte/detail/testing/pattern.hpp>
#include <riposte/detail/testing/table_answers.hpp>
#include <riposte/detail/testing/table_store.hpp>

#include <cstdint>
#include <mutex>

namespace riposte::testing {
namespace table {

inline void fill_rest(riposte_host& functions) {
    functions.post = [](const riposte_host* host, riposte_text room, riposte_text text) -> riposte_status {
        const std::lock_guard lock(world(host).mutex);
        if (!(of(host).permissions & RIPOSTE_PERMISSION_POST)) return RIPOSTE_DENIED;
        if (text.size > RIPOSTE_MAX_REPLY) return RIPOSTE_TOO_LARGE;
        if (room.size == 0 || !sayable({text.data, text.size})) return RIPOSTE_INVALID;
        const auto [last, first] = world(host).posted_at.try_emplace(string(room), world(host).now);
        if (!first && world(host).now - last->second < 1000) return RIPOSTE_BUSY;
        last->second = world(host).now;
        world(host).posts.push_back({string(room), string(text)});
        return RIPOSTE_OK;
    };
    functions.hear = [](const riposte_host* host, std::uint32_t hearing, riposte_text pattern) -> riposte_status {
        const std::lock_guard lock(world(host).mutex);
        if (!(of(host).permissions & RIPOSTE_PERMISSION_HEAR)) return RIPOSTE_DENIED;
        if (pattern.size > RIPOSTE_MAX_PATTERN) return RIPOSTE_TOO_LARGE;
        if (!testing::pattern(string(pattern))) return RIPOSTE_INVALID;
        auto& hearings = world(host).hearings;
        if (hearings.size() >= RIPOSTE_MAX_HEARINGS && !hearings.contains(hearing)) return RIPOSTE_TOO_MANY;
        hearings[hearing] = string(pattern);
        return RIPOSTE_OK;
    };
    functions.suggest = [](const riposte_host* host, riposte_call, riposte_text value, riposte_text) -> riposte_status {
        const std::lock_guard lock(world(host).mutex);
        if (world(host).suggestions.size() >= RIPOSTE_MAX_SUGGESTIONS) return RIPOSTE_TOO_MANY;
        world(host).suggestions.push_back(string(value));
        return RIPOSTE_OK;
    };
    functions.setting = [](const riposte_host* host, riposte_text key, riposte_receive_value receive,
                           void* context) -> riposte_status {
        const std::lock_guard lock(world(host).mutex);
        const auto [begin, end] = world(host).settings.equal_range(string(key));
        for (auto each = begin; each != end; ++each) {
            const riposte_argument value = each->second.abi();
            receive(context, &value);
        }
        return begin == end ? RIPOSTE_NOT_FOUND : RIPOSTE_OK;
    };
    functions.log = [](const riposte_host* host, riposte_call, std::uint32_t, riposte_text text) -> riposte_status {
        const std::lock_guard lock(world(host).mutex);
        world(host).log.push_back(string(text).substr(0, RIPOSTE_MAX_LOG));
        return RIPOSTE_OK;
    };
    functions.refuse = [](const riposte_host* host, riposte_text reason) -> riposte_status {
        const std::lock_guard lock(world(host).mutex);
        world(host).refusal = string(reason);
        return RIPOSTE_OK;
    };
    functions.now = [](const riposte_host* host) {
        const std::lock_guard lock(world(host).mutex);
        return world(host).now;
    };
}

}  // namespace table

/// The functions that the plugin calls, acting on a World.
class Table : public TableBase {
public:
    Table(World& world, std::uint32_t permissions, const char* data_dir) : TableBase(world, permissions) {
        struct_size = sizeof(riposte_host);
        abi_minor = RIPOSTE_ABI_MINOR;
        name = "riposte testing";
        this->data_dir = data_dir;
        table::fill_answers(*this);
        table::fill_store(*this);
        table::fill_timers(*this);
        table::fill_rest(*this);
    }

    /// The instance is about to be stopped: wakes whatever waits.
    void stop() {
        const std::lock_guard lock(world.mutex);
        stopping = true;
        world.changed.notify_all();
    }
};

}  // namespace riposte::testing
