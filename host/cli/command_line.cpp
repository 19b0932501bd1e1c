#include "cli/command_line.hpp"

#include "config/keys.hpp"

#include <CLI/CLI.hpp>

namespace riposte {
namespace {

/// Declares the verbs; what is typed lands in the CommandLine.
class Declaration {
public:
    explicit Declaration(CommandLine& line) : line_(line) {
        app_.require_subcommand(1);
        app_.fallthrough();
        app_.option_defaults()->take_last();
        app_.add_option("--config,-c", line_.config_file, "Configuration file; see docs/reference/configuration.md");
        add_flag("--data,--data.directory", "data.directory", "Folder of the database and the socket (./data)");
        declare_serve();
        declare_config();
        auto* plugin = group("plugin", "Write plugins, and look after those of the running server");
        declare_plugin(plugin);
        declare_author(plugin);
        declare_user();
        declare_token();
        auto* backup = add(app_, Verb::Backup, "backup", "Write a checked copy of the running server's database");
        backup->add_option("file", line_.file, "Where to write it; must not be there yet")->required();
        add(app_, Verb::Version, "version", "Print the version");
    }

    CLI::App& app() { return app_; }

private:
    CLI::App* add(CLI::App& parent, Verb verb, const char* name, const char* help) {
        return parent.add_subcommand(name, help)->callback([this, verb] { line_.verb = verb; });
    }

    void add_flag(const std::string& names, std::string_view key, const std::string& help, CLI::App* to = nullptr) {
        const auto take = [this, key = std::string(key)](const std::string& text) {
            line_.flags.emplace_back(key, text);
        };
        (to ? *to : app_).add_option_function<std::string>(names, take, help)->trigger_on_parse();
    }

    void declare_serve() {
        auto* serve = add(app_, Verb::Serve, "serve", "Serve chat until SIGTERM or Ctrl+C");
        add_flag("--address,--http.address", "http.address", "Address to listen on (127.0.0.1)", serve);
        add_flag("--port,--http.port", "http.port", "TCP port (8080)", serve);
        add_every_key(*serve);
        serve->footer("Every key of the configuration is also a flag: --log.level debug");
    }

    void declare_config() {
        auto* config = group("config", "Look at the configuration");
        add_every_key(*add(*config, Verb::ConfigShow, "show", "Print every value and where it came from"));
        add(*config, Verb::ConfigReference, "reference", "Print docs/reference/configuration.md");
    }

    void declare_plugin(CLI::App* plugin) {
        auto* list = add(*plugin, Verb::PluginList, "list", "Show every plugin and how it fares");
        list->add_flag("--json", line_.json, "Print the server's answer as it came");
        auto* reload = add_for_plugin(*plugin, Verb::PluginReload, "reload", "Swap a plugin for its newest build");
        reload->add_flag("--force", line_.force, "Even the same build, or one that was refused before");
        auto* back =
            add_for_plugin(*plugin, Verb::PluginRollback, "rollback", "Go back to the build that served before");
        back->add_option("--data", line_.data, "Its stored data: keep it, or restore it as it was before that build")
            ->check(CLI::IsMember({"keep", "restore"}));
        auto* history =
            add_for_plugin(*plugin, Verb::PluginHistory, "history", "Show who did what to a plugin, and how it ended");
        history->add_flag("--json", line_.json, "Print the server's answer as it came");
        auto* log = add_for_plugin(*plugin, Verb::PluginLog, "log", "Show what a plugin printed and logged");
        log->add_option("--generation", line_.generation, "Of this generation only; `riposte plugin list` counts them");
        log->add_option("--lines", line_.lines, "How many, the last ones (200)")->check(CLI::Range(1, 5000));
        log->add_flag("--json", line_.json, "Print the server's answer as it came");
        add_for_plugin(*plugin, Verb::PluginEnable, "enable", "Let a disabled plugin answer again");
        add_for_plugin(*plugin, Verb::PluginDisable, "disable", "Stop a plugin; its commands say that it is disabled");
        auto* isolation = add_for_plugin(*plugin, Verb::PluginIsolation, "isolation", "Choose where a plugin runs");
        isolation->add_option("mode", line_.isolation, "worker: a sandboxed process; in-process: inside the server")
            ->required()
            ->check(CLI::IsMember({"worker", "in-process"}));
        declare_settings(*plugin);
        auto* debug = add_for_plugin(*plugin, Verb::PluginDebug, "debug",
                                     "Let its worker be stopped in a debugger: no deadline, no heart-beat");
        debug->add_option("--for", line_.time, "How long, at most a day (30m)")->default_val("30m");
        debug->add_flag("--off", line_.off, "End it now");
        auto* rooms = add_for_plugin(*plugin, Verb::PluginRooms, "rooms", "Choose in which rooms its commands work");
        rooms->add_option("where", line_.rooms, "everywhere; or invited: where a room's owner adds it")
            ->required()
            ->check(CLI::IsMember({"everywhere", "invited"}));
        declare_alias(*plugin);
        declare_grant(*plugin, Verb::PluginGrant, "grant", "Let a plugin do what it asks for");
        declare_grant(*plugin, Verb::PluginRevoke, "revoke", "Take a permission; a plugin that needs it is disabled");
    }

