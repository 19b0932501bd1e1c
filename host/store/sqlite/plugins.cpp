#include "store/sqlite/plugins.hpp"

#include "protocol/json_reader.hpp"
#include "protocol/json_writer.hpp"

#include <algorithm>

namespace riposte::sqlite {
namespace {

constexpr int most_history = 1000;  // entries of one plugin; the oldest go

enum class BuildList : std::uint8_t { Refused, Kept };

PluginRecord read_plugin(const Statement& row) {
    PluginRecord record;
    record.id = row.column<std::string>(0);
    record.active_hash = row.column<std::string>(1);
    record.version = row.column<std::string>(2);
    record.enabled = row.column<bool>(3);
    record.isolation = row.column<std::optional<Isolation>>(4);
    record.generation = row.column<std::int64_t>(5);
    record.by = row.column<std::string>(6);
    record.good_hash = row.column<std::string>(7);
    record.good_by = row.column<std::string>(8);
    record.probation_since = row.column<Timestamp>(9);
    record.reason = row.column<std::string>(10);
    record.presence = row.column<PluginPresence>(11);
    return record;
}

std::vector<std::string> strings(Statement rows) {
    std::vector<std::string> found;
    while (rows.step()) found.push_back(rows.column<std::string>(0));
    return found;
}

std::vector<std::string> builds(Database& db, const std::string& plugin, BuildList list) {
    return strings(
        db.query("SELECT hash FROM plugin_builds WHERE plugin = ?1 AND list = ?2 ORDER BY position", plugin, list));
}

std::string as_array(const std::vector<std::string>& texts) {
    std::string json;
    append_json(json, texts);
    return json;
}

std::vector<std::string> from_array(const std::string& json) {
    std::vector<std::string> texts;
    const auto document = parse_json(json);
    if (!document) return texts;
    for (const auto each : document->root().elements())
        if (auto text = each.as_text("texts")) texts.push_back(std::move(*text));
    return texts;
}

void read_settings(Database& db, PluginRecord& record) {
    auto rows = db.query("SELECT key, source, texts, made_by FROM plugin_settings WHERE plugin = ?1", record.id);
    while (rows.step())
        record.settings[rows.column<std::string>(0)] = {
            rows.column<SettingChoice::From>(1), from_array(rows.column<std::string>(2)), rows.column<std::string>(3)};
}

void save_settings(Database& db, const PluginRecord& record) {
    db.run("DELETE FROM plugin_settings WHERE plugin = ?1", record.id);
    for (const auto& [key, choice] : record.settings)
        db.run("INSERT INTO plugin_settings (plugin, key, source, texts, made_by) VALUES (?1, ?2, ?3, ?4, ?5)",
               record.id, key, choice.from, as_array(choice.texts), choice.by);
}

void read_lists(Database& db, PluginRecord& record) {
    record.prefixes =
        strings(db.query("SELECT prefix FROM plugin_prefixes WHERE plugin = ?1 ORDER BY position", record.id));
    record.grants =
        strings(db.query("SELECT permission FROM plugin_grants WHERE plugin = ?1 ORDER BY permission", record.id));
    record.refused_hashes = builds(db, record.id, BuildList::Refused);
    record.kept_builds = builds(db, record.id, BuildList::Kept);
    auto rows = db.query("SELECT prefix, alias FROM plugin_aliases WHERE plugin = ?1", record.id);
    while (rows.step()) record.aliases.emplace(rows.column<std::string>(0), rows.column<std::string>(1));
}

void save_builds(Database& db, const std::string& plugin, BuildList list, const std::vector<std::string>& hashes) {
    int position = 0;
    for (const auto& hash : hashes)
        db.run("INSERT INTO plugin_builds (plugin, list, position, hash) VALUES (?1, ?2, ?3, ?4)", plugin, list,
               position++, hash);
}

void save_lists(Database& db, const PluginRecord& record) {
    db.run("DELETE FROM plugin_prefixes WHERE plugin = ?1", record.id);
    db.run("DELETE FROM plugin_aliases WHERE plugin = ?1", record.id);
    db.run("DELETE FROM plugin_builds WHERE plugin = ?1", record.id);
    db.run("DELETE FROM plugin_grants WHERE plugin = ?1", record.id);
    int position = 0;
    for (const auto& prefix : record.prefixes)
        db.run("INSERT INTO plugin_prefixes (plugin, position, prefix) VALUES (?1, ?2, ?3)", record.id, position++,
               prefix);
    for (const auto& [prefix, alias] : record.aliases)
        db.run("INSERT INTO plugin_aliases (plugin, prefix, alias) VALUES (?1, ?2, ?3)", record.id, prefix, alias);
    for (const auto& permission : record.grants)
        db.run("INSERT INTO plugin_grants (plugin, permission) VALUES (?1, ?2)", record.id, permission);
    save_builds(db, record.id, BuildList::Refused, record.refused_hashes);
    save_builds(db, record.id, BuildList::Kept, record.kept_builds);
}

}  // namespace

Result<std::vector<PluginRecord>> plugins(Database& db) {
    std::vector<PluginRecord> found;
    {
        auto rows = db.query(
            "SELECT id, active_hash, version, enabled, isolation, generation, made_by, good_hash, good_by, "
            "probation_since, reason, presence FROM plugins ORDER BY id");
        while (rows.step()) found.push_back(read_plugin(rows));
    }
    for (auto& record : found) {
        read_lists(db, record);
        read_settings(db, record);
    }
    return found;
}

Result<> save_plugin(Transaction& transaction, const PluginRecord& record) {
    transaction.db().run(
        "INSERT INTO plugins (id, active_hash, version, enabled, isolation, generation, made_by, good_hash, good_by, "
        "probation_since, reason, presence) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
        "ON CONFLICT DO UPDATE SET "
        "active_hash = ?2, version = ?3, enabled = ?4, isolation = ?5, generation = ?6, made_by = ?7, good_hash = ?8, "
        "good_by = ?9, probation_since = ?10, reason = ?11, presence = ?12",
        record.id, record.active_hash, record.version, record.enabled, record.isolation, record.generation, record.by,
        record.good_hash, record.good_by, record.probation_since, record.reason, record.presence);
    save_lists(transaction.db(), record);
    save_settings(transaction.db(), record);
    return {};
}

Result<> add_plugin_history(Transaction& transaction, const PluginHistoryEntry& entry) {
    transaction.db().run(
        "INSERT INTO plugin_history (plugin, at, made_by, verb, hash, version, result) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        entry.plugin, entry.at, entry.by, entry.verb, entry.hash, entry.version, entry.result);
    transaction.db().run(
        "DELETE FROM plugin_history WHERE plugin = ?1 AND id <= "
        "(SELECT id FROM plugin_history WHERE plugin = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
        entry.plugin, most_history);
    return {};
}

Result<std::vector<PluginHistoryEntry>> plugin_history(Database& db, std::string_view plugin, int limit) {
    std::vector<PluginHistoryEntry> found;
    auto rows = db.query(
        "SELECT plugin, at, made_by, verb, hash, version, result FROM plugin_history WHERE plugin = ?1 "
        "ORDER BY id DESC LIMIT ?2",
        plugin, limit);
    while (rows.step())
        found.push_back({rows.column<std::string>(0), rows.column<Timestamp>(1), rows.column<std::string>(2),
                         rows.column<std::string>(3), rows.column<std::string>(4), rows.column<std::string>(5),
                         rows.column<std::string>(6)});
    return found;
}

Result<std::optional<PluginState>> plugin_state(Database& db, std::string_view plugin) {
    auto row = db.query("SELECT plugin, schema, bytes, saved_at FROM plugin_states WHERE plugin = ?1", plugin);
    if (!row.step()) return std::optional<PluginState>();
    return std::optional(PluginState{row.column<std::string>(0), row.column<std::uint32_t>(1),
                                     row.column<std::string>(2), row.column<Timestamp>(3)});
}

Result<> save_plugin_state(Transaction& transaction, const PluginState& state) {
    transaction.db().run(
        "INSERT INTO plugin_states (plugin, schema, bytes, saved_at) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT DO UPDATE SET schema = ?2, bytes = ?3, saved_at = ?4",
        state.plugin, state.schema, Blob{state.bytes}, state.saved_at);
    return {};
}

}  // namespace riposte::sqlite
