#include "store/sqlite/files.hpp"

#include <charconv>

namespace riposte::sqlite {
namespace {

#define RIPOSTE_FILE_COLUMNS "id, name, type, size, width, height, thumbnail"

Attachment read_file(const Statement& row) {
    return {.id = row.column<Uuid>(0),
            .name = row.column<std::string>(1),
            .type = row.column<std::string>(2),
            .size = row.column<std::int64_t>(3),
            .width = row.column<std::int64_t>(4),
            .height = row.column<std::int64_t>(5),
            .thumbnail = row.column<bool>(6)};
}

Problem not_there() { return {.code = ErrorCode::NotFound, .detail = "no such file"}; }

std::optional<Attachment> loose_file(Database& db, UserId owner, FileId id) {
    auto row = db.query("SELECT " RIPOSTE_FILE_COLUMNS " FROM files WHERE id = ?1 AND owner = ?2 AND message IS NULL",
                        id, owner);
    if (!row.step()) return std::nullopt;
    return read_file(row);
}

std::string_view next_field(std::string_view& line) {
    const auto field = line.substr(0, line.find('\t'));
    line.remove_prefix(std::min(line.size(), field.size() + 1));
    return field;
}

std::int64_t number(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// Of the 32 digits that hex() gives.
Uuid uuid_of(std::string_view hex) {
    Uuid id;
    for (std::size_t i = 0; i < id.bytes.size() && 2 * i + 2 <= hex.size(); ++i)
        std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, id.bytes[i], 16);
    return id;
}

}  // namespace

Result<> may_upload(Database& db, UserId owner, std::string_view uri, std::int64_t size, FileQuota quota) {
    const auto granted = authorize(db, owner, uri, Right::Post);
    if (!granted) return granted.error();
    auto row = db.query("SELECT coalesce(sum(size), 0) FROM files WHERE owner = ?1", owner);
    row.step();
    if (row.column<std::int64_t>(0) + size > quota.bytes)
        return Problem{.code = ErrorCode::TooLarge, .detail = "all files of one person together", .argument = "quota"};
    return {};
}

Result<Attachment> add_file(Transaction& transaction, UserId owner, std::string_view uri, Attachment file) {
    auto& db = transaction.db();
    const auto granted = authorize(db, owner, uri, Right::Post);
    if (!granted) return granted.error();
    db.run(
        "INSERT INTO files (id, room, owner, name, type, size, width, height, created_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        file.id, granted->room.id, owner, file.name, file.type, file.size, file.width, file.height, transaction.now());
    return file;
}

Result<Attachment> add_thumbnail(Transaction& transaction, UserId owner, FileId id) {
    auto found = loose_file(transaction.db(), owner, id);
    if (!found) return not_there();
    transaction.db().run("UPDATE files SET thumbnail = 1 WHERE id = ?1", id);
    found->thumbnail = true;
    return std::move(*found);
}

Result<Attachment> file(Database& db, UserId user, FileId id) {
    std::optional<RoomId> room;
    {
        auto row = db.query("SELECT room FROM files WHERE id = ?1 AND (message IS NOT NULL OR owner = ?2)", id, user);
        if (row.step()) room = row.column<RoomId>(0);
    }
    // Whoever may not read the room is not told that there is such a file.
    if (!room || !authorize(db, user, *room, Right::Read)) return not_there();
    auto row = db.query("SELECT " RIPOSTE_FILE_COLUMNS " FROM files WHERE id = ?1", id);
    row.step();
    return read_file(row);
}

Result<> remove_file(Transaction& transaction, UserId owner, FileId id) {
    if (!loose_file(transaction.db(), owner, id)) return not_there();
    transaction.db().run("UPDATE files SET created_at = 0 WHERE id = ?1", id);  // the next sweep takes it
    return {};
}

Result<std::vector<FileId>> forget_files(Transaction& transaction, Timestamp loose_before) {
    auto& db = transaction.db();
    std::vector<FileId> gone;
    {
        auto rows = db.query("SELECT id FROM files WHERE message IS NULL AND created_at < ?1", loose_before);
        while (rows.step()) gone.push_back(rows.column<Uuid>(0));
    }
    for (const auto& id : gone) db.run("DELETE FROM files WHERE id = ?1", id);
    return gone;
}

Result<std::vector<Attachment>> loose_files(Database& db, UserId owner, RoomId room, const std::vector<FileId>& ids) {
    std::vector<Attachment> files;
    for (const auto& id : ids) {
        auto row = db.query("SELECT " RIPOSTE_FILE_COLUMNS
                            " FROM files WHERE id = ?1 AND owner = ?2 AND room = ?3 AND message IS NULL",
                            id, owner, room);
        if (!row.step())
            return Problem{.code = ErrorCode::InvalidValue,
                           .detail = "a file of one's own, of this room, that is in no message yet",
                           .argument = "attachments"};
        files.push_back(read_file(row));
    }
    return files;
}

void attach(Transaction& transaction, std::int64_t message, const std::vector<FileId>& ids) {
    for (std::size_t i = 0; i < ids.size(); ++i)
        transaction.db().run("UPDATE files SET message = ?2, position = ?3 WHERE id = ?1", ids[i], message, i);
}

std::vector<Attachment> read_attachments(std::string_view lines) {
    std::vector<Attachment> files;
    while (!lines.empty()) {
        auto line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(lines.size(), line.size() + 1));
        Attachment file;
        file.id = uuid_of(next_field(line));
        file.name = next_field(line);
        file.type = next_field(line);
        file.size = number(next_field(line));
        file.width = number(next_field(line));
        file.height = number(next_field(line));
        file.thumbnail = number(next_field(line)) != 0;
        files.push_back(std::move(file));
    }
    return files;
}

}  // namespace riposte::sqlite
