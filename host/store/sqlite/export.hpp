#pragma once

#include "base/ids.hpp"
#include "base/result.hpp"
#include "store/sqlite/database.hpp"

namespace riposte::sqlite {

Result<std::string> export_user(Database& db, UserId user);

}  // namespace riposte::sqlite
