#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "protocol/plugin_records.hpp"
#include "store/invocations.hpp"

#include <string>
#include <vector>

namespace riposte {

/// What the host remembers of plugins. The records are the loader's; the store only keeps them.
class PluginStore {
public:
    virtual ~PluginStore() = default;
    virtual Awaitable<Result<std::vector<PluginRecord>>> plugins() = 0;
    virtual Awaitable<Result<>> save_plugin(PluginRecord record) = 0;
    virtual Awaitable<Result<>> add_plugin_history(PluginHistoryEntry entry) = 0;
    virtual Awaitable<Result<std::vector<PluginHistoryEntry>>> plugin_history(std::string plugin, int limit) = 0;

    virtual Awaitable<Result<std::optional<std::string>>> key_value(std::string plugin, std::string key) = 0;
    virtual Awaitable<Result<std::vector<std::string>>> keys(std::string plugin, std::string prefix, int limit) = 0;
    virtual Awaitable<Result<>> write_key_values(std::string plugin, std::vector<KeyValueWrite> writes) = 0;

    virtual Awaitable<Result<std::vector<PluginTimer>>> timers() = 0;
    /// Returns its id.
    virtual Awaitable<Result<std::int64_t>> save_timer(PluginTimer timer) = 0;
    /// Removes the timer and stores the invocation (origin timer) that it starts, in one transaction: it fires once. The
    /// invocation has failed already when its user may no longer post in the room; its user is told.
    virtual Awaitable<Result<Invocation>> fire_timer(std::int64_t id, InvocationId invocation) = 0;
    virtual Awaitable<Result<>> remove_timer(std::string plugin, std::int64_t id) = 0;

    virtual Awaitable<Result<std::optional<PluginState>>> plugin_state(std::string plugin) = 0;
    virtual Awaitable<Result<>> save_plugin_state(PluginState state) = 0;

    /// The one snapshot of a plugin; replaces the one before.
    virtual Awaitable<Result<>> save_snapshot(PluginSnapshot snapshot, SnapshotValues values) = 0;
    virtual Awaitable<Result<std::optional<PluginSnapshot>>> snapshot(std::string plugin) = 0;
    /// The key-value store and the snapshot's copy of it change places, so that it can be undone.
    virtual Awaitable<Result<>> exchange_values(std::string plugin) = 0;
    /// Of the key-value store; beside the snapshot, which is another build's.
    virtual Awaitable<Result<>> trial_values(std::string plugin, TrialValues what) = 0;
};

}  // namespace riposte