    void declare_grant(CLI::App& plugin, Verb verb, const char* name, const char* help) {
        auto* grant = add_for_plugin(plugin, verb, name, help);
        grant
            ->add_option(
                "permission", line_.permission,
                "network: connect to other machines; post: say something unasked; hear: be given what people write")
            ->required()
            ->check(CLI::IsMember({"network", "hear", "post"}));
    }

    void declare_settings(CLI::App& plugin) {
        auto* config = add_for_plugin(plugin, Verb::PluginConfig, "config",
                                      "Show the settings of a plugin, or change them while it serves");
        config->add_option("settings", line_.settings, "KEY=VALUE; several of one key make a list")->take_all();
        config->add_option("--file", line_.files, "KEY=PATH: the value is in this file, as that of a secret must be")
            ->take_all();
        config->add_option("--environment", line_.variables, "KEY=NAME: the value is in the server's environment")
            ->take_all();
        config->add_option("--unset", line_.unset, "KEY: as the configuration has it again")->take_all();
        config->add_flag("--json", line_.json, "Print the server's answer as it came");
    }

    void declare_alias(CLI::App& plugin) {
        auto* alias = add_for_plugin(plugin, Verb::PluginAlias, "alias", "Give a command of a plugin another name");
        alias->add_option("prefix", line_.prefix, "As the plugin declares it: /dice")->required();
        alias->add_option("alias", line_.alias, "The name it gets: /roll; without one, its own again");
    }

    /// For those who write plugins; no server is needed.
    void declare_author(CLI::App* plugin) {
        auto* create = add(*plugin, Verb::PluginNew, "new", "Make a folder with a plugin that builds and answers");
        create->add_option("name", line_.name, "What it is to be called: small letters, digits, -")->required();
        create->add_option("--lang", line_.language, "Its language: cpp (C++20), c (C99) or rust")
            ->check(CLI::IsMember({"cpp", "c", "rust"}))
            ->default_val("cpp");
        auto* run =
            add_for_target(*plugin, Verb::PluginRun, "run", "Talk to a plugin in this terminal, without a server");
        run->add_flag("--watch", line_.watch, "Build and swap it whenever a file changes");
        run->add_flag("--gdb", line_.gdb, "Under gdb, in-process, without deadlines");
        run->add_option("--isolation", line_.isolation, "worker: a sandboxed process; in-process: inside this one")
            ->check(CLI::IsMember({"worker", "in-process"}))
            ->default_val("worker");
        run->add_option("--locale", line_.locale, "Your language, as the plugin sees it")->default_val("en");

        auto* check = add_for_target(*plugin, Verb::PluginCheck, "check", "Find what would go wrong with it later");
        check->add_option("--only", line_.only, "One check, by its name");
        check->add_flag("--gdb", line_.gdb, "That check under gdb");
        // What the check says to its own child.
        check->add_flag("--child", line_.child)->group("");
        check->add_option("--transcripts", line_.transcripts)->group("");
        check->add_option("--isolation", line_.isolation)->group("");

        auto* install =
            add_for_target(*plugin, Verb::PluginInstall, "install", "Check it and put it into the running server");
        install->add_flag("--watch", line_.watch, "Again whenever a file changes");
        install->add_flag("--force", line_.force, "Even a build that was refused before");
    }

