#include "store/sqlite/members.hpp"

#include "store/sqlite/room_log.hpp"
#include "store/sqlite/rooms.hpp"
#include "store/sqlite/rows.hpp"

namespace riposte::sqlite {
namespace {

std::optional<Role> role_of(Database& db, RoomId room, UserId user) {
    auto row = db.query("SELECT role FROM members WHERE room = ?1 AND user = ?2 AND barred = 0", room, user);
    if (!row.step()) return std::nullopt;
    return row.column<Role>(0);
}

bool has_people(Database& db, RoomId room) {
    return db
        .query(
            "SELECT 1 FROM members m JOIN users u ON u.id = m.user "
            "WHERE m.room = ?1 AND m.barred = 0 AND u.plugin IS NULL LIMIT 1",
            room)
        .step();
}

bool has_owner(Database& db, RoomId room) {
    return db.query("SELECT 1 FROM members WHERE room = ?1 AND barred = 0 AND role = ?2 LIMIT 1", room, Role::Owner)
        .step();
}

void count_member(Transaction& transaction, RoomRow& room, int change) {
    room.member_count += change;
    transaction.db().run("UPDATE rooms SET member_count = ?2 WHERE id = ?1", room.id, room.member_count);
}

void emit_membership(Transaction& transaction, const RoomRow& room, const User& user, bool member, const User& actor) {
    if (user.bot) return;
    transaction.emit(
        MembershipChanged{.user = user.id, .room = room.id, .uri = room.uri, .member = member, .actor = actor.name});
}

struct Target {
    User user;
    Role role;
};

Result<Target> member_named(Database& db, RoomId room, std::string_view name) {
    const auto user = find_user(db, name);
    if (!user) return Problem{.code = ErrorCode::NotFound, .detail = "no such user", .argument = "name"};
    const auto role = role_of(db, room, user->id);
    if (!role) return Problem{.code = ErrorCode::NotFound, .detail = "not a member of the room", .argument = "name"};
    return Target{*user, *role};
}

void change_role(Transaction& transaction, RoomRow& room, const User& user, Role role, const User& actor) {
    transaction.db().run("UPDATE members SET role = ?3 WHERE room = ?1 AND user = ?2", room.id, user.id, role);
    log_membership(transaction, room, {.user = user, .change = Change::Role, .role = role, .actor = actor});
}

Result<> leave_oneself(Transaction& transaction, Granted& granted) {
    if (granted.room.kind == RoomKind::Direct) return Problem{.code = ErrorCode::NotAllowed};
    leave(transaction, granted.room, granted.user, granted.user, Bar::No);
    if (has_people(transaction.db(), granted.room.id) && !has_owner(transaction.db(), granted.room.id))
        return Problem{.code = ErrorCode::LastOwner};
    return {};
}

/// A bar is for people: a plugin is there again as soon as it is added.
Result<> dismiss(Transaction& transaction, Granted& granted, const User& bot) {
    if (granted.room.kind == RoomKind::Direct || granted.role != Role::Owner)
        return Problem{.code = ErrorCode::NotAllowed, .detail = "an owner of the room removes plugins"};
    leave(transaction, granted.room, bot, granted.user, Bar::Yes);
    transaction.db().run("DELETE FROM members WHERE room = ?1 AND user = ?2", granted.room.id, bot.id);
    return {};
}

}  // namespace

void join(Transaction& transaction, RoomRow& room, const User& user, Role role, const User& actor) {
    auto& db = transaction.db();
    if (role_of(db, room.id, user.id)) return;
    if (!user.bot && room.kind == RoomKind::Room && !has_people(db, room.id)) role = Role::Owner;
    // What was said before one came is not unread; the event of coming is seq last_seq + 1.
    db.run(
        "INSERT INTO members (room, user, role, joined_at, last_read_seq) VALUES (?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT DO UPDATE SET role = ?3, joined_at = ?4, last_read_seq = ?5, barred = 0",
        room.id, user.id, role, transaction.now(), room.last_seq + 1);
    count_member(transaction, room, +1);
    emit_membership(transaction, room, user, true, actor);
    log_membership(transaction, room, {.user = user, .change = Change::Joined, .role = role, .actor = actor});
}

void leave(Transaction& transaction, RoomRow& room, const User& user, const User& actor, Bar bar) {
    auto& db = transaction.db();
    if (bar == Bar::Yes) db.run("UPDATE members SET barred = 1 WHERE room = ?1 AND user = ?2", room.id, user.id);
    else db.run("DELETE FROM members WHERE room = ?1 AND user = ?2", room.id, user.id);
    count_member(transaction, room, -1);
    const auto change = bar == Bar::Yes ? Change::Removed : Change::Left;
    log_membership(transaction, room, {.user = user, .change = change, .actor = actor});
    emit_membership(transaction, room, user, false, actor);
}

void pass_on_ownership(Transaction& transaction, RoomRow& room, const User& actor) {
    auto& db = transaction.db();
    if (room.kind == RoomKind::Direct || has_owner(db, room.id)) return;
    std::optional<User> heir;
    {
        auto row = db.query(
            "SELECT u.* FROM members m JOIN user_rows u ON u.id = m.user "
            "WHERE m.room = ?1 AND m.barred = 0 AND NOT u.bot "
            "ORDER BY m.role DESC, m.joined_at, m.user LIMIT 1",
            room.id);
        if (row.step()) heir = read_user(row);
    }
    if (heir) change_role(transaction, room, *heir, Role::Owner, actor);
}

Result<std::vector<Member>> members(Database& db, UserId user, std::string_view uri) {
    const auto granted = authorize(db, user, uri, Right::Read);
    if (!granted) return granted.error();
    std::vector<Member> found;
    auto rows = db.query(
        "SELECT u.*, m.role, m.joined_at FROM members m CROSS JOIN user_rows u ON u.id = m.user "
        "WHERE m.room = ?1 AND m.barred = 0 ORDER BY m.role DESC, u.name",
        granted->room.id);
    while (rows.step()) found.push_back({read_user(rows), rows.column<Role>(5), rows.column<Timestamp>(6)});
    return found;
}

Result<Room> join_public(Transaction& transaction, UserId user, std::string_view uri) {
    auto granted = authorize(transaction.db(), user, uri, Right::Join);
    if (!granted) return granted.error();
    join(transaction, granted->room, granted->user, Role::Member, granted->user);
    return room(transaction.db(), user, uri);
}

Result<> add_member(Transaction& transaction, UserId by, std::string_view uri, std::string_view name) {
    auto granted = authorize(transaction.db(), by, uri, Right::Moderate);
    if (!granted) return granted.error();
    const auto user = find_user(transaction.db(), name);
    if (!user) return Problem{.code = ErrorCode::NotFound, .detail = "no such user", .argument = "name"};
    if (user->bot && granted->role != Role::Owner)
        return Problem{.code = ErrorCode::NotAllowed, .detail = "an owner of the room adds plugins"};
    join(transaction, granted->room, *user, Role::Member, granted->user);
    return {};
}

Result<> set_role(Transaction& transaction, UserId by, std::string_view uri, std::string_view name, Role role) {
    auto granted = authorize(transaction.db(), by, uri, Right::Own);
    if (!granted) return granted.error();
    const auto target = member_named(transaction.db(), granted->room.id, name);
    if (!target) return target.error();
    if (target->user.bot)
        return Problem{.code = ErrorCode::InvalidValue, .detail = "a bot has no role", .argument = "name"};
    if (target->role == role) return {};
    change_role(transaction, granted->room, target->user, role, granted->user);
    if (!has_owner(transaction.db(), granted->room.id)) return Problem{.code = ErrorCode::LastOwner};
    return {};
}

Result<> remove_member(Transaction& transaction, UserId by, std::string_view uri, std::string_view name) {
    auto granted = authorize(transaction.db(), by, uri, Right::Read);
    if (!granted) return granted.error();
    const auto target = member_named(transaction.db(), granted->room.id, name);
    if (!target) return target.error();
    if (target->user.id == by) return leave_oneself(transaction, *granted);
    if (target->user.bot) return dismiss(transaction, *granted, target->user);
    if (const auto moderator = authorize(transaction.db(), by, uri, Right::Moderate); !moderator)
        return moderator.error();
    if (target->role >= *granted->role)
        return Problem{.code = ErrorCode::NotAllowed, .detail = "only those of a lower role"};
    leave(transaction, granted->room, target->user, granted->user, Bar::Yes);
    return {};
}

}  // namespace riposte::sqlite
