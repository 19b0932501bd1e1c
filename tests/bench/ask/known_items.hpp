#pragma once

#include "ask/document.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace riposte::bench {

/// A manual page and the question that only it should answer: its own one-line description, which is hidden from the index.
struct KnownItem {
    std::filesystem::path path;
    std::string question;
    ask::Document page;  ///< without the NAME section
};

/// The names of that section in English and Chinese pages.
extern const std::vector<std::string> name_sections;

/// The pages that a Debian package put below `directory`, without links to others and second copies.
/// Pages without a description have an empty question. Throws when the package is not installed.
std::vector<KnownItem> known_items(const std::string& package, const std::string& directory);

}  // namespace riposte::bench
