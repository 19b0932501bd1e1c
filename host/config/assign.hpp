#pragma once

#include "config/keys.hpp"
#include "config/toml_file.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace riposte {

/// Sets `key` to a value of a file. Returns what is wrong with it: "must be a number 0 to 65535, not "eighty"".
std::optional<std::string> assign(Config& config, const Key& key, const TomlEntry::Value& value);

/// Sets `key` to a text of the environment or a flag, read by the key's type; lists are separated by commas.
std::optional<std::string> assign_text(Config& config, const Key& key, std::string_view text);

/// The value as it would stand in TOML, for a message.
std::string shown(const TomlEntry::Value& value);

}  // namespace riposte
