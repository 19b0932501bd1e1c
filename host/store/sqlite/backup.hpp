#pragma once

#include "base/result.hpp"

#include <filesystem>

namespace riposte::sqlite {

/// Writes a consistent, compact copy of the database `source` to `file`, which must not exist, syncs it, opens it and
/// checks its integrity; its size in bytes. A copy that is not whole is removed.
Result<std::int64_t> backup(const std::filesystem::path& source, const std::filesystem::path& file);

}  // namespace riposte::sqlite
