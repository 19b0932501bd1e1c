#pragma once

#include "store/messages.hpp"
#include "store/sqlite/database.hpp"

namespace riposte::sqlite {

Result<std::vector<SearchHit>> search(Database& db, UserId user, const SearchQuery& query);

}  // namespace riposte::sqlite
