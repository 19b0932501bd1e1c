#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "loader/plugin_description.hpp"
#include "loader/plugin_host.hpp"

#include <boost/asio/thread_pool.hpp>

#include <memory>
#include <string>

// How an operator sets a plugin's settings at run time.
namespace riposte {

/// "alice, web", "uid 0, cli: file /run/key"
std::string source_of(const SettingChoice& choice);

/// The choices after a change. InvalidValue for a key that is not declared, several values where one is wanted, or a
/// secret that is given as it is.
Result<SettingChoices> with_changes(const PluginDescription& description, SettingChoices choices,
                                    const SettingChanges& changes, const std::string& by);
/// Only those that are changed are held against what is declared.
Result<std::vector<Setting>> read_changed(const PluginDescription& description, const PluginSettings& settings,
                                          const SettingChanges& changes);
/// A secret, or a path that the plugin's worker may then read.
bool is_local(const PluginDescription& description, const SettingSpecification& setting);
/// NotAllowed for what an operator may only do on this machine: to name its files and variables, and, by a setting that is
/// a path, to let a worker read them.
Result<> check_reach(const PluginDescription& description, const SettingChanges& changes, Reach reach);

/// The value: as it is, or what the file or the variable says now. A file of at most 64 KiB, without the ends of its last
/// line. `files` is a thread that may block. InvalidValue.
Awaitable<Result<SettingValue>> read_choice(std::shared_ptr<asio::thread_pool> files, SettingChoice choice,
                                            SettingType type);

}  // namespace riposte
