#include "ask/database.hpp"

#include <sqlite3.h>

namespace riposte::ask {
namespace {

[[noreturn]] void fail(sqlite3* db) { throw DatabaseError(db ? sqlite3_errmsg(db) : "out of memory"); }

/// A file name as SQLite's URIs want it.
std::string file_uri(const std::filesystem::path& file, std::string_view parameters) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char letter : std::filesystem::absolute(file).string()) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte > 0x20 && byte < 0x7F && std::string_view("%?#").find(letter) == std::string_view::npos)
            uri.push_back(letter);
        else (uri += '%').append(1, hex[byte >> 4]).append(1, hex[byte & 15]);
    }
    return uri.append(parameters);
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

void Database::Close::operator()(sqlite3* db) const { sqlite3_close(db); }

Statement::Statement(sqlite3* db, std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
    statement_.reset(statement);
    if (result != SQLITE_OK) fail(db);
}

bool Statement::step() {
    const int result = sqlite3_step(statement_.get());
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) fail(sqlite3_db_handle(statement_.get()));
    return false;
}

void Statement::run() {
    while (step()) {}
    reset();
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }

double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }

std::string Statement::text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)))
                 : std::string();
}

void Statement::bind_one(int at, std::int64_t value) {
    if (sqlite3_bind_int64(statement_.get(), at, value) != SQLITE_OK) fail(sqlite3_db_handle(statement_.get()));
}

void Statement::bind_one(int at, std::string_view value) {
    const int result =
        sqlite3_bind_text(statement_.get(), at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
    if (result != SQLITE_OK) fail(sqlite3_db_handle(statement_.get()));
}

Database::Database(const std::string& uri, int flags) {
    sqlite3* db = nullptr;
    const int result = sqlite3_open_v2(uri.c_str(), &db, flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, nullptr);
    db_.reset(db);
    if (result != SQLITE_OK) fail(db);
}

Database Database::open_for_writing(const std::filesystem::path& file) {
    return Database(file_uri(file, ""), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
}

Database Database::open_for_reading(const std::filesystem::path& file) {
    Database db(file_uri(file, "?immutable=1"), SQLITE_OPEN_READONLY);
    // Up to 1 GiB is mapped: its pages are shared with every other reader. A worker may write no temporary file.
    db.execute("PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY");
    return db;
}

Database Database::open_in_memory(std::string_view bytes) {
    Database db(":memory:", SQLITE_OPEN_READWRITE);
    auto* begin = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));  // READONLY: never written to
    const auto size = static_cast<sqlite3_int64>(bytes.size());
    if (sqlite3_deserialize(db.db_.get(), "main", begin, size, size, SQLITE_DESERIALIZE_READONLY) != SQLITE_OK)
        fail(db.db_.get());
    return db;
}

void Database::execute(const std::string& sql) {
    if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(db_.get());
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(db_.get()); }

}  // namespace riposte::ask
