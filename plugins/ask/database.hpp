#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace riposte::ask {

struct DatabaseError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A prepared statement. Texts bound to it must live until it is reset or stepped to its end.
class Statement {
public:
    Statement(sqlite3* db, std::string_view sql);

    template <class... Values>
    Statement& bind(const Values&... values) {
        reset();
        int at = 0;
        (bind_one(++at, values), ...);
        return *this;
    }

    /// True while there is a row.
    bool step();
    void run();
    void reset();

    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;

private:
    void bind_one(int at, std::int64_t value);
    void bind_one(int at, std::string_view value);

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// One connection. Everything throws DatabaseError.
class Database {
public:
    /// For building: creates the file where there is none.
    static Database open_for_writing(const std::filesystem::path& file);

    /// For serving: takes no lock and never looks for a journal, since a finished index is replaced, not changed.
    /// The file may be replaced meanwhile; this connection then goes on with the old one.
    static Database open_for_reading(const std::filesystem::path& file);

    /// A whole database file that lies in memory, which must outlive this object; read-only.
    static Database open_in_memory(std::string_view bytes);

    void execute(const std::string& sql);
    Statement prepare(std::string_view sql) { return Statement(db_.get(), sql); }
    std::int64_t last_id() const;

private:
    Database(const std::string& uri, int flags);

    struct Close {
        void operator()(sqlite3* db) const;
    };
    std::unique_ptr<sqlite3, Close> db_;
};

}  // namespace riposte::ask
