#include "author/local_services.hpp"

namespace riposte {

void LocalServices::say(const BotReply& reply) {
    using enum Utterance::Kind;
    const auto kind = reply.visibility == CommandVisibility::Author ? Ephemeral
                      : reply.state == MessageState::Streaming      ? Piece
                                                                    : Answer;
    listener_.heard({kind, reply.text});
}

Awaitable<Result<std::optional<MessageId>>> LocalServices::reply(BotReply reply) {
    say(reply);
    if (reply.visibility == CommandVisibility::Author) co_return std::optional<MessageId>();
    const auto id = MessageId::make();
    if (reply.state == MessageState::Streaming) growing_.insert(id);
    co_return std::optional(id);
}

Awaitable<Result<>> LocalServices::edit(std::string, MessageId message, std::string text) {
    const bool ends = growing_.erase(message) != 0;
    listener_.heard({ends ? Utterance::Kind::StreamEnd : Utterance::Kind::Answer, std::move(text)});
    co_return Result<>();
}

Awaitable<Result<>> LocalServices::post(std::string, std::string, std::string text) {
    listener_.heard({Utterance::Kind::Answer, std::move(text)});
    co_return Result<>();
}

Awaitable<Result<>> LocalServices::overheard(std::string, std::uint32_t hearing,
                                             std::shared_ptr<const Message> message) {
    if (!listener_.overheard) co_return Problem{.code = ErrorCode::NotSupported};
    listener_.overheard(hearing, *message);
    co_return Result<>();
}

void LocalServices::stream_chunk(MessageId, RoomId, std::size_t, std::string text) {
    listener_.heard({Utterance::Kind::Piece, std::move(text)});
}

void LocalServices::finish(Outcome outcome, std::function<void(Result<>)> done) {
    write(outcome.writes);
    if (outcome.last_reply) say(*outcome.last_reply);
    listener_.ended(outcome);
    done({});
}

void LocalServices::write(const std::vector<KeyValueWrite>& writes) {
    for (const auto& write : writes) {
        if (write.value) store_[write.key] = *write.value;
        else store_.erase(write.key);
    }
}

Awaitable<Result<std::optional<std::string>>> LocalServices::key_value(std::string, std::string key) {
    const auto found = store_.find(key);
    co_return found == store_.end() ? std::nullopt : std::optional(found->second);
}

Awaitable<Result<std::vector<std::string>>> LocalServices::keys(std::string, std::string prefix, int limit) {
    std::vector<std::string> found;
    for (auto place = store_.lower_bound(prefix); place != store_.end() && place->first.starts_with(prefix); ++place) {
        if (found.size() == static_cast<std::size_t>(limit)) break;
        found.push_back(place->first);
    }
    co_return found;
}

Awaitable<Result<>> LocalServices::write_key_values(std::string, std::vector<KeyValueWrite> writes) {
    write(writes);
    co_return Result<>();
}

/// Nobody has an account here.
Awaitable<Result<std::vector<Forgotten>>> LocalServices::to_forget(std::string) { co_return std::vector<Forgotten>(); }

Awaitable<Result<>> LocalServices::forgot(std::string, UserId) { co_return Result<>(); }

Awaitable<Result<std::vector<PluginTimer>>> LocalServices::timers() {
    std::vector<PluginTimer> all;
    for (const auto& [id, timer] : timers_) all.push_back(timer);
    co_return all;
}

Awaitable<Result<std::int64_t>> LocalServices::save_timer(PluginTimer timer) {
    timer.id = ++last_timer_;
    timers_[timer.id] = timer;
    co_return timer.id;
}

Awaitable<Result<>> LocalServices::remove_timer(std::string, std::int64_t id) {
    timers_.erase(id);
    co_return Result<>();
}

void LocalServices::timer_due(PluginTimer timer, bool late) {
    timers_.erase(timer.id);
    listener_.due(timer, late);
}

Awaitable<Result<std::vector<PluginRecord>>> LocalServices::plugins() {
    std::vector<PluginRecord> all;
    for (const auto& [id, record] : records_) all.push_back(record);
    co_return all;
}

Awaitable<Result<>> LocalServices::save_plugin(PluginRecord record) {
    records_[record.id] = std::move(record);
    co_return Result<>();
}

Awaitable<Result<>> LocalServices::add_history(PluginHistoryEntry entry) {
    history_.push_back(std::move(entry));
    co_return Result<>();
}

Awaitable<Result<std::vector<PluginHistoryEntry>>> LocalServices::history(std::string, int) { co_return history_; }

Awaitable<Result<std::optional<PluginState>>> LocalServices::state(std::string plugin) {
    const auto found = states_.find(plugin);
    co_return found == states_.end() ? std::nullopt : std::optional(found->second);
}

Awaitable<Result<>> LocalServices::save_state(PluginState state) {
    states_[state.plugin] = std::move(state);
    co_return Result<>();
}

Awaitable<Result<>> LocalServices::save_snapshot(PluginSnapshot snapshot, SnapshotValues values) {
    if (values != SnapshotValues::Leave) snapshot_store_.clear();
    if (values == SnapshotValues::Copy) snapshot_store_ = store_;
    snapshots_[snapshot.plugin] = snapshot;
    co_return Result<>();
}

Awaitable<Result<std::optional<PluginSnapshot>>> LocalServices::snapshot(std::string plugin) {
    const auto found = snapshots_.find(plugin);
    co_return found == snapshots_.end() ? std::nullopt : std::optional(found->second);
}

Awaitable<Result<>> LocalServices::exchange_values(std::string) {
    std::swap(store_, snapshot_store_);
    co_return Result<>();
}

Awaitable<Result<>> LocalServices::trial_values(std::string, TrialValues what) {
    if (what == TrialValues::Copy) trial_store_ = store_;
    if (what == TrialValues::PutBack) store_ = std::move(trial_store_);
    if (what != TrialValues::Copy) trial_store_.clear();
    co_return Result<>();
}

}  // namespace riposte
