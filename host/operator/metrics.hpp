#pragma once

#include "operator/status.hpp"

#include "loader/plugin_host.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace riposte {

/// Media type of what metrics_text() writes.
inline constexpr std::string_view metrics_type = "text/plain; version=0.0.4; charset=utf-8";

/// The server and its plugins in the text format of Prometheus. Counters of a plugin begin anew with the server.
std::string metrics_text(const Status& status, const std::vector<PluginView>& plugins);

}  // namespace riposte