    CLI::App* add_for_target(CLI::App& parent, Verb verb, const char* name, const char* help) {
        auto* verb_app = add(parent, verb, name, help);
        verb_app->add_option("target", line_.target, "Its folder, which is built, or its library (*.so)")->required();
        verb_app->add_option("--set", line_.settings, "A setting of the plugin: key=value")->take_all();
        verb_app->add_flag("--patient", line_.patient, "No deadlines")->group("");
        return verb_app;
    }

    void declare_user() {
        auto* user = group("user", "Look after the people of the running server");
        auto* list = add(*user, Verb::UserList, "list", "Show who has an account, the newest first");
        list->add_option("text", line_.name, "Part of a name");
        list->add_flag("--json", line_.json, "Print the server's answer as it came");
        auto* disable = add(*user, Verb::UserDisable, "disable", "End every sign-in of someone and let nobody sign in");
        disable->add_option("name", line_.name, "Name of the user")->required();
        auto* enable = add(*user, Verb::UserEnable, "enable", "Let someone who was disabled sign in again");
        enable->add_option("name", line_.name, "Name of the user")->required();
        auto* remove =
            add(*user, Verb::UserRemove, "remove", "Delete an account for good; what it wrote stays, nameless");
        remove->add_option("name", line_.name, "Name of the user")->required();
        auto* reset =
            add(*user, Verb::UserReset, "reset", "Print a one-time link by which someone sets a new password");
        reset->add_option("name", line_.name, "Name of the user")->required();
        add(*user, Verb::UserAdminLink, "admin-link", "Print the one-time link that makes an administrator");
    }

    void declare_token() {
        auto* token = group("token", "Look after the tokens with which scripts sign in");
        auto* list = add(*token, Verb::TokenList, "list", "Show everybody's tokens, the newest first");
        list->add_option("text", line_.name, "Part of a token's or its owner's name");
        list->add_flag("--json", line_.json, "Print the server's answer as it came");
        auto* revoke = add(*token, Verb::TokenRevoke, "revoke", "Let nobody in with a token any more");
        revoke->add_option("id", line_.number, "As `riposte token list` shows it")->required();
    }

    CLI::App* group(const char* name, const char* help) {
        return app_.add_subcommand(name, help)->require_subcommand(1);
    }

    CLI::App* add_for_plugin(CLI::App& parent, Verb verb, const char* name, const char* help) {
        auto* verb_app = add(parent, verb, name, help);
        verb_app->add_option("name", line_.name, "Name of the plugin, as `riposte plugin list` shows it")->required();
        return verb_app;
    }

    /// Hidden from help: there are many, and docs/reference/configuration.md has them all.
    void add_every_key(CLI::App& app) {
        for (const auto& key : keys()) {
            const std::string flag = "--" + std::string(key.name);
            if (app.get_option_no_throw(flag) || app_.get_option_no_throw(flag)) continue;
            add_flag(flag, key.name, std::string(key.help), &app);
            app.get_option(flag)->group("");
        }
    }

    CommandLine& line_;
    CLI::App app_{"Riposte: chat whose answers come from plugins", "riposte"};
};

}  // namespace

std::variant<CommandLine, ExitCode> parse_command_line(int argc, char** argv) {
    CommandLine line;
    Declaration declaration(line);
    try {
        declaration.app().parse(argc, argv);
        return line;
    } catch (const CLI::ParseError& error) {
        return ExitCode{declaration.app().exit(error) == 0 ? 0 : 2};
    }
}

}  // namespace riposte
