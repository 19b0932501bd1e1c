#pragma once

#include "loader/plugin_host.hpp"

#include <string>

// How plugins look to an operator, over REST and on the command line (docs/protocol.md).
namespace riposte {

void append_json(std::string& out, const PluginView& plugin);
void append_json(std::string& out, const ReloadReport& report);
void append_json(std::string& out, const SettingView& setting);
void append_json(std::string& out, const StagedBuild& build);
void append_json(std::string& out, const PluginHistoryEntry& entry);
void append_json(std::string& out, const PluginLogLine& line);

}  // namespace riposte
