#pragma once

#include "base/result.hpp"
#include "loader/plugin_description.hpp"
#include "loader/plugin_host.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace riposte {

/// "text", "text_list", …
std::string_view to_string(SettingType type);
/// As one would type it; a list's several.
std::vector<std::string> spelled(const SettingValue& value);

/// InvalidValue with the closest keys that the plugin declares.
Problem no_such_setting(const PluginDescription& description, const std::string& key);

/// Holds what the operator configured against what the plugin declares, and fills in defaults. InvalidValue with the key in
/// `argument` and a detail that names it and what is wanted; never a secret's value.
Result<std::vector<Setting>> read_settings(const PluginDescription& description, const PluginSettings& configured);
/// The same as a step of a build's start: PluginRefused.
Result<std::vector<Setting>> check_settings(const PluginDescription& description, const PluginSettings& configured);

}  // namespace riposte
