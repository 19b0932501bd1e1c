#include "cli/run.hpp"

#include "base/log.hpp"
#include "cli/verbs.hpp"
#include "loader/worker_main.hpp"
#include "server.hpp"

#include <unistd.h>

#include <cstdio>
#include <exception>
#include <string_view>

namespace riposte {
namespace {

void start_log(const Config::Log& options) {
    const auto level = options.level == "debug"     ? log::Level::Debug
                       : options.level == "warning" ? log::Level::Warning
                       : options.level == "error"   ? log::Level::Error
                                                    : log::Level::Info;
    const bool text = options.format == "auto" ? ::isatty(STDERR_FILENO) == 1 : options.format == "text";
    log::start(level, text ? log::Format::Text : log::Format::Json);
}

int start_server(const LoadedConfig& loaded) {
    start_log(loaded.config.log);
    return serve(loaded);
}

int run_verb(const CommandLine& line) {
    if (line.verb == Verb::ConfigReference) return print_reference();
    if (line.verb == Verb::Version) return print_version();
    if (line.verb == Verb::PluginNew) return make_plugin(line);
    if (line.verb == Verb::PluginRun) return run_plugin(line);
    if (line.verb == Verb::PluginCheck) return check_plugin(line);
    const auto loaded = load_config(
        {.file = find_config_file(line.config_file), .environment = process_environment(), .flags = line.flags});
    const auto& config = loaded.config;
    switch (line.verb) {
        case Verb::Serve: return start_server(loaded);
        case Verb::ConfigShow: return show_config(loaded);
        case Verb::PluginList: return list_plugins(config, line);
        case Verb::PluginReload:
        case Verb::PluginRollback: return swap_plugin(config, line);
        case Verb::PluginHistory: return show_history(config, line);
        case Verb::PluginLog: return show_plugin_log(config, line);
        case Verb::PluginEnable:
        case Verb::PluginDisable:
        case Verb::PluginAlias:
        case Verb::PluginGrant:
        case Verb::PluginRevoke:
        case Verb::PluginRooms:
        case Verb::PluginIsolation: return change_plugin(config, line);
        case Verb::PluginConfig: return configure_plugin(config, line);
        case Verb::PluginDebug: return debug_plugin(config, line);
        case Verb::PluginInstall: return install_plugin(config, line);
        case Verb::UserList: return list_users(config, line);
        case Verb::UserDisable:
        case Verb::UserEnable: return change_user(config, line);
        case Verb::UserRemove: return remove_user(config, line);
        case Verb::UserReset: return reset_user(config, line);
        case Verb::UserAdminLink: return print_admin_link(config);
        case Verb::TokenList: return list_tokens(config, line);
        case Verb::TokenRevoke: return revoke_token(config, line);
        case Verb::Backup: return back_up(config, line);
        case Verb::ConfigReference:
        case Verb::Version:
        case Verb::PluginNew:
        case Verb::PluginRun:
        case Verb::PluginCheck: break;
    }
    return 2;
}

}  // namespace

int run(int argc, char** argv) {
    // The host's own child; not for people, so not in the help.
    if (argc > 1 && std::string_view(argv[1]) == "worker") return worker_main(argc - 1, argv + 1);
    const auto parsed = parse_command_line(argc, argv);
    if (const auto* exit = std::get_if<ExitCode>(&parsed)) return exit->value;
    try {
        return run_verb(std::get<CommandLine>(parsed));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "riposte: %s\n", error.what());
        return 1;
    }
}

}  // namespace riposte
