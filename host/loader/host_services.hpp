#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "commands/catalogue.hpp"
#include "protocol/plugin_records.hpp"
#include "protocol/replies.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace riposte {

/// A person whose account was deleted, and a plugin that has not said yet that it keeps nothing of them.
struct Forgotten {
    std::string plugin;
    UserId user{};
    std::string name;
};

/// What the loader asks of the rest of the host; implemented in chat. Every method is called on [control] and must not
/// block; awaitables resume on [control].
class HostServices {
public:
    virtual ~HostServices() = default;

    /// The commands that can be given have changed.
    virtual void catalogue_changed(CatalogueSnapshot snapshot) = 0;
    /// A call is still running after 300 ms; said once.
    virtual void running(InvocationId invocation) = 0;

    /// An answer before the end of its call. The loader awaits each before the next of the same call, so parts keep
    /// their order. `message_id` is empty when only the author sees it.
    virtual Awaitable<Result<std::optional<MessageId>>> reply(BotReply reply) = 0;
    virtual Awaitable<Result<>> edit(std::string plugin, MessageId message, std::string text) = 0;
    /// An unasked message of the plugin's bot. NotFound, NotAllowed, RoomClosed.
    virtual Awaitable<Result<>> post(std::string plugin, std::string room, std::string text) = 0;
    /// A build waits for what was written there: the host stores the invocation and comes back with PluginHost::submit()
    /// before this returns. An error: there will be no call.
    virtual Awaitable<Result<>> overheard(std::string plugin, std::uint32_t hearing,
                                          std::shared_ptr<const Message> message) = 0;
    /// A chunk of a streaming message: transient, pushed to those who watch, stored at its end by edit().
    virtual void stream_chunk(MessageId message, RoomId room, std::size_t offset, std::string text) = 0;
    /// The one outcome of a call; last reply and key-value writes with it. `done` is called on [control] when it is
    /// committed or refused, perhaps before this returns.
    virtual void finish(Outcome outcome, std::function<void(Result<>)> done) = 0;

    virtual Awaitable<Result<std::optional<std::string>>> key_value(std::string plugin, std::string key) = 0;
    virtual Awaitable<Result<std::vector<std::string>>> keys(std::string plugin, std::string prefix, int limit) = 0;
    virtual Awaitable<Result<>> write_key_values(std::string plugin, std::vector<KeyValueWrite> writes) = 0;

    /// Some of those that this plugin has not forgotten yet, if there are any.
    virtual Awaitable<Result<std::vector<Forgotten>>> to_forget(std::string plugin) = 0;
    /// The plugin has done it.
    virtual Awaitable<Result<>> forgot(std::string plugin, UserId user) = 0;

    virtual Awaitable<Result<std::vector<PluginTimer>>> timers() = 0;
    virtual Awaitable<Result<std::int64_t>> save_timer(PluginTimer timer) = 0;
    virtual Awaitable<Result<>> remove_timer(std::string plugin, std::int64_t id) = 0;
    /// A timer is due: the host stores the invocation and comes back with PluginHost::submit().
    virtual void timer_due(PluginTimer timer, bool late) = 0;

    virtual Awaitable<Result<std::vector<PluginRecord>>> plugins() = 0;
    virtual Awaitable<Result<>> save_plugin(PluginRecord record) = 0;
    virtual Awaitable<Result<>> add_history(PluginHistoryEntry entry) = 0;
    virtual Awaitable<Result<std::vector<PluginHistoryEntry>>> history(std::string plugin, int limit) = 0;
    virtual Awaitable<Result<std::optional<PluginState>>> state(std::string plugin) = 0;
    virtual Awaitable<Result<>> save_state(PluginState state) = 0;
    virtual Awaitable<Result<>> save_snapshot(PluginSnapshot snapshot, SnapshotValues values) = 0;
    virtual Awaitable<Result<std::optional<PluginSnapshot>>> snapshot(std::string plugin) = 0;
    /// The key-value store and the snapshot's copy of it change places.
    virtual Awaitable<Result<>> exchange_values(std::string plugin) = 0;
    virtual Awaitable<Result<>> trial_values(std::string plugin, TrialValues what) = 0;
};

}  // namespace riposte
