#include "store/sqlite/hearing.hpp"

#include "store/sqlite/room_plugins.hpp"
#include "store/sqlite/rows.hpp"

namespace riposte::sqlite {

std::vector<std::string> listeners(Database& db, RoomId room) {
    std::vector<std::string> found;
    auto rows = db.query(
        "SELECT u.plugin FROM members m INDEXED BY members_hearing CROSS JOIN users u ON u.id = m.user "
        "WHERE m.room = ?1 AND m.hears = 1 AND m.barred = 0 AND u.plugin IS NOT NULL",
        room);
    while (rows.step()) found.push_back(rows.column<std::string>(0));
    return found;
}

bool is_heard(const Invocation& invocation) { return invocation.command.empty(); }

Result<Invocation> begin_heard(Transaction& transaction, std::string_view plugin, InvocationId id, RoomId room,
                               MessageId message) {
    auto& db = transaction.db();
    const auto row = find_room(db, room);
    const auto heard = find_message(db, room, message);
    if (!row || !heard || heard->deleted) return Problem{.code = ErrorCode::NotFound, .detail = "no such message"};
    if (!may(db, *row, plugin, PluginDeed::Hear)) return Problem{.code = ErrorCode::NotAllowed};
    db.run(
        "INSERT INTO invocations (id, author, room, message, plugin, command, visibility, state, created_at) "
        "VALUES (?1, ?2, ?3, (SELECT id FROM messages WHERE uuid = ?4), ?5, '', ?6, ?7, ?8)",
        id, heard->author.id, room, message, plugin, CommandVisibility::Room, InvocationState::Queued,
        transaction.now());
    return *find_invocation(db, id);
}

void forget_if_silent(Database& db, const Invocation& invocation) {
    if (!is_heard(invocation)) return;
    db.run(
        "DELETE FROM invocations WHERE id = ?1 AND NOT EXISTS "
        "(SELECT 1 FROM invocation_replies WHERE invocation = ?1)",
        invocation.id);
}

}  // namespace riposte::sqlite
