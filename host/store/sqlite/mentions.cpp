#include "store/sqlite/mentions.hpp"

#include "store/sqlite/characters.hpp"

#include <algorithm>

namespace riposte::sqlite {
namespace {

constexpr std::size_t most_mentions = 20;  // "@" signs of one message that are looked at
constexpr std::size_t longest_name = 32;   // characters

bool is_name_part(const Character& character) {
    return character.script != Script::Other || character.code == U'_' || character.code == U'-';
}

/// The names that may begin here, longest first.
std::vector<std::string_view> names_at(std::string_view text) {
    const char* begin = text.data();
    std::vector<Character> run;
    while (!text.empty() && run.size() <= longest_name) {
        const auto character = next_character(text);
        if (!is_name_part(character)) break;
        run.push_back(character);
    }
    std::vector<std::string_view> names;
    for (std::size_t size = run.size(); size > 0; --size) {
        const auto& last = run[size - 1];
        const bool ends = size == run.size() || last.script == Script::Cjk || run[size].script == Script::Cjk;
        if (ends) names.emplace_back(begin, last.bytes.data() + last.bytes.size());
    }
    return names;
}

std::optional<UserId> mentioned_member(Database& db, RoomId room, std::string_view name) {
    auto row = db.query(
        "SELECT u.id FROM users u CROSS JOIN members m ON m.room = ?1 AND m.user = u.id AND m.barred = 0 "
        "WHERE (u.name = ?2 OR u.display_name = ?2) AND u.plugin IS NULL LIMIT 1",
        room, name);
    if (!row.step()) return std::nullopt;
    return row.column<UserId>(0);
}

}  // namespace

std::vector<std::vector<std::string_view>> mention_candidates(std::string_view text) {
    std::vector<std::vector<std::string_view>> found;
    // Few texts have one: those without are not read character by character.
    if (text.find('@') == std::string_view::npos && text.find("＠") == std::string_view::npos) return found;
    Character before;
    while (!text.empty() && found.size() < most_mentions) {
        const auto character = next_character(text);
        const bool at = character.code == U'@' || character.code == U'＠';
        if (at && before.script != Script::Word)
            if (auto names = names_at(text); !names.empty()) found.push_back(std::move(names));
        before = character;
    }
    return found;
}

std::vector<UserId> mentioned(Database& db, RoomId room, UserId author, std::string_view text) {
    std::vector<UserId> users;
    for (const auto& names : mention_candidates(text)) {
        for (const auto name : names) {
            const auto user = mentioned_member(db, room, name);
            if (!user) continue;
            if (*user != author && std::find(users.begin(), users.end(), *user) == users.end()) users.push_back(*user);
            break;
        }
    }
    return users;
}

void add_mentions(Transaction& transaction, RoomId room, Seq seq, UserId author, std::string_view text) {
    for (const auto user : mentioned(transaction.db(), room, author, text))
        transaction.db().run("INSERT OR IGNORE INTO mentions (user, room, seq) VALUES (?1, ?2, ?3)", user, room, seq);
}

void remove_mentions(Transaction& transaction, RoomId room, Seq seq) {
    transaction.db().run("DELETE FROM mentions WHERE room = ?1 AND seq = ?2", room, seq);
}

}  // namespace riposte::sqlite
