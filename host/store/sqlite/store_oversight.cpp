#include "store/sqlite/audit.hpp"
#include "store/sqlite/figures.hpp"
#include "store/sqlite/invocation_search.hpp"
#include "store/sqlite/oversight.hpp"
#include "store/sqlite/reports.hpp"
#include "store/sqlite/sqlite_store.hpp"

namespace riposte::sqlite {

Awaitable<Result<Listed<UserSummary>>> SqliteStore::users(Listing listing) {
    return read<Listed<UserSummary>>(
        [listing = std::move(listing)](Database& db) { return sqlite::users(db, listing); });
}

Awaitable<Result<UserSummary>> SqliteStore::set_account(ActingOperator by, std::string name, AccountState state) {
    return write<UserSummary>([by = std::move(by), name = std::move(name), state](Transaction& transaction) {
        return sqlite::set_account(transaction, by, name, state);
    });
}

Awaitable<Result<>> SqliteStore::remove_account(ActingOperator by, std::string name) {
    return write([by = std::move(by), name = std::move(name)](Transaction& transaction) {
        return sqlite::remove_account(transaction, by, name);
    });
}

Awaitable<Result<Listed<RoomSummary>>> SqliteStore::all_rooms(Listing listing) {
    return read<Listed<RoomSummary>>(
        [listing = std::move(listing)](Database& db) { return sqlite::all_rooms(db, listing); });
}

Awaitable<Result<RoomSummary>> SqliteStore::set_room(ActingOperator by, std::string uri, RoomState state) {
    return write<RoomSummary>([by = std::move(by), uri = std::move(uri), state](Transaction& transaction) {
        return sqlite::set_room(transaction, by, uri, state);
    });
}

Awaitable<Result<std::vector<Report>>> SqliteStore::all_reports() {
    return read<std::vector<Report>>([](Database& db) { return sqlite::all_reports(db); });
}

Awaitable<Result<>> SqliteStore::settle_any_report(ActingOperator by, std::int64_t id) {
    return write(
        [by = std::move(by), id](Transaction& transaction) { return sqlite::settle_any_report(transaction, by, id); });
}

Awaitable<Result<>> SqliteStore::remove_reported(ActingOperator by, std::int64_t id) {
    return write(
        [by = std::move(by), id](Transaction& transaction) { return sqlite::remove_reported(transaction, by, id); });
}

Awaitable<Result<std::vector<InvocationSummary>>> SqliteStore::find_invocations(std::string text) {
    return read_from<std::vector<InvocationSummary>>(
        slow_readers_, [text = std::move(text)](Database& db) { return sqlite::find_invocations(db, text); });
}

Awaitable<Result<>> SqliteStore::add_audit(AuditEntry entry) {
    return write([entry = std::move(entry)](Transaction& transaction) -> Result<> {
        sqlite::add_audit(transaction, entry);
        return {};
    });
}

Awaitable<Result<Listed<AuditEntry>>> SqliteStore::audit(Listing listing) {
    return read<Listed<AuditEntry>>(
        [listing = std::move(listing)](Database& db) { return sqlite::audit(db, listing); });
}

Awaitable<Result<StoreFigures>> SqliteStore::figures() {
    return read<StoreFigures>([this](Database& db) {
        auto figures = sqlite::figures(db, file_);
        if (figures) figures->writes_waiting = static_cast<std::int64_t>(writer_.waiting());
        return figures;
    });
}

}  // namespace riposte::sqlite
