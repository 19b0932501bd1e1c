#include "store/sqlite/search_index.hpp"

#include "store/sqlite/search_text.hpp"

namespace riposte::sqlite {
namespace {

/// Messages a step: about a millisecond, which is what a post that comes meanwhile waits longer.
constexpr int step_size = 64;

std::int64_t indexed_to(Database& db) {
    auto row = db.query("SELECT indexed_to FROM search_progress");
    row.step();
    return row.column<std::int64_t>(0);
}

void add(Database& db, std::int64_t row, RoomId room, std::string_view text) {
    const auto indexed = index_text(text);
    db.run("INSERT INTO search (rowid, room, words, pairs) VALUES (?1, ?2, ?3, ?4)", row, room_token(room),
           indexed.words, indexed.pairs);
}

/// The row of a message that the indexer has passed.
std::optional<std::int64_t> indexed_row(Database& db, const Message& message) {
    auto row = db.query("SELECT id FROM messages WHERE uuid = ?1 AND id <= ?2", message.id, indexed_to(db));
    if (!row.step()) return std::nullopt;
    return row.column<std::int64_t>(0);
}

bool has_indexed_text(const Message& message) { return !message.deleted && message.state == MessageState::Posted; }

}  // namespace

bool SearchIndexer::step(Database& db) {
    db.run("BEGIN IMMEDIATE");
    int count = 0;
    std::int64_t last = indexed_to(db);
    {
        auto rows = db.query(
            "SELECT id, room, text, deleted_at IS NULL AND state = 0 FROM messages WHERE id > ?1 "
            "ORDER BY id LIMIT ?2",
            last, step_size);
        for (; rows.step(); ++count) {
            last = rows.column<std::int64_t>(0);
            if (rows.column<bool>(3)) add(db, last, rows.column<RoomId>(1), rows.column<std::string>(2));
        }
    }
    if (count > 0) db.run("UPDATE search_progress SET indexed_to = ?1", last);
    db.run("COMMIT");
    return count == step_size;
}

void remove_from_index(Database& db, const Message& message) {
    if (!has_indexed_text(message)) return;
    const auto row = indexed_row(db, message);
    if (!row) return;
    const auto indexed = index_text(message.text);
    db.run("INSERT INTO search (search, rowid, room, words, pairs) VALUES ('delete', ?1, ?2, ?3, ?4)", *row,
           room_token(message.room_id), indexed.words, indexed.pairs);
}

void add_to_index(Database& db, const Message& message) {
    if (!has_indexed_text(message)) return;
    if (const auto row = indexed_row(db, message)) add(db, *row, message.room_id, message.text);
}

std::string room_token(RoomId room) { return "r" + std::to_string(static_cast<std::int64_t>(room)); }

}  // namespace riposte::sqlite
