#include "store/sqlite/history.hpp"

#include "store/sqlite/authorize.hpp"
#include "store/sqlite/rooms.hpp"
#include "store/sqlite/rows.hpp"

#include <algorithm>
#include <iterator>
#include <limits>

namespace riposte::sqlite {
namespace {

std::vector<Message> read_messages(Statement rows) {
    std::vector<Message> messages;
    while (rows.step()) messages.push_back(read_message(rows));
    return messages;
}

/// Ascending, the last `limit` before `seq`.
std::vector<Message> messages_before(Database& db, RoomId room, Seq seq, int limit) {
    auto messages = read_messages(db.query(
        "SELECT * FROM message_rows WHERE room = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3", room, seq, limit));
    std::reverse(messages.begin(), messages.end());
    return messages;
}

std::vector<Message> messages_after(Database& db, RoomId room, Seq seq, int limit) {
    return read_messages(
        db.query("SELECT * FROM message_rows WHERE room = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3", room, seq, limit));
}

bool any_before(Database& db, RoomId room, Seq seq) {
    return db.query("SELECT 1 FROM messages WHERE room = ?1 AND seq < ?2 LIMIT 1", room, seq).step();
}

bool any_after(Database& db, RoomId room, Seq seq) {
    return db.query("SELECT 1 FROM messages WHERE room = ?1 AND seq > ?2 LIMIT 1", room, seq).step();
}

/// Half of the page before `seq`, the rest from it on; where one side is short the other is longer.
std::vector<Message> messages_around(Database& db, RoomId room, Seq seq, int limit) {
    auto before = messages_before(db, room, seq, limit);
    auto after = messages_after(db, room, seq - 1, limit);
    const auto size = static_cast<std::size_t>(limit);
    const auto half = size / 2;
    const auto from_before = std::min(before.size(), size - std::min(after.size(), size - half));
    before.erase(before.begin(), before.end() - static_cast<std::ptrdiff_t>(from_before));
    after.resize(std::min(after.size(), size - from_before));
    std::move(after.begin(), after.end(), std::back_inserter(before));
    return before;
}

std::optional<Seq> seq_of(Database& db, RoomId room, MessageId id) {
    auto row = db.query("SELECT seq FROM messages WHERE uuid = ?1 AND room = ?2", id, room);
    if (!row.step()) return std::nullopt;
    return row.column<Seq>(0);
}

}  // namespace

Result<HistoryPage> history(Database& db, UserId user, std::string_view uri, const HistoryQuery& query) {
    const auto granted = authorize(db, user, uri, Right::Read);
    if (!granted) return granted.error();
    const auto room = granted->room.id;
    const int limit = std::clamp(query.limit, 1, 100);
    auto seq = query.seq;
    if (query.around) {
        const auto found = seq_of(db, room, *query.around);
        if (!found)
            return Problem{.code = ErrorCode::NotFound, .detail = "no such message in the room", .argument = "around"};
        seq = *found;
    }
    if (query.direction == Direction::Before && seq == 0) seq = std::numeric_limits<Seq>::max();

    HistoryPage page;
    switch (query.direction) {
        case Direction::Before: page.messages = messages_before(db, room, seq, limit); break;
        case Direction::After: page.messages = messages_after(db, room, seq, limit); break;
        case Direction::Around: page.messages = messages_around(db, room, seq, limit); break;
    }
    // An empty page still says on which side of the mark the messages are.
    const auto first =
        page.messages.empty() ? (query.direction == Direction::After ? seq + 1 : seq) : page.messages.front().seq;
    const auto last =
        page.messages.empty() ? (query.direction == Direction::Before ? seq - 1 : seq) : page.messages.back().seq;
    page.has_before = any_before(db, room, first);
    page.has_after = any_after(db, room, last);
    return page;
}

Result<Missed> missed(Database& db, UserId user, std::string_view uri, Seq after) {
    const auto granted = authorize(db, user, uri, Right::Read);
    if (!granted) return granted.error();
    const auto unread = count_unread(db, granted->room, user, after);
    return Missed{granted->room.last_seq, unread.messages, unread.mentions};
}

}  // namespace riposte::sqlite
