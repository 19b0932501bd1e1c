#pragma once

#include "store/oversight.hpp"
#include "store/sqlite/database.hpp"

#include <string_view>

namespace riposte::sqlite {

/// OversightStore::find_invocations(). A part of an id is looked for in every row: for a slow reader.
Result<std::vector<InvocationSummary>> find_invocations(Database& db, std::string_view text);

}  // namespace riposte::sqlite
