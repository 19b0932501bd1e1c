#include "store/sqlite/plugins.hpp"

namespace riposte::sqlite {

Result<> save_snapshot(Transaction& transaction, const PluginSnapshot& snapshot, SnapshotValues values) {
    auto& db = transaction.db();
    db.run(
        "INSERT INTO plugin_snapshots (plugin, hash, data_schema, taken_at, has_values, state_schema, state) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET "
        "hash = ?2, data_schema = ?3, taken_at = ?4, has_values = ?5, state_schema = ?6, state = ?7",
        snapshot.plugin, snapshot.hash, snapshot.data_schema, snapshot.taken_at, snapshot.has_values,
        snapshot.state_schema, Blob{snapshot.state});
    if (values == SnapshotValues::Leave) return {};
    db.run("DELETE FROM plugin_snapshot_values WHERE plugin = ?1", snapshot.plugin);
    if (values == SnapshotValues::Copy)
        db.run(
            "INSERT INTO plugin_snapshot_values (plugin, key, value) "
            "SELECT plugin, key, value FROM plugin_values WHERE plugin = ?1",
            snapshot.plugin);
    return {};
}

Result<std::optional<PluginSnapshot>> snapshot(Database& db, std::string_view plugin) {
    auto row = db.query(
        "SELECT plugin, hash, data_schema, taken_at, has_values, state_schema, state FROM plugin_snapshots "
        "WHERE plugin = ?1",
        plugin);
    if (!row.step()) return std::optional<PluginSnapshot>();
    return std::optional(PluginSnapshot{row.column<std::string>(0), row.column<std::string>(1),
                                        row.column<std::uint32_t>(2), row.column<Timestamp>(3), row.column<bool>(4),
                                        row.column<std::uint32_t>(5), row.column<std::string>(6)});
}

Result<> exchange_values(Transaction& transaction, std::string_view plugin) {
    auto& db = transaction.db();
    const auto aside = "\n" + std::string(plugin);  // no plugin is called so
    db.run(
        "INSERT INTO plugin_snapshot_values (plugin, key, value) "
        "SELECT ?2, key, value FROM plugin_values WHERE plugin = ?1",
        plugin, aside);
    db.run("DELETE FROM plugin_values WHERE plugin = ?1", plugin);
    db.run(
        "INSERT INTO plugin_values (plugin, key, value) "
        "SELECT plugin, key, value FROM plugin_snapshot_values WHERE plugin = ?1",
        plugin);
    db.run("DELETE FROM plugin_snapshot_values WHERE plugin = ?1", plugin);
    db.run("UPDATE plugin_snapshot_values SET plugin = ?1 WHERE plugin = ?2", plugin, aside);
    return {};
}

Result<> trial_values(Transaction& transaction, std::string_view plugin, TrialValues what) {
    auto& db = transaction.db();
    const auto aside = "\ntrial\n" + std::string(plugin);  // no plugin is called so
    if (what == TrialValues::PutBack) {
        db.run("DELETE FROM plugin_values WHERE plugin = ?1", plugin);
        db.run(
            "INSERT INTO plugin_values (plugin, key, value) "
            "SELECT ?1, key, value FROM plugin_snapshot_values WHERE plugin = ?2",
            plugin, aside);
    }
    db.run("DELETE FROM plugin_snapshot_values WHERE plugin = ?1", aside);
    if (what == TrialValues::Copy)
        db.run(
            "INSERT INTO plugin_snapshot_values (plugin, key, value) "
            "SELECT ?2, key, value FROM plugin_values WHERE plugin = ?1",
            plugin, aside);
    return {};
}

}  // namespace riposte::sqlite
