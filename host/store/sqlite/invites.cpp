#include "store/sqlite/invites.hpp"

#include "base/clock.hpp"
#include "store/sqlite/members.hpp"
#include "store/sqlite/rooms.hpp"
#include "store/sqlite/rows.hpp"

namespace riposte::sqlite {
namespace {

struct OpenInvite {
    std::int64_t id;
    RoomId room;
    std::string created_by;
};

/// Not revoked, not expired, not used up.
std::optional<OpenInvite> open_invite(Database& db, std::string_view token_hash, Timestamp now) {
    auto row = db.query(
        "SELECT i.id, i.room, u.name FROM invites i CROSS JOIN users u ON u.id = i.created_by "
        "WHERE i.token_hash = ?1 AND i.revoked = 0 AND coalesce(i.expires_at > ?2, 1) "
        "AND coalesce(i.uses_left > 0, 1)",
        token_hash, now);
    if (!row.step()) return std::nullopt;
    return OpenInvite{row.column<std::int64_t>(0), row.column<RoomId>(1), row.column<std::string>(2)};
}

/// The room of an invite, however old, in which the user is already: the link still leads there.
std::optional<RoomRow> room_of_member(Database& db, UserId user, std::string_view token_hash) {
    auto row = db.query("SELECT room FROM invites WHERE token_hash = ?1", token_hash);
    if (!row.step()) return std::nullopt;
    const auto room = row.column<RoomId>(0);
    if (!authorize(db, user, room, Right::Read)) return std::nullopt;
    return find_room(db, room);
}

}  // namespace

Result<Invite> create_invite(Transaction& transaction, UserId by, std::string_view uri, const NewInvite& wanted) {
    auto& db = transaction.db();
    const auto granted = authorize(db, by, uri, Right::Moderate);
    if (!granted) return granted.error();
    db.run(
        "INSERT INTO invites (room, token_hash, created_by, created_at, expires_at, uses_left) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        granted->room.id, wanted.token_hash, by, transaction.now(), wanted.expires_at, wanted.uses);
    return Invite{.id = db.last_insert_id(),
                  .created_by = granted->user.name,
                  .created_at = transaction.now(),
                  .expires_at = wanted.expires_at,
                  .uses_left = wanted.uses};
}

Result<std::vector<Invite>> invites(Database& db, UserId by, std::string_view uri) {
    const auto granted = authorize(db, by, uri, Right::Moderate);
    if (!granted) return granted.error();
    std::vector<Invite> found;
    auto rows = db.query(
        "SELECT i.id, u.name, i.created_at, i.expires_at, i.uses_left, i.uses, i.revoked FROM invites i "
        "CROSS JOIN users u ON u.id = i.created_by WHERE i.room = ?1 ORDER BY i.id",
        granted->room.id);
    while (rows.step())
        found.push_back({.id = rows.column<std::int64_t>(0),
                         .created_by = rows.column<std::string>(1),
                         .created_at = rows.column<Timestamp>(2),
                         .expires_at = rows.column<std::optional<Timestamp>>(3),
                         .uses_left = rows.column<std::optional<std::int64_t>>(4),
                         .uses = rows.column<std::int64_t>(5),
                         .revoked = rows.column<bool>(6)});
    return found;
}

Result<> revoke_invite(Transaction& transaction, UserId by, std::string_view uri, std::int64_t id) {
    const auto granted = authorize(transaction.db(), by, uri, Right::Moderate);
    if (!granted) return granted.error();
    const auto revoked =
        transaction.db().run("UPDATE invites SET revoked = 1 WHERE id = ?1 AND room = ?2", id, granted->room.id);
    if (revoked == 0) return Problem{.code = ErrorCode::NotFound};
    return {};
}

Result<InviteView> invite(Database& db, std::string_view token_hash) {
    const auto found = open_invite(db, token_hash, now_ms());
    if (!found) return Problem{.code = ErrorCode::BadLink};
    const auto room = *find_room(db, found->room);
    return InviteView{room.uri, room.title, found->created_by};
}

Result<Room> use_invite(Transaction& transaction, UserId user, std::string_view token_hash) {
    auto& db = transaction.db();
    const auto guest = find_user(db, user);
    if (!guest) return Problem{.code = ErrorCode::Unauthenticated};
    if (const auto mine = room_of_member(db, user, token_hash)) return room(db, user, mine->uri);
    const auto found = open_invite(db, token_hash, transaction.now());
    if (!found) return Problem{.code = ErrorCode::BadLink};
    auto row = *find_room(db, found->room);
    db.run("UPDATE invites SET uses = uses + 1, uses_left = uses_left - 1 WHERE id = ?1", found->id);
    join(transaction, row, *guest, Role::Member, *guest);
    return room(db, user, row.uri);
}

}  // namespace riposte::sqlite
