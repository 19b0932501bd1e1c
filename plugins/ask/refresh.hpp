#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace riposte::ask {

struct RefreshOptions {
    std::vector<std::filesystem::path> roots;  ///< directories, or single files
    std::vector<std::string> without_sections;
    std::function<void(std::size_t done, std::size_t all)> progress = [](std::size_t, std::size_t) {};
    std::function<void(const std::filesystem::path& file, std::string_view why)> skipped =
        [](const std::filesystem::path&, std::string_view) {};
};

/// What a run did, in files.
struct Refreshed {
    std::size_t added = 0, unchanged = 0, removed = 0, skipped = 0;
    std::int64_t passages = 0;  ///< in the whole index
};

/// Brings the index in `file` up to date with the documents under the roots. It works on a copy and renames it in the end,
/// so who serves the old index is not disturbed. Without any change the file is left as it is.
/// Throws DatabaseError or std::filesystem::filesystem_error; the old index then stands.
Refreshed refresh(const std::filesystem::path& file, const RefreshOptions& options);

}  // namespace riposte::ask
