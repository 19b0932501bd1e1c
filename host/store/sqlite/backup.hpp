#pragma once

#include "base/result.hpp"
#include "store/sqlite/database.hpp"

#include <filesystem>

namespace riposte::sqlite {

/// Writes a consistent, compact copy to `file`, which must not exist, syncs it, opens it and checks its integrity; its
/// size in bytes. A copy that is not whole is removed. Outside of a transaction of `db`.
Result<std::int64_t> backup(Database& db, const std::filesystem::path& file);

}  // namespace riposte::sqlite
