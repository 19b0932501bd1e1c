#pragma once

#include "store/messages.hpp"
#include "store/sqlite/database.hpp"

namespace riposte::sqlite {

Result<HistoryPage> history(Database& db, UserId user, std::string_view uri, const HistoryQuery& query);
Result<EventPage> events(Database& db, UserId user, std::string_view uri, Seq after, int limit);
Result<Missed> missed(Database& db, UserId user, std::string_view uri, Seq after);

}  // namespace riposte::sqlite
