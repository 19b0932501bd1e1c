#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riposte {

enum class PluginLanguage : std::uint8_t { Cpp, C, Rust };

/// "cpp", "c", "rust".
std::optional<PluginLanguage> plugin_language_from(std::string_view text);

/// A folder that new_plugin() has made.
struct NewPlugin {
    std::filesystem::path folder;
    std::vector<std::string> entries;  // in it: "weather.cpp", …, "riposte/" last
};

/// Makes the folder `name` in `parent`: a plugin of that id that builds and answers, its test, and the headers, all out
/// of this binary. Whole or not at all. InvalidValue for a name that no plugin may have, or a folder that is there.
Result<NewPlugin> new_plugin(const std::filesystem::path& parent, const std::string& name, PluginLanguage language);

}  // namespace riposte
