#include "store/sqlite/plugins.hpp"

namespace riposte::sqlite {
namespace {

/// The first key that no longer begins with `prefix`; empty when there is none.
std::string after_prefix(std::string_view prefix) {
    std::string end(prefix);
    while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xff) end.pop_back();
    if (!end.empty()) ++end.back();
    return end;
}

}  // namespace

Result<std::optional<std::string>> key_value(Database& db, std::string_view plugin, std::string_view key) {
    auto row = db.query("SELECT value FROM plugin_values WHERE plugin = ?1 AND key = ?2", plugin, Blob{key});
    if (!row.step()) return std::optional<std::string>();
    return std::optional(row.column<std::string>(0));
}

Result<std::vector<std::string>> keys(Database& db, std::string_view plugin, std::string_view prefix, int limit) {
    const auto end = after_prefix(prefix);
    auto rows = end.empty()
                    ? db.query("SELECT key FROM plugin_values WHERE plugin = ?1 AND key >= ?2 ORDER BY key LIMIT ?3",
                               plugin, Blob{prefix}, limit)
                    : db.query(
                          "SELECT key FROM plugin_values WHERE plugin = ?1 AND key >= ?2 AND key < ?4 "
                          "ORDER BY key LIMIT ?3",
                          plugin, Blob{prefix}, limit, Blob{end});
    std::vector<std::string> found;
    while (rows.step()) found.push_back(rows.column<std::string>(0));
    return found;
}

void write_values(Database& db, std::string_view plugin, const std::vector<KeyValueWrite>& writes) {
    for (const auto& write : writes) {
        if (write.value)
            db.run(
                "INSERT INTO plugin_values (plugin, key, value) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = "
                "?3",
                plugin, Blob{write.key}, Blob{*write.value});
        else db.run("DELETE FROM plugin_values WHERE plugin = ?1 AND key = ?2", plugin, Blob{write.key});
    }
}

}  // namespace riposte::sqlite
