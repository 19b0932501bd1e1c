#pragma once

#include "loader/plugin_host.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace riposte::test {

using namespace std::chrono_literals;

/// The host beside the loader: remembers what it is told, on [control], and lets a test wait for it.
class RecordingServices final : public HostServices {
public:
    struct Posted {
        BotReply reply;
        MessageId id;
        std::vector<std::string> edits;
        std::string streamed;
    };

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

    /// Waits until `holds` is true; false when that takes longer than `limit`.
    bool wait(std::chrono::milliseconds limit, const std::function<bool()>& holds);

    std::mutex mutex;
    CatalogueSnapshot catalogue;
    std::vector<InvocationId> ran_long;
    std::vector<Posted> posted;
    std::map<InvocationId, std::vector<Outcome>> outcomes;
    int refusals_to_come = 0;                // finish(), reply() and edit() say Overloaded so often
    std::vector<std::string> unasked;        // "plugin in room: text"
    std::optional<ErrorCode> refuses_posts;  // with this, from now on
    PluginHost* host = nullptr;              // what is overheard becomes a call of it
    std::vector<InvocationId> heard;         // those calls
    std::vector<Forgotten> forgets;          // those that plugins are still to forget
    std::map<std::string, std::string> store;
    std::map<std::int64_t, PluginTimer> kept_timers;
    std::vector<std::pair<PluginTimer, bool>> due;
    std::map<std::string, PluginRecord> records;
    std::vector<PluginHistoryEntry> entries;
    std::map<std::string, PluginState> states;
    std::map<std::string, PluginSnapshot> snapshots;
    std::map<std::string, std::string> snapshot_store;
    std::map<std::string, std::string> trial_store;

private:
    template <class Change>
    auto locked(Change change);
    bool refuses();

    std::condition_variable changed_;
    std::int64_t last_timer_ = 0;
};

/// A folder of its own, a [control] thread, and a plugin host with workers of this test's executable.
class World {
public:
    World();
    ~World();

    /// Copies a fixture or bundled plugin ("echo", "slow") into the inbox, before start() or while it runs.
    void install(const std::string& plugin, const std::string& as = {});
    void start();
    void stop(std::chrono::milliseconds deadline = 2s);

    InvocationId says(const std::string& line, const std::string& user = "alice");
    void cancel(InvocationId invocation) { host->cancel(invocation); }
    /// The only outcome of a call: "done", "crashed: SIGSEGV"; "nothing" when none came in time.
    std::string outcome(InvocationId invocation, std::chrono::milliseconds limit = 5s);
    /// Everything it put out, in order, its last reply included.
    std::vector<std::string> answers(InvocationId invocation);
    /// Says it and returns its one answer, or its outcome when that is a failure.
    std::string asks(const std::string& line, const std::string& user = "alice");

    /// Runs a coroutine of the host to its end.
    template <class T>
    T run(Awaitable<T> work);
    PluginView plugin(const std::string& id);
    /// A person writes it in a room where the plugin listens.
    void chats(const std::string& plugin, const std::string& text, const std::string& user = "alice");
    /// The answers to what was heard so far, once there are so many calls and all have ended.
    std::vector<std::string> answers_to_heard(std::size_t calls);
    /// Waits until a plugin's view satisfies `holds`.
    bool becomes(const std::string& id, const std::function<bool(const PluginView&)>& holds,
                 std::chrono::milliseconds limit = 5s);

    std::filesystem::path folder;
    LoaderOptions options;
    RecordingServices services;
    asio::io_context io;
    std::unique_ptr<PluginHost> host;

private:
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    std::thread control_;
    bool stopped_ = false;
};

}  // namespace riposte::test
