#include "store/sqlite/plugins.hpp"

#include "store/sqlite/room_plugins.hpp"
#include "store/sqlite/rows.hpp"

namespace riposte::sqlite {
namespace {

PluginTimer read_timer(const Statement& row) {
    return {.id = row.column<std::int64_t>(0),
            .plugin = row.column<std::string>(1),
            .command = row.column<std::string>(2),
            .room = row.column<RoomId>(3),
            .user = row.column<UserId>(4),
            .due = row.column<Timestamp>(5),
            .payload = row.column<std::string>(6)};
}

/// Much may have happened since it was set: who may not speak there now has nothing said there for him, and a plugin that
/// was removed says nothing.
std::optional<ErrorCode> why_not(Database& db, const PluginTimer& timer) {
    const auto granted = authorize(db, timer.user, timer.room, Right::Post);
    if (!granted) return granted.error().code;
    if (!may(db, granted->room, timer.plugin, PluginDeed::Answer)) return ErrorCode::CommandNotAllowed;
    return std::nullopt;
}

}  // namespace

Result<std::vector<PluginTimer>> timers(Database& db) {
    std::vector<PluginTimer> found;
    auto rows = db.query("SELECT id, plugin, command, room, user, due, payload FROM plugin_timers ORDER BY due, id");
    while (rows.step()) found.push_back(read_timer(rows));
    return found;
}

Result<std::int64_t> save_timer(Transaction& transaction, const PluginTimer& timer) {
    transaction.db().run(
        "INSERT INTO plugin_timers (plugin, command, room, user, due, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        timer.plugin, timer.command, timer.room, timer.user, timer.due, Blob{timer.payload});
    return transaction.db().last_insert_id();
}

Result<Invocation> fire_timer(Transaction& transaction, std::int64_t id, InvocationId invocation) {
    auto& db = transaction.db();
    std::optional<PluginTimer> timer;
    {
        auto row =
            db.query("SELECT id, plugin, command, room, user, due, payload FROM plugin_timers WHERE id = ?1", id);
        if (row.step()) timer = read_timer(row);
    }
    if (!timer) return Problem{.code = ErrorCode::NotFound, .detail = "no such timer"};
    db.run("DELETE FROM plugin_timers WHERE id = ?1", id);
    const auto refusal = why_not(db, *timer);
    const auto state = refusal ? InvocationState::Failed : InvocationState::Queued;
    const auto code = refusal ? std::optional(info(*refusal).name) : std::nullopt;
    const auto ended_at = refusal ? std::optional(transaction.now()) : std::nullopt;
    db.run(
        "INSERT INTO invocations (id, author, room, plugin, command, text, visibility, state, code, created_at, "
        "ended_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        invocation, timer->user, timer->room, timer->plugin, timer->command, timer->command, CommandVisibility::Room,
        state, code, transaction.now(), ended_at);
    auto fired = *find_invocation(db, invocation);
    if (refusal) transaction.emit(InvocationChanged{fired});
    return fired;
}

Result<> remove_timer(Transaction& transaction, std::string_view plugin, std::int64_t id) {
    if (transaction.db().run("DELETE FROM plugin_timers WHERE id = ?1 AND plugin = ?2", id, plugin) == 0)
        return Problem{.code = ErrorCode::NotFound, .detail = "no such timer"};
    return {};
}

}  // namespace riposte::sqlite
