#include "bench/store/bare_sqlite.hpp"

#include "base/clock.hpp"

#include <sqlite3.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace riposte::bench {
namespace {

sqlite3* db = nullptr;

void check(int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    std::fprintf(stderr, "bare SQLite: %s\n", sqlite3_errmsg(db));
    std::exit(1);
}

sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    return statement;
}

void run(sqlite3_stmt* statement) {
    check(sqlite3_step(statement));
    sqlite3_reset(statement);
}

void text(sqlite3_stmt* statement, int place, const std::string& value) {
    check(sqlite3_bind_text(statement, place, value.data(), static_cast<int>(value.size()), SQLITE_STATIC));
}

struct Room {
    std::string uri;
    sqlite3_int64 id, user, last_seq, people;
};

/// The rooms "bench-0"… and their owners.
Room find_room(int number) {
    Room room{.uri = "bench-" + std::to_string(number), .id = 0, .user = 0, .last_seq = 0, .people = 0};
    auto* find = prepare(
        "SELECT r.id, m.user, r.last_seq, r.people FROM rooms r JOIN members m ON m.room = r.id WHERE r.uri = ?1");
    text(find, 1, room.uri);
    check(sqlite3_step(find));
    room.id = sqlite3_column_int64(find, 0);
    room.user = sqlite3_column_int64(find, 1);
    room.last_seq = sqlite3_column_int64(find, 2);
    room.people = sqlite3_column_int64(find, 3);
    sqlite3_finalize(find);
    return room;
}

class Poster {
public:
    void post(Room& room) {
        const auto id = "bare-" + std::to_string(++count_);
        text(authorize_, 2, room.uri);
        sqlite3_bind_int64(authorize_, 1, room.user);
        run(authorize_);

        sqlite3_bind_int64(send_, 1, room.user);
        text(send_, 2, id);
        sqlite3_bind_int64(send_, 3, count_);
        sqlite3_bind_int64(send_, 4, room.id);
        sqlite3_bind_int64(send_, 5, ++room.last_seq);
        run(send_);

        sqlite3_bind_int64(seq_, 1, room.id);
        sqlite3_bind_int64(seq_, 2, room.last_seq);
        sqlite3_bind_int64(seq_, 3, ++room.people);
        run(seq_);

        const auto uuid = Uuid::make();
        sqlite3_bind_blob(message_, 1, uuid.bytes.data(), 16, SQLITE_STATIC);
        sqlite3_bind_int64(message_, 2, room.id);
        sqlite3_bind_int64(message_, 3, room.last_seq);
        sqlite3_bind_int64(message_, 4, room.user);
        sqlite3_bind_int64(message_, 5, room.people);
        sqlite3_bind_int64(message_, 6, now_ms());
        text(message_, 9, id);
        sqlite3_bind_int64(message_, 10, 0);
        sqlite3_bind_int64(message_, 11, 0);
        text(message_, 12, text_);
        run(message_);
    }
    void begin() { run(begin_); }
    void commit() { run(commit_); }

private:
    sqlite3_int64 count_ = 0;
    const std::string text_ = std::string(100, 't');
    sqlite3_stmt* begin_ = prepare("BEGIN IMMEDIATE");
    sqlite3_stmt* commit_ = prepare("COMMIT");
    sqlite3_stmt* authorize_ = prepare(
        "SELECT r.id, r.uri, r.kind, r.title, r.visibility, r.last_seq, r.people, r.member_count, m.role, "
        "m.last_read_seq, "
        "m.barred, u.id, u.name, u.display_name, u.plugin IS NOT NULL, u.admin FROM rooms r CROSS JOIN users u "
        "LEFT JOIN members m ON m.room = r.id AND m.user = u.id "
        "WHERE u.id = ?1 AND u.disabled = 0 AND u.deleted_at IS NULL AND r.uri = ?2");
    sqlite3_stmt* send_ = prepare(
        "INSERT INTO sends (author, client_msg_id, body_hash, room, seq, invocation) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
        "ON CONFLICT DO NOTHING");
    sqlite3_stmt* seq_ = prepare("UPDATE rooms SET last_seq = ?2, people = ?3 WHERE id = ?1");
    sqlite3_stmt* message_ = prepare(
        "INSERT INTO messages (uuid, room, seq, author, people, created_at, reply_to, invocation, client_msg_id, "
        "state, "
        "command, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
};

void open(const std::filesystem::path& database) {
    check(sqlite3_open_v2(database.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr));
    check(sqlite3_exec(db,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; "
                       "PRAGMA cache_size = -65536; PRAGMA secure_delete = FAST; PRAGMA temp_store = MEMORY",
                       nullptr, nullptr, nullptr));
    sqlite3_wal_autocheckpoint(db, 16000);
}

}  // namespace

double bare_posts_per_second(const std::filesystem::path& database, int rooms, int batch, double seconds) {
    open(database);
    std::vector<Room> all;
    for (int i = 0; i < rooms; ++i) all.push_back(find_room(i));
    Poster poster;
    const auto begin = std::chrono::steady_clock::now();
    double elapsed = 0;
    std::size_t posts = 0;
    while (elapsed < seconds) {
        poster.begin();
        for (int i = 0; i < batch; ++i) poster.post(all[posts++ % all.size()]);
        poster.commit();
        elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }
    return static_cast<double>(posts) / elapsed;
}

}  // namespace riposte::bench
