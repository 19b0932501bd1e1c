#pragma once

#include "store/oversight.hpp"
#include "store/sqlite/database.hpp"

#include <filesystem>

namespace riposte::sqlite {

/// All but the writer's queue. `file`: the database's.
Result<StoreFigures> figures(Database& db, const std::filesystem::path& file);

}  // namespace riposte::sqlite
