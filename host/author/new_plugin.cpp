#include "author/new_plugin.hpp"

#include "author/wrong.hpp"
#include "author/embedded.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <fstream>

namespace riposte {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_id = 32;  // plugin.h

/// Words that CMake keeps for itself, the host's own command, and the folder of the headers.
constexpr std::array<std::string_view, 7> reserved{"all", "clean", "help", "install", "package", "riposte", "test"};

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// "" when a plugin may have it as its id.
std::string fault_of(std::string_view name) {
    const auto allowed = [](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; };
    if (name.empty() || name.size() > longest_id || !is_letter(name[0]) || !std::ranges::all_of(name, allowed))
        return "\"" + std::string(name) +
               "\" cannot name a plugin: a small letter a-z, then small letters, digits or -, at most 32, as in "
               "\"weather\"";
    if (std::ranges::find(reserved, name) != reserved.end())
        return "\"" + std::string(name) + "\" is reserved: choose another name";
    return {};
}

/// "rain-radar" -> "RainRadar".
std::string class_name(std::string_view name) {
    std::string result;
    bool begins = true;
    for (const char c : name) {
        if (c != '-') result += begins ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        begins = c == '-';
    }
    return result;
}

std::string with_name(std::string_view text, std::string_view mark, std::string_view value) {
    std::string result;
    for (auto place = text.find(mark); place != std::string_view::npos; place = text.find(mark)) {
        result += std::string(text.substr(0, place)) + std::string(value);
        text.remove_prefix(place + mark.size());
    }
    return result + std::string(text);
}

std::string_view templates_of(PluginLanguage language) {
    switch (language) {
        case PluginLanguage::C: return "c/";
        case PluginLanguage::Cpp: return "cpp/";
        case PluginLanguage::Rust: return "rust/";
    }
    return "";
}

/// Which of the headers, and of what comes with every language, it can use.
bool is_for(std::string_view file, PluginLanguage language) {
    if (language != PluginLanguage::Rust) return true;
    return file == "riposte/plugin.h" || file.starts_with("common/transcripts/");
}

Result<> write(const fs::path& file, const std::string& content) {
    std::error_code failure;
    fs::create_directories(file.parent_path(), failure);
    std::ofstream out(file, std::ios::binary);
    out << content << std::flush;
    if (!out) return Problem{.detail = "cannot write " + file.string() + ": " + std::strerror(errno)};
    return {};
}

/// Every file of the new plugin.
Result<> unpack(const fs::path& folder, const std::string& name, PluginLanguage language) {
    const auto templates = templates_of(language);
    for (const auto& file : embedded_files()) {
        auto target = std::string(file.name);
        auto content = std::string(file.content);
        const auto set = target.starts_with(templates) ? templates : std::string_view("common/");
        if (set != templates && !is_for(target, language)) continue;
        if (target.starts_with(set)) {
            target = with_name(file.name.substr(set.size()), "NAME", name);
            if (target.ends_with(".in")) target.resize(target.size() - 3);
            content = with_name(with_name(content, "@name@", name), "@Class@", class_name(name));
        } else if (!target.starts_with("riposte/")) {
            continue;
        }
        if (auto written = write(folder / target, content); !written) return written;
    }
    return {};
}

/// Files first, then folders, the headers last; each by name.
std::vector<std::string> entries_of(const fs::path& folder) {
    std::vector<std::string> entries;
    for (const auto& entry : fs::directory_iterator(folder))
        entries.push_back(entry.path().filename().string() + (entry.is_directory() ? "/" : ""));
    const auto rank = [](const std::string& entry) {
        return std::pair(entry == "riposte/" ? 2 : entry.ends_with('/') ? 1 : 0, entry);
    };
    std::ranges::sort(entries, {}, rank);
    return entries;
}

}  // namespace

std::optional<PluginLanguage> plugin_language_from(std::string_view text) {
    if (text == "cpp") return PluginLanguage::Cpp;
    if (text == "c") return PluginLanguage::C;
    if (text == "rust") return PluginLanguage::Rust;
    return std::nullopt;
}

Result<NewPlugin> new_plugin(const fs::path& parent, const std::string& name, PluginLanguage language) {
    if (const auto fault = fault_of(name); !fault.empty()) return wrong(fault);
    const auto folder = parent / name;
    std::error_code failure;
    if (fs::exists(fs::symlink_status(folder, failure)))
        return wrong(folder.string() + " is there already: choose another name, or remove it");
    auto pattern = (parent / ("." + name + ".XXXXXX")).string();
    if (::mkdtemp(pattern.data()) == nullptr)
        return Problem{.detail = "cannot make a folder in " + parent.string() + ": " + std::strerror(errno)};
    const fs::path unfinished = pattern;
    auto done = unpack(unfinished, name, language);
    if (done) {
        fs::permissions(unfinished, fs::perms(0755), failure);
        fs::rename(unfinished, folder, failure);
        if (failure) done = Problem{.detail = "cannot make " + folder.string() + ": " + failure.message()};
    }
    if (!done) {
        fs::remove_all(unfinished, failure);
        return done.error();
    }
    return NewPlugin{folder, entries_of(folder)};
}

}  // namespace riposte
