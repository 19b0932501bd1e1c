#include "store/sqlite/reactions.hpp"

#include "store/sqlite/edits.hpp"
#include "store/sqlite/room_log.hpp"

#include <algorithm>

namespace riposte::sqlite {
namespace {

constexpr std::int64_t most_kinds = 20;  // emojis of one message
constexpr std::int64_t most_given = 200;

/// There are as many as a page can show.
bool is_full(Database& db, std::int64_t message, std::string_view emoji) {
    auto row = db.query(
        "SELECT count(*), count(DISTINCT emoji), coalesce(max(emoji = ?2), 0) FROM reactions WHERE message = ?1",
        message, emoji);
    row.step();
    const bool new_kind = !row.column<bool>(2);
    return row.column<std::int64_t>(0) >= most_given || (new_kind && row.column<std::int64_t>(1) >= most_kinds);
}

std::int64_t row_of(Database& db, MessageId id) {
    auto row = db.query("SELECT id FROM messages WHERE uuid = ?1", id);
    row.step();
    return row.column<std::int64_t>(0);
}

}  // namespace

Result<> react(Transaction& transaction, UserId by, std::string_view uri, MessageId id, std::string_view emoji,
               bool on) {
    auto& db = transaction.db();
    auto granted = authorize(db, by, uri, Right::Post);
    if (!granted) return granted.error();
    if (const auto message = living_message(db, granted->room.id, id); !message) return message.error();
    const auto message = row_of(db, id);
    const bool given =
        db.query("SELECT 1 FROM reactions WHERE message = ?1 AND emoji = ?2 AND user = ?3", message, emoji, by).step();
    if (given == on) return {};
    if (on && is_full(db, message, emoji))
        return Problem{
            .code = ErrorCode::InvalidValue, .detail = "the message has all it can hold", .argument = "emoji"};
    if (on)
        db.run("INSERT INTO reactions (message, emoji, user, at) VALUES (?1, ?2, ?3, ?4)", message, emoji, by,
               transaction.now());
    else db.run("DELETE FROM reactions WHERE message = ?1 AND emoji = ?2 AND user = ?3", message, emoji, by);
    log_reaction(transaction, granted->room, id, emoji, on, granted->user);
    return {};
}

std::vector<Reaction> read_reactions(std::string_view lines) {
    std::vector<Reaction> reactions;
    while (!lines.empty()) {
        const auto line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(lines.size(), line.size() + 1));
        const auto tab = line.find('\t');
        const auto emoji = line.substr(0, tab);
        auto known = std::ranges::find(reactions, emoji, &Reaction::emoji);
        if (known == reactions.end()) known = reactions.insert(known, {std::string(emoji), {}});
        known->names.emplace_back(line.substr(tab + 1));
    }
    return reactions;
}

}  // namespace riposte::sqlite
