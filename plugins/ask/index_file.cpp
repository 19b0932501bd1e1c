#include "ask/index_file.hpp"

#include <sys/stat.h>

#include <utility>

namespace riposte::ask {

IndexFile::IndexFile(std::filesystem::path path)
    : path_(std::move(path)),
      seen_(identity_of(path_)),
      search_(std::make_unique<Search>(Database::open_for_reading(path_))) {}

Search& IndexFile::current() {
    const Identity now = identity_of(path_);
    if (now == seen_) return *search_;
    seen_ = now;
    try {
        search_ = std::make_unique<Search>(Database::open_for_reading(path_));
        trouble_.clear();
    } catch (const DatabaseError& problem) {
        trouble_ = path_.string() + ": " + problem.what();
    }
    return *search_;
}

/// All zero when there is no such file: then what is open serves on until there is one again.
IndexFile::Identity IndexFile::identity_of(const std::filesystem::path& path) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return {};
    return {found.st_dev, found.st_ino, found.st_mtim.tv_sec * 1'000'000'000LL + found.st_mtim.tv_nsec, found.st_size};
}

}  // namespace riposte::ask
