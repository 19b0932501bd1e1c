#include "store/sqlite/sqlite_store.hpp"

#include "store/sqlite/plugins.hpp"

namespace riposte::sqlite {

Awaitable<Result<std::vector<PluginRecord>>> SqliteStore::plugins() {
    return read<std::vector<PluginRecord>>([](Database& db) { return sqlite::plugins(db); });
}

Awaitable<Result<>> SqliteStore::save_plugin(PluginRecord record) {
    return write(
        [record = std::move(record)](Transaction& transaction) { return sqlite::save_plugin(transaction, record); });
}

Awaitable<Result<>> SqliteStore::add_plugin_history(PluginHistoryEntry entry) {
    return write([entry = std::move(entry)](Transaction& transaction) {
        return sqlite::add_plugin_history(transaction, entry);
    });
}

Awaitable<Result<std::vector<PluginHistoryEntry>>> SqliteStore::plugin_history(std::string plugin, int limit) {
    return read<std::vector<PluginHistoryEntry>>(
        [plugin = std::move(plugin), limit](Database& db) { return sqlite::plugin_history(db, plugin, limit); });
}

Awaitable<Result<std::optional<std::string>>> SqliteStore::key_value(std::string plugin, std::string key) {
    return read<std::optional<std::string>>([plugin = std::move(plugin), key = std::move(key)](Database& db) {
        return sqlite::key_value(db, plugin, key);
    });
}

Awaitable<Result<std::vector<std::string>>> SqliteStore::keys(std::string plugin, std::string prefix, int limit) {
    return read<std::vector<std::string>>([plugin = std::move(plugin), prefix = std::move(prefix),
                                           limit](Database& db) { return sqlite::keys(db, plugin, prefix, limit); });
}

Awaitable<Result<>> SqliteStore::write_key_values(std::string plugin, std::vector<KeyValueWrite> writes) {
    return write([plugin = std::move(plugin), writes = std::move(writes)](Transaction& transaction) -> Result<> {
        write_values(transaction.db(), plugin, writes);
        return {};
    });
}

Awaitable<Result<std::vector<PluginTimer>>> SqliteStore::timers() {
    return read<std::vector<PluginTimer>>([](Database& db) { return sqlite::timers(db); });
}

Awaitable<Result<std::int64_t>> SqliteStore::save_timer(PluginTimer timer) {
    return write<std::int64_t>(
        [timer = std::move(timer)](Transaction& transaction) { return sqlite::save_timer(transaction, timer); });
}

Awaitable<Result<Invocation>> SqliteStore::fire_timer(std::int64_t id, InvocationId invocation) {
    return write<Invocation>(
        [id, invocation](Transaction& transaction) { return sqlite::fire_timer(transaction, id, invocation); });
}

Awaitable<Result<>> SqliteStore::remove_timer(std::string plugin, std::int64_t id) {
    return write([plugin = std::move(plugin), id](Transaction& transaction) {
        return sqlite::remove_timer(transaction, plugin, id);
    });
}

Awaitable<Result<std::optional<PluginState>>> SqliteStore::plugin_state(std::string plugin) {
    return read<std::optional<PluginState>>(
        [plugin = std::move(plugin)](Database& db) { return sqlite::plugin_state(db, plugin); });
}

Awaitable<Result<>> SqliteStore::save_plugin_state(PluginState state) {
    return write(
        [state = std::move(state)](Transaction& transaction) { return sqlite::save_plugin_state(transaction, state); });
}

Awaitable<Result<>> SqliteStore::save_snapshot(PluginSnapshot snapshot, SnapshotValues values) {
    return write([snapshot = std::move(snapshot), values](Transaction& transaction) {
        return sqlite::save_snapshot(transaction, snapshot, values);
    });
}

Awaitable<Result<std::optional<PluginSnapshot>>> SqliteStore::snapshot(std::string plugin) {
    return read<std::optional<PluginSnapshot>>(
        [plugin = std::move(plugin)](Database& db) { return sqlite::snapshot(db, plugin); });
}

Awaitable<Result<>> SqliteStore::exchange_values(std::string plugin) {
    return write([plugin = std::move(plugin)](Transaction& transaction) {
        return sqlite::exchange_values(transaction, plugin);
    });
}

Awaitable<Result<>> SqliteStore::trial_values(std::string plugin, TrialValues what) {
    return write([plugin = std::move(plugin), what](Transaction& transaction) {
        return sqlite::trial_values(transaction, plugin, what);
    });
}

}  // namespace riposte::sqlite
