#include "store/sqlite/reports.hpp"

#include "store/sqlite/edits.hpp"
#include "store/sqlite/rooms.hpp"
#include "store/sqlite/rows.hpp"

namespace riposte::sqlite {
namespace {

/// Every moderator's and owner's sockets learn how many are open.
void tell_moderators(Transaction& transaction, const RoomRow& row) {
    std::vector<UserId> moderators;
    {
        auto rows = transaction.db().query("SELECT user FROM members WHERE room = ?1 AND barred = 0 AND role >= ?2",
                                           row.id, Role::Moderator);
        while (rows.step()) moderators.push_back(rows.column<UserId>(0));
    }
    for (const auto user : moderators)
        if (auto seen = room(transaction.db(), user, row.uri))
            transaction.emit(MyRoomChanged{.user = user, .room = std::move(*seen)});
}

struct Place {
    std::int64_t id;
    RoomId room;
    MessageId message;
};

std::vector<Report> read_reports(Database& db, Statement rows) {
    std::vector<std::pair<Report, Place>> found;
    while (rows.step()) {
        Report report{.id = rows.column<std::int64_t>(0),
                      .message = {},
                      .room_title = rows.column<std::string>(5),
                      .reporter = read_user(rows, 6),
                      .reason = rows.column<std::string>(3),
                      .created_at = rows.column<Timestamp>(4)};
        found.emplace_back(std::move(report), Place{report.id, rows.column<RoomId>(1), rows.column<Uuid>(2)});
    }
    std::vector<Report> reports;
    for (auto& [report, place] : found) {
        auto message = find_message(db, place.room, place.message);
        if (!message) continue;
        report.message = std::move(*message);
        reports.push_back(std::move(report));
    }
    return reports;
}

#define RIPOSTE_OPEN_REPORTS                                                                                      \
    "SELECT p.id, p.room, m.uuid, p.reason, p.created_at, r.title, u.* FROM reports p JOIN messages m ON m.id = " \
    "p.message "                                                                                                  \
    "JOIN rooms r ON r.id = p.room JOIN user_rows u ON u.id = p.reporter WHERE p.settled_at IS NULL "

}  // namespace

Result<> report(Transaction& transaction, UserId by, std::string_view uri, MessageId id, std::string_view reason) {
    auto& db = transaction.db();
    const auto granted = authorize(db, by, uri, Right::Read);
    if (!granted) return granted.error();
    const auto message = living_message(db, granted->room.id, id);
    if (!message) return message.error();
    if (message->author.id == by) return Problem{.code = ErrorCode::NotAllowed, .detail = "it is one's own"};
    const bool first = db.run(
                           "INSERT INTO reports (room, message, reporter, reason, created_at) "
                           "VALUES (?1, (SELECT id FROM messages WHERE uuid = ?2), ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                           granted->room.id, id, by, reason, transaction.now()) == 1;
    if (first) tell_moderators(transaction, granted->room);
    return {};
}

Result<std::vector<Report>> reports(Database& db, UserId by, std::string_view uri) {
    const auto granted = authorize(db, by, uri, Right::Moderate);
    if (!granted) return granted.error();
    return read_reports(db, db.query(RIPOSTE_OPEN_REPORTS "AND p.room = ?1 ORDER BY p.id LIMIT 200", granted->room.id));
}

Result<std::vector<Report>> all_reports(Database& db) {
    return read_reports(db, db.query(RIPOSTE_OPEN_REPORTS "ORDER BY p.id LIMIT 200"));
}

Result<> settle_report(Transaction& transaction, UserId by, std::string_view uri, std::int64_t id) {
    const auto granted = authorize(transaction.db(), by, uri, Right::Moderate);
    if (!granted) return granted.error();
    const auto settled = transaction.db().run(
        "UPDATE reports SET settled_at = ?3, settled_by = ?4 WHERE id = ?2 AND room = ?1 AND settled_at IS NULL",
        granted->room.id, id, transaction.now(), by);
    if (settled == 0) return Problem{.code = ErrorCode::NotFound, .detail = "no such open report"};
    tell_moderators(transaction, granted->room);
    return {};
}

Result<OpenReport> open_report(Database& db, std::int64_t id) {
    auto row = db.query(
        "SELECT p.room, m.uuid FROM reports p JOIN messages m ON m.id = p.message "
        "WHERE p.id = ?1 AND p.settled_at IS NULL",
        id);
    if (!row.step()) return Problem{.code = ErrorCode::NotFound, .detail = "no such open report"};
    return OpenReport{row.column<RoomId>(0), row.column<Uuid>(1)};
}

void settle_as_operator(Transaction& transaction, std::int64_t id, const RoomRow& room, std::optional<UserId> by) {
    transaction.db().run("UPDATE reports SET settled_at = ?2, settled_by = ?3 WHERE id = ?1", id, transaction.now(),
                         by);
    tell_moderators(transaction, room);
}

std::int64_t open_reports(Database& db, RoomId room) {
    auto row = db.query("SELECT count(*) FROM reports WHERE room = ?1 AND settled_at IS NULL", room);
    row.step();
    return row.column<std::int64_t>(0);
}

void settle_reports_of(Transaction& transaction, const RoomRow& room, MessageId message, const User& by) {
    const auto settled = transaction.db().run(
        "UPDATE reports SET settled_at = ?2, settled_by = ?3 "
        "WHERE message = (SELECT id FROM messages WHERE uuid = ?1) AND settled_at IS NULL",
        message, transaction.now(), by.id == UserId{} ? std::nullopt : std::optional(by.id));
    if (settled > 0) tell_moderators(transaction, room);
}

}  // namespace riposte::sqlite
