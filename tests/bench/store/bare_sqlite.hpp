#pragma once

#include <filesystem>

namespace riposte::bench {

/// The ceiling of ingest: the statements of one post, as host/store/sqlite runs them, with nothing around them but BEGIN
/// and COMMIT, in a database of the product's own schema. Posts a second, for `seconds`.
double bare_posts_per_second(const std::filesystem::path& database, int rooms, int batch, double seconds);

}  // namespace riposte::bench
