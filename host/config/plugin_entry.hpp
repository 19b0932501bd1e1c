#pragma once

#include "config/config.hpp"
#include "config/toml_file.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace riposte {

/// Looks up a variable of the environment.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

/// Whether the path is `plugins.<id>.<key>`: a plugin's own configuration.
bool is_plugin_entry(const std::vector<std::string>& path);

/// Puts the entry into `config.plugins.by_id`; a secret's file is read, its variable looked up. Returns what is wrong.
std::optional<std::string> assign_plugin_entry(Config& config, const TomlEntry& entry, const Environment& environment);

/// The same for a variable RIPOSTE_PLUGINS__<ID>__<KEY>; its value stays a text, hidden from view.
std::optional<std::string> assign_plugin_text(Config& config, const std::vector<std::string>& path,
                                              const std::string& text);

}  // namespace riposte
