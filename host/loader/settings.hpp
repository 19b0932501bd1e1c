#pragma once

#include "base/result.hpp"
#include "loader/plugin_description.hpp"
#include "loader/plugin_host.hpp"

#include <vector>

namespace riposte {

/// Holds what the operator configured against what the plugin declares, and fills in defaults. PluginRefused with a
/// detail that names the key and what is wanted; never a secret's value.
Result<std::vector<Setting>> check_settings(const PluginDescription& description, const PluginSettings& configured);

}  // namespace riposte
