#include "store/sqlite/database.hpp"

#include <sqlite3.h>

#include <cstring>
#include <utility>

namespace riposte::sqlite {
namespace {

constexpr int busy_timeout_ms = 5000;

/// Of a new file; one that is there keeps its own. A commit logs each changed page whole, and a post changes six of them for
/// some hundred bytes (docs/decisions/0014).
constexpr const char* page_size_of_new_files = "PRAGMA page_size = 1024";

[[noreturn]] void fail(sqlite3* handle, int code) {
    const char* what = handle ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    throw Failure(code, "SQLite: " + std::string(what) + " (" + std::to_string(code) + ")");
}

void check(sqlite3_stmt* statement, int code) {
    if (code != SQLITE_OK) fail(sqlite3_db_handle(statement), code);
}

/// What an acknowledgement rests on: the write-ahead log is synced at every commit.
void check_durable(Database& db) {
    if (db.value("PRAGMA journal_mode = WAL") != "wal")
        throw Failure(SQLITE_CANTOPEN, "the file system of the data directory does not support SQLite's WAL mode");
    db.script("PRAGMA synchronous = FULL");
    if (db.value("PRAGMA synchronous") != "2") throw Failure(SQLITE_MISUSE, "SQLite did not accept synchronous = FULL");
}

sqlite3_destructor_type destructor_of(Bytes bytes) { return bytes == Bytes::Copied ? SQLITE_TRANSIENT : SQLITE_STATIC; }

}  // namespace

Statement::~Statement() {
    if (!handle_) return;
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
}

bool Statement::step() {
    const int code = sqlite3_step(handle_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) fail(sqlite3_db_handle(handle_), code);
    return false;
}

void Statement::bind_integer(int place, std::int64_t value) {
    check(handle_, sqlite3_bind_int64(handle_, place, value));
}

void Statement::bind_text(int place, std::string_view value) {
    // An empty view may have no address, and SQLite takes that for NULL.
    const char* bytes = value.data() ? value.data() : "";
    check(handle_, sqlite3_bind_text64(handle_, place, bytes, value.size(), destructor_of(bytes_), SQLITE_UTF8));
}

void Statement::bind_blob(int place, const void* bytes, std::size_t size) {
    check(handle_, size == 0 ? sqlite3_bind_zeroblob(handle_, place, 0)
                             : sqlite3_bind_blob64(handle_, place, bytes, size, destructor_of(bytes_)));
}

void Statement::bind_null(int place) { check(handle_, sqlite3_bind_null(handle_, place)); }

bool Statement::is_null(int place) const { return sqlite3_column_type(handle_, place) == SQLITE_NULL; }

std::int64_t Statement::integer(int place) const { return sqlite3_column_int64(handle_, place); }

std::string Statement::text(int place) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, place));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, place));
    return bytes ? std::string(bytes, size) : std::string();
}

Uuid Statement::uuid(int place) const {
    Uuid id;
    const void* bytes = sqlite3_column_blob(handle_, place);
    if (bytes && sqlite3_column_bytes(handle_, place) == static_cast<int>(id.bytes.size()))
        std::memcpy(id.bytes.data(), bytes, id.bytes.size());
    return id;
}

Database::Database(const std::filesystem::path& file, Mode mode) {
    const int access = mode == Mode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &handle, flags, nullptr);
    handle_.reset(handle);
    if (code != SQLITE_OK) fail(handle, code);
    sqlite3_busy_timeout(handle, busy_timeout_ms);
    sqlite3_wal_autocheckpoint(handle, 0);
    script(
        "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = "
        "ON");
    if (mode == Mode::ReadWrite) {
        script(page_size_of_new_files);
        check_durable(*this);
        script("PRAGMA secure_delete = FAST; PRAGMA cache_size = -65536");
    } else {
        script("PRAGMA cache_size = -16384");
    }
}

void Database::script(const std::string& sql) {
    const int code = sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(handle(), code);
}

std::int64_t Database::page_size() { return std::stoll(value("PRAGMA page_size")); }

std::string Database::value(const std::string& sql) { return value(sql, std::optional<std::int64_t>()); }

std::string Database::value(const std::string& sql, std::optional<std::int64_t> first) {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v2(handle(), sql.c_str(), static_cast<int>(sql.size()), &raw, nullptr);
    const std::unique_ptr<sqlite3_stmt, Finalize> owner(raw);
    if (code != SQLITE_OK) fail(handle(), code);
    Statement statement(raw);
    if (first) statement.bind(*first);
    return statement.step() ? statement.column<std::string>(0) : std::string();
}

std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(handle()); }
std::int64_t Database::changes() const { return sqlite3_changes64(handle()); }
std::int64_t Database::total_changes() const { return sqlite3_total_changes64(handle()); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }

sqlite3_stmt* Database::cached(const char* sql, std::size_t size) {
    auto& slot = statements_[sql];
    if (!slot) {
        sqlite3_stmt* raw = nullptr;
        const int code =
            sqlite3_prepare_v3(handle(), sql, static_cast<int>(size), SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
        if (code != SQLITE_OK) fail(handle(), code);
        slot.reset(raw);
    }
    // A busy one would be rebound under the feet of the loop that steps it: two literals are needed then.
    if (sqlite3_stmt_busy(slot.get())) throw std::logic_error("statement already in use: " + std::string(sql, size));
    return slot.get();
}

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
void Database::Finalize::operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }

}  // namespace riposte::sqlite
