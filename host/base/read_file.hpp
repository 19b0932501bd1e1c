#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace riposte {

/// The bytes of a regular file, read at once; nothing if it cannot be read. A file that shrinks meanwhile gives what is
/// left. Blocks. Any thread.
std::optional<std::string> read_file(const std::filesystem::path& file);

}  // namespace riposte
