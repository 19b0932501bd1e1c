#pragma once

#include "chat/chat.hpp"
#include "loader/host_services.hpp"
#include "loader/plugin_host.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

namespace riposte {

class Bus;

/// Accepted commands from their commit to their outcome, and what plugins may ask of the host meanwhile. Its state is on
/// [control].
class Invocations final : public HostServices {
public:
    /// `publish` gives a new catalogue to every [net] thread.
    Invocations(Store& store, Bus& bus, asio::any_io_executor control, std::function<void(CatalogueSnapshot)> publish);
    /// The plugin host is built with these services, so it comes after; once, before the first start().
    void use(PluginHost& plugins) { plugins_ = &plugins; }

    /// The command is committed as queued: `posted` says as what. Any thread.
    void start(PostRequest request, CatalogueSnapshot catalogue, Posted posted);
    /// Only its author may; NotFound otherwise. The outcome is pushed when it is committed. Any executor.
    Awaitable<Result<>> cancel(UserId author, InvocationId invocation);

    /// Committed: for the plugins that listen there. Any thread.
    void heard(Overheard overheard);

    void catalogue_changed(CatalogueSnapshot snapshot) override;
    void running(InvocationId invocation) override;
    Awaitable<Result<std::optional<MessageId>>> reply(BotReply reply) override;
    Awaitable<Result<>> edit(std::string plugin, MessageId message, std::string text) override;
    Awaitable<Result<>> post(std::string plugin, std::string room, std::string text) override;
    Awaitable<Result<>> overheard(std::string plugin, std::uint32_t hearing,
                                  std::shared_ptr<const Message> message) override;
    void stream_chunk(MessageId message, RoomId room, std::size_t offset, std::string text) override;
    void finish(Outcome outcome, std::function<void(Result<>)> done) override;
    Awaitable<Result<std::optional<std::string>>> key_value(std::string plugin, std::string key) override;
    Awaitable<Result<std::vector<std::string>>> keys(std::string plugin, std::string prefix, int limit) override;
    Awaitable<Result<>> write_key_values(std::string plugin, std::vector<KeyValueWrite> writes) override;
    Awaitable<Result<std::vector<Forgotten>>> to_forget(std::string plugin) override;
    Awaitable<Result<>> forgot(std::string plugin, UserId user) override;
    Awaitable<Result<std::vector<PluginTimer>>> timers() override;
    Awaitable<Result<std::int64_t>> save_timer(PluginTimer timer) override;
    Awaitable<Result<>> remove_timer(std::string plugin, std::int64_t id) override;
    void timer_due(PluginTimer timer, bool late) override;
    Awaitable<Result<std::vector<PluginRecord>>> plugins() override;
    Awaitable<Result<>> save_plugin(PluginRecord record) override;
    Awaitable<Result<>> add_history(PluginHistoryEntry entry) override;
    Awaitable<Result<std::vector<PluginHistoryEntry>>> history(std::string plugin, int limit) override;
    Awaitable<Result<std::optional<PluginState>>> state(std::string plugin) override;
    Awaitable<Result<>> save_state(PluginState state) override;
    Awaitable<Result<>> save_snapshot(PluginSnapshot snapshot, SnapshotValues values) override;
    Awaitable<Result<std::optional<PluginSnapshot>>> snapshot(std::string plugin) override;
    Awaitable<Result<>> exchange_values(std::string plugin) override;
    Awaitable<Result<>> trial_values(std::string plugin, TrialValues what) override;

private:
    void hand_over(PostRequest request, CatalogueSnapshot catalogue, Posted posted);
    Awaitable<> hand_over_timer(PluginTimer timer, bool late);
    Awaitable<> hand_over_unasked(UserId user, CallRequest request);
    Awaitable<> answer_help(PostRequest request, CatalogueSnapshot catalogue, Invocation invocation, Audience audience);
    Awaitable<> fail(InvocationId invocation, Problem problem);
    Awaitable<> end(Outcome outcome);
    void finished(InvocationId id, const Result<Invocation>& ended, const std::function<void(Result<>)>& done);

    Store& store_;
    Bus& bus_;
    asio::any_io_executor control_;
    std::function<void(CatalogueSnapshot)> publish_;
    PluginHost* plugins_ = nullptr;
    std::unordered_map<Uuid, Invocation> open_;  // handed over, no outcome yet
    struct Stream {
        std::string room;  // uri
        std::string text;  // so far
    };
    std::unordered_map<MessageId, Stream> streaming_;
    std::atomic<int> hearing_ = 0;  // committed, and not yet with their plugins
};

}  // namespace riposte
