#include "known_items.hpp"

#include "ask/readers/readers.hpp"
#include "ask/utf8.hpp"

#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

namespace riposte::bench {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string without_markup(std::string_view markdown) {
    std::string text;
    for (const char letter : markdown)
        if (letter != '\\' && letter != '`') text.push_back(letter);
    return text;
}

/// "proc - process information pseudo-filesystem" without the name.
std::string description_in(const ask::Passage& passage) {
    const std::string text = without_markup(passage.text);
    for (const std::string_view dash : {" - ", " -- ", " – ", " — ", "- ", " -", "—"}) {
        const std::size_t at = text.find(dash);
        if (at != std::string::npos) return std::string(ask::trim(text.substr(at + dash.size())));
    }
    return {};
}

/// The description, from the passage that leaving out the NAME section takes away.
std::string description_of(const ask::Document& page) {
    for (const ask::Passage& passage : page.passages) {
        ask::Document alone;
        alone.passages.push_back(passage);
        ask::leave_out(alone, name_sections);
        if (alone.passages.empty()) return description_in(passage);
    }
    return {};
}

}  // namespace

const std::vector<std::string> name_sections{"NAME", "名称", "名字", "命令名"};

std::vector<KnownItem> known_items(const std::string& package, const std::string& directory) {
    std::ifstream list("/var/lib/dpkg/info/" + package + ".list");
    if (!list) throw std::runtime_error("the Debian package " + package + " is not installed");
    std::vector<KnownItem> items;
    std::set<std::string> seen;
    for (std::string line; std::getline(list, line);) {
        const fs::path path(line);
        const bool is_page = line.starts_with(directory + "/man") && ask::is_readable(path) &&
                             fs::is_regular_file(path) && !fs::is_symlink(path);
        if (!is_page) continue;
        const std::string bytes = read_file(path);
        if (!seen.insert(bytes).second) continue;
        try {
            KnownItem item{path, {}, ask::read_document(path, bytes)};
            item.question = description_of(item.page);
            ask::leave_out(item.page, name_sections);
            if (!item.page.passages.empty()) items.push_back(std::move(item));
        } catch (const ask::Unreadable&) {}
    }
    return items;
}

}  // namespace riposte::bench
