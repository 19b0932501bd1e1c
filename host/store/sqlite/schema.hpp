#pragma once

#include "store/sqlite/database.hpp"

#include <filesystem>

namespace riposte::sqlite {

/// The version that this program writes: the number of its last migration.
int schema_version();

/// Brings the database to schema_version(), one transaction a migration, forward only. One that holds data is first copied
/// beside itself as `<file>.before-<version>`. Throws std::runtime_error for a newer schema or a file that is not ours.
void migrate(Database& db, const std::filesystem::path& file);

}  // namespace riposte::sqlite
