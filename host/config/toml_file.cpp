#include "config/toml_file.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace riposte {
namespace {

TomlEntry::Value list_of_texts(const toml::array& array) {
    std::vector<std::string> texts;
    for (const auto& item : array) {
        const auto text = item.value_exact<std::string>();
        if (!text) return TomlEntry::Unusable{"a list with something else than texts in it"};
        texts.push_back(*text);
    }
    return texts;
}

TomlEntry::Value value_of(const toml::node& node) {
    if (const auto value = node.value_exact<bool>()) return *value;
    if (const auto value = node.value_exact<std::int64_t>()) return *value;
    if (const auto value = node.value_exact<double>()) return *value;
    if (const auto value = node.value_exact<std::string>()) return *value;
    if (const auto* array = node.as_array()) return list_of_texts(*array);
    return TomlEntry::Unusable{"a date or time"};
}

void flatten(const toml::table& table, const std::vector<std::string>& path, std::vector<TomlEntry>& entries) {
    for (const auto& [key, node] : table) {
        auto deeper = path;
        deeper.emplace_back(key.str());
        if (const auto* inner = node.as_table()) flatten(*inner, deeper, entries);
        else entries.push_back({std::move(deeper), value_of(node), key.source().begin.line});
    }
}

std::string read_whole(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || std::filesystem::is_directory(file) || !(text << in.rdbuf() || in.peek() == EOF))
        throw std::runtime_error(file + ": cannot be read; is the path right, and may this user read it?");
    return text.str();
}

}  // namespace

std::string dotted(const std::vector<std::string>& path) {
    std::string text;
    for (const auto& part : path) text += (text.empty() ? "" : ".") + part;
    return text;
}

std::vector<TomlEntry> read_toml_file(const std::string& file) {
    try {
        std::vector<TomlEntry> entries;
        flatten(toml::parse(read_whole(file), file), {}, entries);
        std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
        return entries;
    } catch (const toml::parse_error& error) {
        throw std::runtime_error(file + ":" + std::to_string(error.source().begin.line) + ": " +
                                 std::string(error.description()));
    }
}

}  // namespace riposte
