// What plugins keep with the host: passed through to the store.
#include "chat/invocations.hpp"

#include "store/forgetting.hpp"

#include <charconv>
#include <utility>

namespace riposte {
namespace {

constexpr int most_at_once = 100;  // people to forget

/// Of "poll/17"; none if it is not that.
std::optional<Forgotten> forgotten_from(std::string_view key) {
    const auto slash = key.find('/');
    std::int64_t user = 0;
    const auto* const end = key.data() + key.size();
    if (slash == key.npos || std::from_chars(key.data() + slash + 1, end, user).ptr != end) return std::nullopt;
    return Forgotten{std::string(key.substr(0, slash)), UserId{user}, {}};
}

}  // namespace

Awaitable<Result<std::optional<std::string>>> Invocations::key_value(std::string plugin, std::string key) {
    return store_.key_value(std::move(plugin), std::move(key));
}

Awaitable<Result<std::vector<std::string>>> Invocations::keys(std::string plugin, std::string prefix, int limit) {
    return store_.keys(std::move(plugin), std::move(prefix), limit);
}

Awaitable<Result<>> Invocations::write_key_values(std::string plugin, std::vector<KeyValueWrite> writes) {
    return store_.write_key_values(std::move(plugin), std::move(writes));
}

Awaitable<Result<std::vector<Forgotten>>> Invocations::to_forget(std::string plugin) {
    const auto keys = co_await store_.keys(std::string(to_forget_owner), plugin + "/", most_at_once);
    if (!keys) co_return keys.error();
    std::vector<Forgotten> all;
    for (const auto& key : *keys) {
        auto one = forgotten_from(key);
        const auto name = co_await store_.key_value(std::string(to_forget_owner), key);
        if (!one || !name) continue;
        one->name = name->value_or("");
        all.push_back(std::move(*one));
    }
    co_return all;
}

Awaitable<Result<>> Invocations::forgot(std::string plugin, UserId user) {
    std::vector<KeyValueWrite> writes(1);
    writes[0].key = plugin + "/" + std::to_string(static_cast<std::int64_t>(user));
    co_return co_await store_.write_key_values(std::string(to_forget_owner), std::move(writes));
}

Awaitable<Result<std::vector<PluginTimer>>> Invocations::timers() { return store_.timers(); }

Awaitable<Result<std::int64_t>> Invocations::save_timer(PluginTimer timer) {
    return store_.save_timer(std::move(timer));
}

Awaitable<Result<>> Invocations::remove_timer(std::string plugin, std::int64_t id) {
    return store_.remove_timer(std::move(plugin), id);
}

Awaitable<Result<std::vector<PluginRecord>>> Invocations::plugins() { return store_.plugins(); }

/// A plugin that is remembered has a bot in whose name it answers.
Awaitable<Result<>> Invocations::save_plugin(PluginRecord record) {
    auto bot = co_await store_.ensure_bot(record.id, record.id);
    if (!bot) co_return bot.error();
    co_return co_await store_.save_plugin(std::move(record));
}

Awaitable<Result<>> Invocations::add_history(PluginHistoryEntry entry) {
    return store_.add_plugin_history(std::move(entry));
}

Awaitable<Result<std::vector<PluginHistoryEntry>>> Invocations::history(std::string plugin, int limit) {
    return store_.plugin_history(std::move(plugin), limit);
}

Awaitable<Result<std::optional<PluginState>>> Invocations::state(std::string plugin) {
    return store_.plugin_state(std::move(plugin));
}

Awaitable<Result<>> Invocations::save_state(PluginState state) { return store_.save_plugin_state(std::move(state)); }

Awaitable<Result<>> Invocations::save_snapshot(PluginSnapshot snapshot, SnapshotValues values) {
    return store_.save_snapshot(std::move(snapshot), values);
}

Awaitable<Result<std::optional<PluginSnapshot>>> Invocations::snapshot(std::string plugin) {
    return store_.snapshot(std::move(plugin));
}

Awaitable<Result<>> Invocations::exchange_values(std::string plugin) {
    return store_.exchange_values(std::move(plugin));
}

Awaitable<Result<>> Invocations::trial_values(std::string plugin, TrialValues what) {
    return store_.trial_values(std::move(plugin), what);
}

}  // namespace riposte
