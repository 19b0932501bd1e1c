#include "store/sqlite/rooms.hpp"

#include "store/sqlite/members.hpp"
#include "store/sqlite/reports.hpp"
#include "store/sqlite/room_log.hpp"
#include "store/sqlite/rows.hpp"

#include <sys/random.h>

#include <algorithm>
#include <system_error>

namespace riposte::sqlite {
namespace {

/// 12 random characters of [a-z0-9]: 62 bits. A URI grants nothing, it only must not collide.
std::string random_uri() {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    unsigned char bytes[12];
    if (::getrandom(bytes, sizeof bytes, 0) != sizeof bytes)
        throw std::system_error(errno, std::system_category(), "getrandom");
    std::string uri;
    for (const auto byte : bytes) uri += letters[byte % letters.size()];
    return uri;
}

/// The other one of a direct room, also when that account is deleted.
std::optional<User> peer_of(Database& db, RoomId room, UserId user) {
    auto row = db.query(
        "SELECT u.* FROM rooms r JOIN user_rows u "
        "ON u.id = CASE ?2 WHEN r.direct_low THEN r.direct_high ELSE r.direct_low END WHERE r.id = ?1",
        room, user);
    if (!row.step()) return std::nullopt;
    return read_user(row);
}

Room as_seen_by(Database& db, const Granted& granted) {
    const auto& row = granted.room;
    Room room{.id = row.id,
              .uri = row.uri,
              .kind = row.kind,
              .title = row.title,
              .visibility = row.visibility,
              .last_seq = row.last_seq,
              .member_count = row.member_count,
              .role = granted.role,
              .last_read_seq = granted.role ? granted.last_read_seq : 0,
              .notify = granted.notify.value_or(row.kind == RoomKind::Direct ? Notify::All : Notify::Mentions),
              .muted = granted.muted,
              .slow_mode_s = row.slow_mode_s,
              .closed = row.closed};
    if (granted.role) {
        const auto unread = count_unread(db, row, granted.user.id, granted.last_read_seq);
        room.unread = unread.messages;
        room.mentions = unread.mentions;
    }
    if (granted.role && *granted.role >= Role::Moderator) room.reports = open_reports(db, row.id);
    if (row.kind == RoomKind::Direct) room.peer = peer_of(db, row.id, granted.user.id);
    return room;
}

std::vector<Room> all_as_seen_by(Database& db, UserId user, const std::vector<RoomId>& ids) {
    std::vector<Room> rooms;
    for (const auto id : ids)
        if (const auto granted = authorize(db, user, id, Right::See)) rooms.push_back(as_seen_by(db, *granted));
    return rooms;
}

std::vector<RoomId> ids(Statement rows) {
    std::vector<RoomId> found;
    while (rows.step()) found.push_back(rows.column<RoomId>(0));
    return found;
}

bool is_uri_taken(Database& db, std::string_view uri) {
    return db.query("SELECT 1 FROM rooms WHERE uri = ?1", uri).step();
}

}  // namespace

Unread count_unread(Database& db, const RoomRow& room, UserId user, Seq after) {
    // Each message carries how many by people there are up to it: a difference instead of a walk. Of the rest, one's own
    // and the deleted ones, only the few after the mark are walked, by their indexes.
    auto row = db.query(
        "SELECT ?3"
        " - coalesce((SELECT people FROM messages WHERE room = ?1 AND seq <= ?4 ORDER BY seq DESC LIMIT 1), 0)"
        " - (SELECT count(*) FROM messages INDEXED BY messages_by_author WHERE author = ?2 AND room = ?1 AND seq > ?4)"
        " - (SELECT count(*) FROM messages INDEXED BY messages_deleted WHERE room = ?1 AND seq > ?4 AND author <> ?2"
        "    AND deleted_at IS NOT NULL AND client_msg_id IS NOT NULL),"
        " (SELECT count(*) FROM mentions WHERE user = ?2 AND room = ?1 AND seq > ?4)",
        room.id, user, room.people, after);
    row.step();
    return {row.column<std::int64_t>(0), row.column<std::int64_t>(1)};
}

Result<Room> create_room(Transaction& transaction, UserId owner, const NewRoom& wanted) {
    auto& db = transaction.db();
    const auto user = find_user(db, owner);
    if (!user) return Problem{.code = ErrorCode::Unauthenticated};
    const auto uri = wanted.uri.empty() ? random_uri() : wanted.uri;
    if (is_uri_taken(db, uri)) return Problem{.code = ErrorCode::UriTaken, .argument = "uri"};
    db.run("INSERT INTO rooms (uri, kind, title, visibility, created_at) VALUES (?1, ?2, ?3, ?4, ?5)", uri,
           RoomKind::Room, wanted.title, wanted.visibility, transaction.now());
    auto row = *find_room(db, RoomId{db.last_insert_id()});
    join(transaction, row, *user, Role::Owner, *user);
    return room(db, owner, uri);
}

Result<std::pair<Room, bool>> direct_room(Transaction& transaction, UserId one, std::string_view other) {
    auto& db = transaction.db();
    const auto me = find_user(db, one);
    const auto peer = find_user(db, other);
    if (!me) return Problem{.code = ErrorCode::Unauthenticated};
    if (!peer) return Problem{.code = ErrorCode::NotFound, .detail = "no such user", .argument = "direct"};
    if (peer->id == one)
        return Problem{.code = ErrorCode::InvalidValue, .detail = "that is yourself", .argument = "direct"};
    const auto [low, high] = std::minmax(one, peer->id);
    std::string uri;
    {
        auto row = db.query("SELECT uri FROM rooms WHERE direct_low = ?1 AND direct_high = ?2", low, high);
        if (row.step()) uri = row.column<std::string>(0);
    }
    const bool is_new = uri.empty();
    if (is_new) {
        uri = random_uri();
        db.run(
            "INSERT INTO rooms (uri, kind, title, visibility, direct_low, direct_high, created_at) "
            "VALUES (?1, ?2, '', ?3, ?4, ?5, ?6)",
            uri, RoomKind::Direct, RoomVisibility::Private, low, high, transaction.now());
        auto row = *find_room(db, RoomId{db.last_insert_id()});
        join(transaction, row, *me, Role::Member, *me);
        join(transaction, row, *peer, Role::Member, *me);
    }
    auto seen = room(db, one, uri);
    if (!seen) return seen.error();
    return std::pair{std::move(*seen), is_new};
}

Result<Room> room(Database& db, UserId user, std::string_view uri) {
    const auto granted = authorize(db, user, uri, Right::See);
    if (!granted) return granted.error();
    return as_seen_by(db, *granted);
}

Result<std::vector<Room>> rooms_of(Database& db, UserId user) {
    return all_as_seen_by(db, user, ids(db.query("SELECT room FROM members WHERE user = ?1 AND barred = 0", user)));
}

Result<std::vector<Room>> public_rooms(Database& db, UserId not_in) {
    auto rows = db.query(
        "SELECT r.id FROM rooms r WHERE r.visibility = 1 AND NOT EXISTS "
        "(SELECT 1 FROM members m WHERE m.room = r.id AND m.user = ?1 AND m.barred = 0) ORDER BY r.title, r.id",
        not_in);
    return all_as_seen_by(db, not_in, ids(std::move(rows)));
}

Result<Room> update_room(Transaction& transaction, UserId user, std::string_view uri,
                         const std::optional<std::string>& title, std::optional<RoomVisibility> visibility) {
    auto granted = authorize(transaction.db(), user, uri, Right::Moderate);
    if (!granted) return granted.error();
    auto& row = granted->room;
    const bool same = title.value_or(row.title) == row.title && visibility.value_or(row.visibility) == row.visibility;
    if (!same) {
        row.title = title.value_or(row.title);
        row.visibility = visibility.value_or(row.visibility);
        transaction.db().run("UPDATE rooms SET title = ?2, visibility = ?3 WHERE id = ?1", row.id, row.title,
                             row.visibility);
        log_room(transaction, row, granted->user);
    }
    return room(transaction.db(), user, uri);
}

Result<Room> set_slow_mode(Transaction& transaction, UserId by, std::string_view uri, std::int64_t seconds) {
    auto granted = authorize(transaction.db(), by, uri, Right::Moderate);
    if (!granted) return granted.error();
    auto& row = granted->room;
    if (row.slow_mode_s != seconds) {
        row.slow_mode_s = seconds;
        transaction.db().run("UPDATE rooms SET slow_mode_s = ?2 WHERE id = ?1", row.id, seconds);
        log_room(transaction, row, granted->user);
    }
    return room(transaction.db(), by, uri);
}

Result<Room> set_notifications(Transaction& transaction, UserId user, std::string_view uri,
                               std::optional<Notify> notify, std::optional<bool> muted) {
    const auto granted = authorize(transaction.db(), user, uri, Right::Read);
    if (!granted) return granted.error();
    transaction.db().run(
        "UPDATE members SET notify = coalesce(?3, notify), muted = coalesce(?4, muted) "
        "WHERE room = ?1 AND user = ?2",
        granted->room.id, user, notify, muted);
    auto changed = room(transaction.db(), user, uri);
    if (changed) transaction.emit(MyRoomChanged{.user = user, .room = *changed});
    return changed;
}

Result<> mark_read(Transaction& transaction, UserId user, std::string_view uri, Seq seq) {
    const auto granted = authorize(transaction.db(), user, uri, Right::Read);
    if (!granted) return granted.error();
    const auto mark = std::min(seq, granted->room.last_seq);
    if (mark <= granted->last_read_seq) return {};
    transaction.db().run("UPDATE members SET last_read_seq = ?3 WHERE room = ?1 AND user = ?2", granted->room.id, user,
                         mark);
    transaction.emit(ReadMarkMoved{.user = user, .room = granted->room.uri, .last_read_seq = mark});
    return {};
}

}  // namespace riposte::sqlite
