#pragma once

#include "base/ids.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>

struct sqlite3;
struct sqlite3_stmt;

namespace riposte::sqlite {

/// What SQLite could not do: disk full, I/O error, corruption, or a mistake of ours in the SQL. The writer and the
/// readers catch it where the transaction ends; nobody else does (docs/decisions/0010).
class Failure : public std::runtime_error {
public:
    Failure(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
    int code() const { return code_; }

private:
    int code_;
};

/// Bytes that are no text.
struct Blob {
    std::string_view bytes;
};

/// Whether SQLite copies the texts and blobs it is given, or they outlive the statement's last step.
enum class Bytes : std::uint8_t { Copied, Borrowed };

/// A statement in use: bound, being stepped, and given back to the cache by the destructor. Columns count from 0.
class Statement {
public:
    explicit Statement(sqlite3_stmt* handle, Bytes bytes = Bytes::Copied) : handle_(handle), bytes_(bytes) {}
    Statement(Statement&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)), bytes_(other.bytes_) {}
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    template <class... Values>
    void bind(const Values&... values) {
        int place = 0;
        (bind_one(++place, values), ...);
    }

    /// True when there is a row.
    bool step();

    /// The value of a column: an integer or enumeration, std::string, Uuid, or std::optional of these.
    template <class T>
    T column(int place) const;

private:
    template <class T>
    void bind_one(int place, const T& value);
    void bind_integer(int place, std::int64_t value);
    void bind_text(int place, std::string_view value);
    void bind_blob(int place, const void* bytes, std::size_t size);
    void bind_null(int place);
    bool is_null(int place) const;
    std::int64_t integer(int place) const;
    std::string text(int place) const;
    Uuid uuid(int place) const;

    sqlite3_stmt* handle_;
    Bytes bytes_;
};

enum class Mode : std::uint8_t { ReadOnly, ReadWrite };

/// One connection with its cache of prepared statements. Used by one thread at a time.
class Database {
public:
    /// Opens the file, creating it with ReadWrite; sets every pragma and checks those that promise durability.
    Database(const std::filesystem::path& file, Mode mode);

    /// A cached statement, bound and not yet stepped. `sql` is a literal: the cache goes by its address.
    template <std::size_t Size, class... Values>
    Statement query(const char (&sql)[Size], const Values&... values) {
        Statement statement(cached(sql, Size - 1));
        statement.bind(values...);
        return statement;
    }

    /// Runs a statement that has no rows; the number of rows it changed.
    template <std::size_t Size, class... Values>
    std::int64_t run(const char (&sql)[Size], const Values&... values) {
        Statement statement(cached(sql, Size - 1), Bytes::Borrowed);
        statement.bind(values...);
        while (statement.step()) {}
        return changes();
    }

    /// Runs several statements, uncached: migrations and pragmas.
    void script(const std::string& sql);
    /// The first column of the first row of an uncached statement; `?1` may be one number.
    std::string value(const std::string& sql);
    template <class Id>
    std::string value(const std::string& sql, Id first) {
        return value(sql, std::optional<std::int64_t>(static_cast<std::int64_t>(first)));
    }

    std::int64_t last_insert_id() const;
    std::int64_t changes() const;
    /// Rows changed since the connection was opened.
    std::int64_t total_changes() const;
    /// False also after SQLite has rolled back by itself, as it does when the disk is full.
    bool in_transaction() const;
    /// Bytes.
    std::int64_t page_size();
    sqlite3* handle() const { return handle_.get(); }

private:
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    struct Finalize {
        void operator()(sqlite3_stmt* handle) const;
    };

    std::string value(const std::string& sql, std::optional<std::int64_t> first);
    sqlite3_stmt* cached(const char* sql, std::size_t size);

    std::unique_ptr<sqlite3, Close> handle_;
    std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

template <class T>
void Statement::bind_one(int place, const T& value) {
    if constexpr (IsOptional<T>::value) {
        if (value) bind_one(place, *value);
        else bind_null(place);
    } else if constexpr (std::is_same_v<T, std::nullopt_t>) {
        bind_null(place);
    } else if constexpr (std::is_same_v<T, Uuid>) {
        bind_blob(place, value.bytes.data(), value.bytes.size());
    } else if constexpr (std::is_same_v<T, Blob>) {
        bind_blob(place, value.bytes.data(), value.bytes.size());
    } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
        bind_integer(place, static_cast<std::int64_t>(value));
    } else {
        bind_text(place, value);
    }
}

template <class T>
T Statement::column(int place) const {
    if constexpr (IsOptional<T>::value) {
        if (is_null(place)) return std::nullopt;
        return column<typename T::value_type>(place);
    } else if constexpr (std::is_same_v<T, Uuid>) {
        return uuid(place);
    } else if constexpr (std::is_same_v<T, bool>) {
        return integer(place) != 0;
    } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
        return static_cast<T>(integer(place));
    } else {
        static_assert(std::is_same_v<T, std::string>);
        return text(place);
    }
}

}  // namespace riposte::sqlite
