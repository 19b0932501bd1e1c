#pragma once

#include "store/sqlite/authorize.hpp"
#include "store/sqlite/transaction.hpp"

#include <string_view>
#include <vector>

namespace riposte::sqlite {

Result<> report(Transaction& transaction, UserId by, std::string_view uri, MessageId id, std::string_view reason);
Result<std::vector<Report>> reports(Database& db, UserId by, std::string_view uri);
Result<std::vector<Report>> all_reports(Database& db);
Result<> settle_report(Transaction& transaction, UserId by, std::string_view uri, std::int64_t id);

/// Where the message stands that an open report is about; NotFound.
struct OpenReport {
    RoomId room{};
    MessageId message{};
};
Result<OpenReport> open_report(Database& db, std::int64_t id);
/// An operator needs no seat in the room.
void settle_as_operator(Transaction& transaction, std::int64_t id, const RoomRow& room, std::optional<UserId> by);

std::int64_t open_reports(Database& db, RoomId room);
/// The message is gone: there is nothing left to decide.
void settle_reports_of(Transaction& transaction, const RoomRow& room, MessageId message, const User& by);

}  // namespace riposte::sqlite
