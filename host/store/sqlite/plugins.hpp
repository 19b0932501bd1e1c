#pragma once

#include "store/plugins.hpp"
#include "store/sqlite/transaction.hpp"

namespace riposte::sqlite {

Result<std::vector<PluginRecord>> plugins(Database& db);
Result<> save_plugin(Transaction& transaction, const PluginRecord& record);
Result<> add_plugin_history(Transaction& transaction, const PluginHistoryEntry& entry);
Result<std::vector<PluginHistoryEntry>> plugin_history(Database& db, std::string_view plugin, int limit);

Result<std::optional<std::string>> key_value(Database& db, std::string_view plugin, std::string_view key);
Result<std::vector<std::string>> keys(Database& db, std::string_view plugin, std::string_view prefix, int limit);
void write_values(Database& db, std::string_view plugin, const std::vector<KeyValueWrite>& writes);

Result<std::vector<PluginTimer>> timers(Database& db);
Result<std::int64_t> save_timer(Transaction& transaction, const PluginTimer& timer);
Result<Invocation> fire_timer(Transaction& transaction, std::int64_t id, InvocationId invocation);
Result<> remove_timer(Transaction& transaction, std::string_view plugin, std::int64_t id);

Result<std::optional<PluginState>> plugin_state(Database& db, std::string_view plugin);
Result<> save_plugin_state(Transaction& transaction, const PluginState& state);

Result<> save_snapshot(Transaction& transaction, const PluginSnapshot& snapshot, SnapshotValues values);
Result<std::optional<PluginSnapshot>> snapshot(Database& db, std::string_view plugin);
Result<> exchange_values(Transaction& transaction, std::string_view plugin);
Result<> trial_values(Transaction& transaction, std::string_view plugin, TrialValues what);

}  // namespace riposte::sqlite
