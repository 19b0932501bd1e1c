#include "store/sqlite/search.hpp"

#include "store/sqlite/authorize.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/search_index.hpp"
#include "store/sqlite/search_text.hpp"

#include <algorithm>
#include <limits>

namespace riposte::sqlite {
namespace {

/// Texts that are read for one query: bounds what a rare character beside a common word costs.
constexpr int most_candidates = 20'000;

using Row = std::int64_t;

Result<std::vector<RoomRow>> searched_rooms(Database& db, UserId user, const std::string& uri) {
    std::vector<RoomRow> rooms;
    if (!uri.empty()) {
        auto granted = authorize(db, user, uri, Right::Read);
        if (!granted) return granted.error();
        rooms.push_back(granted->room);
        return rooms;
    }
    std::vector<RoomId> ids;
    {
        auto rows = db.query("SELECT room FROM members WHERE user = ?1 AND barred = 0", user);
        while (rows.step()) ids.push_back(rows.column<RoomId>(0));
    }
    for (const auto id : ids)
        if (auto granted = authorize(db, user, id, Right::Read)) rooms.push_back(granted->room);
    return rooms;
}

std::string in_rooms(const std::vector<RoomRow>& rooms) {
    std::string expression = "room : (";
    for (std::size_t i = 0; i < rooms.size(); ++i) expression.append(i ? " OR " : "").append(room_token(rooms[i].id));
    return expression + ")";
}

/// Nothing older than `before` has a higher row: message ids sort by their millisecond, and rows are given in that order
/// but for those of one millisecond.
Row highest_row(Database& db, std::optional<Timestamp> before) {
    if (!before) return std::numeric_limits<Row>::max();
    Uuid first_after;
    for (std::size_t i = 0; i < 6; ++i) first_after.bytes[i] = static_cast<std::uint8_t>(*before >> (8 * (5 - i)));
    auto row = db.query("SELECT max(id) FROM (SELECT id FROM messages WHERE uuid < ?1 ORDER BY uuid DESC LIMIT 256)",
                        first_after);
    row.step();
    return row.column<Row>(0);
}

/// The newest hits among the rows that `candidates` yields, newest first.
class Collector {
public:
    Collector(Database& db, const SearchQuery& query, const SearchTerms& terms, const std::vector<RoomRow>& rooms)
        : db_(db),
          query_(query),
          terms_(terms),
          rooms_(rooms),
          limit_(static_cast<std::size_t>(std::clamp(query.limit, 1, 50))) {}

    void take_from(Statement candidates) {
        std::size_t found = 0;
        for (int i = 0; i < most_candidates && found < limit_ && candidates.step(); ++i)
            if (add(candidates.column<Row>(0))) ++found;
    }

    std::vector<SearchHit> hits() && {
        std::sort(hits_.begin(), hits_.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        std::vector<SearchHit> hits;
        for (auto& [row, hit] : hits_)
            if (hits.size() < limit_) hits.push_back(std::move(hit));
        return hits;
    }

private:
    bool add(Row row) {
        auto rows = db_.query("SELECT * FROM message_rows WHERE row = ?1", row);
        if (!rows.step()) return false;
        auto message = read_message(rows);
        const bool wanted = !message.deleted && (!query_.before || message.created_at < *query_.before) &&
                            contains_all(message.text, terms_.single);
        const auto room =
            std::find_if(rooms_.begin(), rooms_.end(), [&](const auto& r) { return r.id == message.room_id; });
        if (!wanted || room == rooms_.end()) return false;
        auto text = excerpt(message.text, terms_);
        hits_.emplace_back(row, SearchHit{std::move(message), room->title, std::move(text)});
        return true;
    }

    Database& db_;
    const SearchQuery& query_;
    const SearchTerms& terms_;
    const std::vector<RoomRow>& rooms_;
    const std::size_t limit_;
    std::vector<std::pair<Row, SearchHit>> hits_;
};

}  // namespace

Result<std::vector<SearchHit>> search(Database& db, UserId user, const SearchQuery& query) {
    const auto rooms = searched_rooms(db, user, query.room);
    if (!rooms) return rooms.error();
    const auto terms = search_terms(query.text);
    if (terms.empty() || rooms->empty()) return std::vector<SearchHit>();
    const auto highest = highest_row(db, query.before);

    Collector collector(db, query, terms, *rooms);
    if (terms.needs_scan()) {
        const auto each = most_candidates / static_cast<int>(rooms->size()) + 1;
        for (const auto& room : *rooms)
            collector.take_from(
                db.query("SELECT id FROM (SELECT id, text FROM messages WHERE room = ?1 AND id <= ?2 "
                         "ORDER BY seq DESC LIMIT ?3) WHERE instr(text, ?4)",
                         room.id, highest, each, terms.single.front()));
    } else {
        collector.take_from(
            db.query("SELECT rowid FROM search WHERE search MATCH ?1 AND rowid <= ?2 ORDER BY rowid DESC",
                     match_expression(terms) + " AND " + in_rooms(*rooms), highest));
    }
    return std::move(collector).hits();
}

}  // namespace riposte::sqlite
