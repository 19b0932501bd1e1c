#pragma once

#include "store/oversight.hpp"
#include "store/sqlite/transaction.hpp"

namespace riposte::sqlite {

Result<Listed<UserSummary>> users(Database& db, const Listing& listing);
Result<UserSummary> set_account(Transaction& transaction, const ActingOperator& by, std::string_view name,
                                AccountState state);
Result<> remove_account(Transaction& transaction, const ActingOperator& by, std::string_view name);
Result<Listed<RoomSummary>> all_rooms(Database& db, const Listing& listing);
Result<RoomSummary> set_room(Transaction& transaction, const ActingOperator& by, std::string_view uri, RoomState state);
Result<> settle_any_report(Transaction& transaction, const ActingOperator& by, std::int64_t id);
Result<> remove_reported(Transaction& transaction, const ActingOperator& by, std::int64_t id);

}  // namespace riposte::sqlite
