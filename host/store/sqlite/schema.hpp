#pragma once

#include "store/sqlite/database.hpp"

#include <filesystem>
#include <vector>

namespace riposte::sqlite {

/// The SQL of each version, from 1 on; the last is what this program writes.
using Migrations = std::vector<const char*>;
Migrations shipped_migrations();

/// Brings the database to the last of `migrations`, one transaction each, forward only. One that holds data is first
/// copied beside itself as `<file>.before-<version>`. Throws std::runtime_error for a newer schema or a file that is not
/// ours.
void migrate(Database& db, const std::filesystem::path& file, const Migrations& migrations = shipped_migrations());

}  // namespace riposte::sqlite
