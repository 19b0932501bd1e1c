#include "store/sqlite/oversight.hpp"

#include "base/clock.hpp"
#include "store/sqlite/accounts.hpp"
#include "store/sqlite/audit.hpp"
#include "store/sqlite/edits.hpp"
#include "store/sqlite/listing.hpp"
#include "store/sqlite/reports.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sessions.hpp"

namespace riposte::sqlite {
namespace {

// ?1: now. The sessions by their index, one row of users at a time.
#define RIPOSTE_USER_SUMMARY                                                              \
    "SELECT r.*, u.disabled, u.created_at,"                                               \
    " (SELECT max(last_seen) FROM sessions s WHERE s.user = u.id AND s.expires_at > ?1)," \
    " (SELECT count(*) FROM sessions s WHERE s.user = u.id AND s.expires_at > ?1) "       \
    "FROM users u CROSS JOIN user_rows r ON r.id = u.id WHERE u.deleted_at IS NULL AND u.plugin IS NULL AND "

UserSummary read_user_summary(const Statement& row) {
    return {.user = read_user(row),
            .disabled = row.column<bool>(5),
            .created_at = row.column<Timestamp>(6),
            .last_seen = row.column<std::optional<Timestamp>>(7),
            .sessions = row.column<std::int64_t>(8)};
}

#define RIPOSTE_ROOM_SUMMARY                                                                 \
    "SELECT r.id, r.uri, r.title, r.kind, r.visibility, r.closed, r.member_count, r.people," \
    " (SELECT created_at FROM messages m WHERE m.room = r.id ORDER BY m.seq DESC LIMIT 1),"  \
    " (SELECT count(*) FROM reports p WHERE p.room = r.id AND p.settled_at IS NULL), r.created_at FROM rooms r WHERE "

RoomSummary read_room_summary(const Statement& row) {
    return {.uri = row.column<std::string>(1),
            .title = row.column<std::string>(2),
            .kind = row.column<RoomKind>(3),
            .visibility = row.column<RoomVisibility>(4),
            .closed = row.column<bool>(5),
            .members = row.column<std::int64_t>(6),
            .messages = row.column<std::int64_t>(7),
            .last_activity = row.column<std::optional<Timestamp>>(8),
            .reports = row.column<std::int64_t>(9),
            .created_at = row.column<Timestamp>(10)};
}

std::optional<UserId> account_of(const ActingOperator& by) {
    return by.user ? std::optional(by.user->id) : std::nullopt;
}

Result<User> person(Database& db, std::string_view name) {
    const auto user = find_user(db, name);
    if (!user) return Problem{.code = ErrorCode::NotFound, .detail = "no such user"};
    if (user->bot) return Problem{.code = ErrorCode::NotAllowed, .detail = "a bot goes with its plugin"};
    return *user;
}

Result<RoomRow> reported_room(Database& db, const OpenReport& report) {
    const auto room = find_room(db, report.room);
    if (!room) return Problem{.code = ErrorCode::NotFound, .detail = "no such room"};
    return *room;
}

}  // namespace

Result<Listed<UserSummary>> users(Database& db, const Listing& listing) {
    auto rows = db.query(RIPOSTE_USER_SUMMARY
                         "u.id < ?2 AND (u.name LIKE ?3 ESCAPE '\\' OR u.display_name LIKE ?3 ESCAPE '\\') "
                         "ORDER BY u.id DESC LIMIT ?4",
                         now_ms(), before(listing), pattern(listing), listing.limit + 1);
    return listed<UserSummary>(std::move(rows), listing.limit, read_user_summary);
}

Result<UserSummary> set_account(Transaction& transaction, const ActingOperator& by, std::string_view name,
                                AccountState state) {
    auto& db = transaction.db();
    const bool disable = state == AccountState::Disabled;
    const auto user = person(db, name);
    if (!user) return user.error();
    if (disable && account_of(by) == user->id)
        return Problem{.code = ErrorCode::NotAllowed, .detail = "one cannot disable oneself"};
    if (db.run("UPDATE users SET disabled = ?2 WHERE id = ?1 AND disabled <> ?2", user->id, disable) > 0) {
        if (disable) end_sessions(transaction, user->id, "");
        add_audit(transaction,
                  {.by = by.name, .verb = disable ? "user disable" : "user enable", .subject = user->name});
    }
    auto row = db.query(RIPOSTE_USER_SUMMARY "u.id = ?2", transaction.now(), user->id);
    row.step();
    return read_user_summary(row);
}

Result<> remove_account(Transaction& transaction, const ActingOperator& by, std::string_view name) {
    const auto user = person(transaction.db(), name);
    if (!user) return user.error();
    if (account_of(by) == user->id)
        return Problem{.code = ErrorCode::NotAllowed, .detail = "one deletes oneself under Settings"};
    const auto deleted = delete_user(transaction, user->id);
    if (!deleted) return deleted.error();
    add_audit(transaction, {.by = by.name, .verb = "user remove", .subject = user->name});
    return {};
}

Result<Listed<RoomSummary>> all_rooms(Database& db, const Listing& listing) {
    auto rows = db.query(RIPOSTE_ROOM_SUMMARY
                         "r.id < ?1 AND (r.title LIKE ?2 ESCAPE '\\' OR r.uri LIKE ?2 ESCAPE '\\') "
                         "AND (r.kind = ?4 OR EXISTS (SELECT 1 FROM reports p WHERE p.room = r.id AND p.settled_at IS "
                         "NULL)) ORDER BY r.id DESC LIMIT ?3",
                         before(listing), pattern(listing), listing.limit + 1, RoomKind::Room);
    return listed<RoomSummary>(std::move(rows), listing.limit, read_room_summary);
}

Result<RoomSummary> set_room(Transaction& transaction, const ActingOperator& by, std::string_view uri,
                             RoomState state) {
    auto& db = transaction.db();
    auto room = find_room(db, uri);
    if (!room) return Problem{.code = ErrorCode::NotFound, .detail = "no such room"};
    const bool close = state == RoomState::Closed;
    if (room->closed != close) {
        room->closed = close;
        db.run("UPDATE rooms SET closed = ?2 WHERE id = ?1", room->id, close);
        log_room(transaction, *room, by.user.value_or(User{}));
        add_audit(
            transaction,
            {.by = by.name, .verb = close ? "room close" : "room open", .subject = room->uri, .detail = room->title});
    }
    auto row = db.query(RIPOSTE_ROOM_SUMMARY "r.id = ?1", room->id);
    row.step();
    return read_room_summary(row);
}

Result<> settle_any_report(Transaction& transaction, const ActingOperator& by, std::int64_t id) {
    auto& db = transaction.db();
    const auto report = open_report(db, id);
    if (!report) return report.error();
    const auto room = reported_room(db, *report);
    if (!room) return room.error();
    settle_as_operator(transaction, id, *room, account_of(by));
    add_audit(transaction,
              {.by = by.name, .verb = "report settle", .subject = room->uri, .detail = report->message.to_string()});
    return {};
}

Result<> remove_reported(Transaction& transaction, const ActingOperator& by, std::int64_t id) {
    auto& db = transaction.db();
    const auto report = open_report(db, id);
    if (!report) return report.error();
    auto room = reported_room(db, *report);
    if (!room) return room.error();
    const auto message = living_message(db, room->id, report->message);
    if (!message) return message.error();
    erase(transaction, *room, *message, by.user.value_or(User{}));
    add_audit(transaction,
              {.by = by.name, .verb = "message remove", .subject = room->uri, .detail = report->message.to_string()});
    return {};
}

}  // namespace riposte::sqlite
