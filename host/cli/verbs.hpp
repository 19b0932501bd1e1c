#pragma once

#include "cli/command_line.hpp"
#include "config/load.hpp"

namespace riposte {

// Each does what its name says and returns the exit code.

int show_config(const LoadedConfig& loaded);
int print_reference();
int print_version();

int list_plugins(const Config& config, const CommandLine& line);
/// reload, rollback: 1 when the build is refused.
int swap_plugin(const Config& config, const CommandLine& line);
int show_history(const Config& config, const CommandLine& line);
int show_plugin_log(const Config& config, const CommandLine& line);
/// enable, disable, isolation, alias
int change_plugin(const Config& config, const CommandLine& line);
/// Shows the settings, or changes them: 1 when the plugin does not start with them.
int configure_plugin(const Config& config, const CommandLine& line);
int debug_plugin(const Config& config, const CommandLine& line);
int make_plugin(const CommandLine& line);
/// Neither comes back with --gdb.
int run_plugin(const CommandLine& line);
int check_plugin(const CommandLine& line);
int install_plugin(const Config& config, const CommandLine& line);
int list_users(const Config& config, const CommandLine& line);
/// disable, enable
int change_user(const Config& config, const CommandLine& line);
int remove_user(const Config& config, const CommandLine& line);
int reset_user(const Config& config, const CommandLine& line);
int print_admin_link(const Config& config);
int list_tokens(const Config& config, const CommandLine& line);
int revoke_token(const Config& config, const CommandLine& line);
int back_up(const Config& config, const CommandLine& line);

}  // namespace riposte
