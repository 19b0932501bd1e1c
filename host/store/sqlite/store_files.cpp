#include "store/sqlite/files.hpp"
#include "store/sqlite/reports.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace riposte::sqlite {

Awaitable<Result<>> SqliteStore::may_upload(UserId owner, std::string room, std::int64_t size, FileQuota quota) {
    return read<void>([owner, room = std::move(room), size, quota](Database& db) {
        return sqlite::may_upload(db, owner, room, size, quota);
    });
}

Awaitable<Result<Attachment>> SqliteStore::add_file(UserId owner, std::string room, Attachment file) {
    return write<Attachment>([owner, room = std::move(room), file = std::move(file)](Transaction& transaction) {
        return sqlite::add_file(transaction, owner, room, file);
    });
}

Awaitable<Result<Attachment>> SqliteStore::add_thumbnail(UserId owner, FileId id) {
    return write<Attachment>(
        [owner, id](Transaction& transaction) { return sqlite::add_thumbnail(transaction, owner, id); });
}

Awaitable<Result<Attachment>> SqliteStore::file(UserId user, FileId id) {
    return read<Attachment>([user, id](Database& db) { return sqlite::file(db, user, id); });
}

Awaitable<Result<>> SqliteStore::remove_file(UserId owner, FileId id) {
    return write([owner, id](Transaction& transaction) { return sqlite::remove_file(transaction, owner, id); });
}

Awaitable<Result<std::vector<FileId>>> SqliteStore::forget_files(Timestamp loose_before) {
    return write<std::vector<FileId>>(
        [loose_before](Transaction& transaction) { return sqlite::forget_files(transaction, loose_before); });
}

Awaitable<Result<>> SqliteStore::report(UserId by, std::string uri, MessageId id, std::string reason) {
    return write([by, uri = std::move(uri), id, reason = std::move(reason)](Transaction& transaction) {
        return sqlite::report(transaction, by, uri, id, reason);
    });
}

Awaitable<Result<std::vector<Report>>> SqliteStore::reports(UserId by, std::string uri) {
    return read<std::vector<Report>>([by, uri = std::move(uri)](Database& db) { return sqlite::reports(db, by, uri); });
}

Awaitable<Result<>> SqliteStore::settle_report(UserId by, std::string uri, std::int64_t id) {
    return write([by, uri = std::move(uri), id](Transaction& transaction) {
        return sqlite::settle_report(transaction, by, uri, id);
    });
}

}  // namespace riposte::sqlite
