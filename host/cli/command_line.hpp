#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace riposte {

enum class Verb {
    Serve,
    ConfigShow,
    ConfigReference,
    PluginList,
    PluginReload,
    PluginRollback,
    PluginHistory,
    PluginLog,
    PluginEnable,
    PluginDisable,
    PluginIsolation,
    PluginAlias,
    PluginGrant,
    PluginRevoke,
    PluginConfig,
    PluginDebug,
    PluginRooms,
    PluginNew,
    PluginRun,
    PluginCheck,
    PluginInstall,
    UserList,
    UserDisable,
    UserEnable,
    UserReset,
    UserRemove,
    UserAdminLink,
    TokenList,
    TokenRevoke,
    Backup,
    Version,
};

/// What was typed after `riposte`.
struct CommandLine {
    Verb verb = Verb::Serve;
    std::optional<std::string> config_file;
    std::vector<std::pair<std::string, std::string>> flags;  // keys of the configuration and their values
    std::string name;                                        // of a plugin or a user
    std::string isolation;
    std::string prefix;
    std::string alias;  // "" = none any more
    std::string permission;
    std::string rooms;  // of a plugin: everywhere, invited
    std::string data;   // of a plugin that goes back: keep, restore; "" = unsaid
    std::string file;
    std::int64_t generation = 0;  // of a plugin; 0 = all
    std::int64_t lines = 200;
    std::int64_t number = 0;             // of a token
    std::string language;                // of a new plugin
    std::string target;                  // the folder or library of a plugin in the making
    std::vector<std::string> settings;   // of it, or of one that serves: "key=value"
    std::vector<std::string> files;      // of one that serves: "key=path"
    std::vector<std::string> variables;  // "key=NAME"
    std::vector<std::string> unset;      // keys
    std::string locale;
    bool watch = false;
    bool gdb = false;
    bool patient = false;     // no deadlines
    std::string only;         // the check that is meant
    bool child = false;       // is the process of one check
    std::string transcripts;  // of it
    std::string time;         // for which something lasts: "30m"
    bool off = false;
    bool force = false;
    bool json = false;  // print the server's answer as it came
};

struct ExitCode {
    int value;
};

/// The command line, or the code to end with when help was asked for or what was typed is wrong (and has been said).
std::variant<CommandLine, ExitCode> parse_command_line(int argc, char** argv);

}  // namespace riposte
