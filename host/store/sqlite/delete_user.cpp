#include "store/sqlite/accounts.hpp"

#include "store/forgetting.hpp"
#include "store/sqlite/members.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sessions.hpp"
#include "store/sqlite/tokens.hpp"

namespace riposte::sqlite {
namespace {

void leave_every_room(Transaction& transaction, const User& user) {
    std::vector<RoomId> rooms;
    {
        auto rows = transaction.db().query("SELECT room FROM members WHERE user = ?1 AND barred = 0", user.id);
        while (rows.step()) rooms.push_back(rows.column<RoomId>(0));
    }
    for (const auto id : rooms) {
        auto room = *find_room(transaction.db(), id);
        leave(transaction, room, user, user, Bar::No);
        pass_on_ownership(transaction, room, user);
    }
}

/// Every plugin is to be told; before the account loses its name.
void tell_plugins(Transaction& transaction, UserId user) {
    transaction.db().run(
        "INSERT OR REPLACE INTO plugin_values (plugin, key, value) "
        "SELECT ?1, CAST(p.id || '/' || u.id AS BLOB), CAST(u.name AS BLOB) FROM plugins p, users u WHERE u.id = ?2",
        to_forget_owner, user);
}

/// What nobody else sees goes; messages and commands in rooms stay, under an account without a name.
void forget(Transaction& transaction, UserId user) {
    auto& db = transaction.db();
    db.run("DELETE FROM members WHERE user = ?1", user);
    db.run("DELETE FROM one_time_links WHERE user = ?1", user);
    drop_tokens(transaction, user);
    db.run("DELETE FROM mentions WHERE user = ?1", user);
    db.run("DELETE FROM sends WHERE author = ?1", user);
    db.run("DELETE FROM plugin_timers WHERE user = ?1", user);
    db.run("DELETE FROM reactions WHERE user = ?1", user);
    db.run("DELETE FROM reports WHERE reporter = ?1", user);
    db.run("UPDATE files SET created_at = 0 WHERE owner = ?1 AND message IS NULL", user);  // the next sweep takes them
    db.run(
        "DELETE FROM invocation_replies WHERE text IS NOT NULL AND invocation IN "
        "(SELECT id FROM invocations WHERE author = ?1)",
        user);
    db.run(
        "DELETE FROM invocation_replies WHERE invocation IN "
        "(SELECT id FROM invocations WHERE author = ?1 AND message IS NULL)",
        user);
    db.run("DELETE FROM invocations WHERE author = ?1 AND message IS NULL", user);
    db.run("UPDATE invocations SET detail = '' WHERE author = ?1", user);
    db.run(
        "UPDATE users SET name = NULL, display_name = '', password_hash = '', admin = 0, locale = '', deleted_at = ?2 "
        "WHERE id = ?1",
        user, transaction.now());
}

}  // namespace

Result<> delete_user(Transaction& transaction, UserId id) {
    const auto user = find_user(transaction.db(), id);
    if (!user || user->bot) return Problem{.code = ErrorCode::NotFound};
    leave_every_room(transaction, *user);
    end_sessions(transaction, id, "");
    tell_plugins(transaction, id);
    forget(transaction, id);
    return {};
}

}  // namespace riposte::sqlite
