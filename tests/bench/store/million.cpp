#include "bench/store/million.hpp"

#include "store/sqlite/accounts.hpp"
#include "store/sqlite/characters.hpp"
#include "store/sqlite/members.hpp"
#include "store/sqlite/posts.hpp"
#include "store/sqlite/rooms.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/schema.hpp"
#include "store/sqlite/search_index.hpp"

#include <cmath>

namespace riposte::bench {
namespace {

constexpr int vocabulary = 20'000;

/// Rank 0 about once in ten words, rank n about 1/n as often.
int zipf(std::mt19937& random) {
    const double u = std::uniform_real_distribution<double>(0, 1)(random);
    return static_cast<int>(std::pow(vocabulary, u)) - 1;
}

std::string sentence(std::mt19937& random, bool chinese) {
    std::string text;
    for (int i = 0; i < 12; ++i) {
        if (!chinese && i > 0) text += ' ';
        text += chinese ? chinese_word(random) : english_word(random);
        if (chinese && i % 5 == 4) text += "，";
    }
    return text;
}

void fill(sqlite::Database& db) {
    UserId authors[2];
    {
        sqlite::Transaction transaction(db);
        for (int i = 0; i < 2; ++i)
            authors[i] =
                sqlite::create_user(transaction, {.name = "writer" + std::to_string(i), .password_hash = "x"})->id;
        sqlite::create_user(transaction, {.name = "reader", .password_hash = "x"});
        sqlite::create_room(transaction, authors[0], {.uri = million_room, .title = "A million"});
        for (const auto* name : {"writer1", "reader"}) sqlite::add_member(transaction, authors[0], million_room, name);
    }
    std::mt19937 random(1);
    for (int i = 0; i < million;) {
        db.script("BEGIN");
        sqlite::Transaction transaction(db);
        for (const int end = i + 10'000; i < end; ++i)
            sqlite::post(transaction, {.author = authors[i % 2],
                                       .room = million_room,
                                       .client_msg_id = std::to_string(i),
                                       .text = sentence(random, i % 2)});
        db.script("COMMIT");
    }
}

}  // namespace

std::string english_word(std::mt19937& random) {
    constexpr const char* syllables[] = {"ba", "de", "fi", "go", "hu", "ka", "le", "mi",
                                         "no", "pu", "ra", "se", "ti", "vo", "wu", "za"};
    std::string word;
    for (int rank = zipf(random) + 16; rank > 0; rank /= 16) word += syllables[rank % 16];
    return word;
}

std::string chinese_word(std::mt19937& random) {
    const int rank = zipf(random);
    std::string word;
    sqlite::append_utf8(word, static_cast<char32_t>(0x4e00 + rank % 2500));
    sqlite::append_utf8(word, static_cast<char32_t>(0x4e00 + (rank * 7 + rank / 2500) % 2500));
    return word;
}

void make_million(const std::filesystem::path& folder) {
    if (std::filesystem::exists(folder / "riposte.db")) return;
    std::filesystem::create_directories(folder);
    const auto unfinished = folder / "unfinished.db";
    std::filesystem::remove(unfinished);
    {
        sqlite::Database db(unfinished, sqlite::Mode::ReadWrite);
        sqlite::create_row_views(db);
        sqlite::migrate(db, unfinished);
        db.script("PRAGMA synchronous = OFF");
        fill(db);
        sqlite::SearchIndexer indexer;
        while (indexer.step(db)) {}
        db.script("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    std::filesystem::rename(unfinished, folder / "riposte.db");
}

}  // namespace riposte::bench
