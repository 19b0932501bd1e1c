#pragma once

#include "loader/host_services.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>

namespace riposte {

/// Something that a plugin has put out, in the order in which it did.
struct Utterance {
    enum class Kind : std::uint8_t {
        Answer,     // a message, or its new text
        Ephemeral,  // for the author of the command only
        Piece,      // of a stream that grows
        StreamEnd,  // `text` is the whole of it
    };
    Kind kind = Kind::Answer;
    std::string text;
};

/// What a plugin finds around it on an author's desk: everything that the server keeps in its database, in memory. Lives
/// as long as this object. [control]
class LocalServices final : public HostServices {
public:
    struct Listener {
        std::function<void(const Utterance&)> heard;
        /// After everything that it has put out.
        std::function<void(const Outcome&)> ended;
        std::function<void(const PluginTimer&, bool late)> due;
        /// The plugin waits for what was said: there is to be a call. May be left out where nobody says anything.
        std::function<void(std::uint32_t hearing, const Message& message)> overheard = {};
    };

    explicit LocalServices(Listener listener) : listener_(std::move(listener)) {}
    CatalogueSnapshot catalogue() const { return catalogue_; }

    void catalogue_changed(CatalogueSnapshot snapshot) override { catalogue_ = std::move(snapshot); }
    void running(InvocationId) override {}
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
    void write(const std::vector<KeyValueWrite>& writes);
    void say(const BotReply& reply);

    Listener listener_;
    CatalogueSnapshot catalogue_;
    std::set<MessageId> growing_;  // streams that have not ended
    std::map<std::string, std::string> store_;
    std::map<std::int64_t, PluginTimer> timers_;
    std::map<std::string, PluginRecord> records_;
    std::vector<PluginHistoryEntry> history_;
    std::map<std::string, PluginState> states_;
    std::map<std::string, PluginSnapshot> snapshots_;
    std::map<std::string, std::string> snapshot_store_;
    std::map<std::string, std::string> trial_store_;
    std::int64_t last_timer_ = 0;
};

}  // namespace riposte
