#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "commands/arguments.hpp"
#include "loader/host_services.hpp"
#include "loader/plugin_log_line.hpp"
#include "loader/probation.hpp"
#include "loader/worker_watch.hpp"
#include "protocol/plugin_records.hpp"
#include "protocol/suggestion.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace riposte {

using SettingValue = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;
using PluginSettings = std::map<std::string, SettingValue>;  // the plugin's own table of the configuration

/// Where a value of the configuration came from.
struct SettingOrigin {
    std::string place;    // "riposte.toml:3"
    bool hidden = false;  // never shown
};

/// What an operator changes of a plugin's settings; none: as the configuration has it again.
using SettingChanges = std::map<std::string, std::optional<SettingChoice>>;

/// Where the operator is who changes a setting: one on this machine may name its files and variables.
enum class Reach : std::uint8_t { Machine, Network };

enum class SandboxPolicy : std::uint8_t { Require, BestEffort };

/// Limits of one worker process; sources: docs/reference/configuration.md.
struct WorkerLimits {
    std::int64_t memory_bytes = 256 << 20;
    std::int64_t files = 64;
    std::int64_t processes = 32;  // threads count too
    std::int64_t file_bytes = 256 << 20;
};

struct LoaderOptions {
    std::filesystem::path executable;         // of this host; spawned as `riposte worker`
    std::filesystem::path bundled_directory;  // plugins that come with the host; "" = none
    std::filesystem::path inbox_directory;    // watched; what is put there is tried
    std::filesystem::path data_directory;     // staged copies, kept builds, each plugin's data_dir
    Isolation isolation = Isolation::Worker;
    SandboxPolicy sandbox = SandboxPolicy::Require;
    WorkerLimits limits;
    std::chrono::milliseconds first_output{10'000};
    std::chrono::milliseconds between_outputs{30'000};
    std::chrono::milliseconds total{300'000};
    std::chrono::milliseconds starting{5'000};       // for loading, and again for start()
    std::chrono::milliseconds forget_every{60'000};  // plugins are told of deleted accounts
    std::size_t queue = 64;                          // commands waiting for one plugin
    std::size_t queue_per_user = 2;                  // of one user, open at one plugin
    WatchRules watch;                                // of workers between calls
    ProbationRules probation;                        // of a build that has replaced a good one
    bool grants_everything = false;                  // on an author's desk: what a build asks for, it may
    std::map<std::string, PluginSettings> settings;
    std::map<std::string, std::map<std::string, SettingOrigin>> origins;  // of these, by plugin and key
    std::map<std::string, Isolation> isolations;                          // of single plugins, before `isolation`
    std::map<std::string, std::vector<std::string>> read_paths;           // granted to the worker of a plugin
};

/// Who gave the call, as the plugin sees it.
struct Caller {
    UserId id{};
    std::string name;
    std::string display_name;
    Role role = Role::Member;
    bool administrator = false;
    std::string locale;
    std::string time_zone;
};

enum class Origin : std::uint8_t { User, Timer, Hearing };

/// One accepted command, already committed. Ends in exactly one HostServices::finish().
struct CallRequest {
    Invocation invocation;
    std::string room_title;
    Caller caller;
    Origin origin = Origin::User;
    std::uint64_t catalogue_version = 0;
    std::int64_t timer = 0;  // that has fired; 0 = none
    Timestamp due = 0;       // when it should have
    std::string timer_payload;
    bool late = false;
    std::uint32_t hearing = 0;  // the plugin's own number
    bool direct = false;        // the room is a conversation of two
};

/// Somebody who may give the command types one of its arguments.
struct SuggestQuestion {
    std::string plugin;
    std::string prefix;  // of the command, as in the catalogue
    std::string option;  // its name
    std::string typed;
    std::vector<Argument> before;
    UserId user{};
    std::string user_name;
    RoomId room{};
    std::string room_uri;
    std::string locale;
};

/// One row of `riposte plugin list`.
struct PluginView {
    std::string id;
    std::string version;
    std::int64_t generation = 0;
    std::string state;  // docs/architecture.md, "The life of a build"
    bool serving = false;
    Isolation isolation = Isolation::Worker;
    bool isolation_chosen = false;  // by an operator; else as configured
    std::vector<std::string> commands;
    std::map<std::string, std::string> aliases;  // a prefix it declares -> the one that the operator gives it
    std::vector<std::string> permissions;        // that its build asks for
    std::vector<std::string> grants;             // permissions that the operator gave it
    std::vector<std::string> wants;              // those for want of which its newest build waits
    PluginPresence presence = PluginPresence::Everywhere;
    std::int64_t calls = 0;
    std::int64_t failed = 0;
    double p50_ms = 0;
    double p99_ms = 0;
    std::int64_t memory_bytes = 0;
    std::int64_t left_mapped = 0;  // libraries of ended in-process generations that could not be unloaded
    std::int64_t pid = 0;          // of its worker; 0 = it has none
    Timestamp debug_until = 0;     // its limits are suspended; 0 = they hold
    std::int64_t unheard = 0;      // messages that it was not given, since it had no time for them
    std::string by;
    std::string reason;   // why it is not live, or why the newest build was refused
    std::string sandbox;  // layers in force: "landlock, seccomp, limits, uid 65534"
};

/// A value and where it came from.
struct SettingStand {
    std::vector<std::string> values;  // a list's several; none: it is not set; "(hidden)"
    std::string source;               // "default", "riposte.toml:3", "alice, web", "uid 0, cli: file /run/key"
};

/// One setting of a plugin.
struct SettingView {
    std::string key;
    std::string type;  // "text", "text_list", …
    std::string summary;
    bool required = false;
    bool local = false;  // a secret, or a path that the plugin may read: set on this machine only
    SettingStand in_force;
    std::optional<SettingStand> configured;  // where an operator has chosen: what it would be otherwise
    std::vector<std::string> choices;
    std::optional<double> minimum;
    std::optional<double> maximum;
};

/// How a reload ended.
struct ReloadReport {
    PluginView plugin;
    bool live = false;  // the new build serves
    bool unchanged = false;
    bool stored = false;  // nothing serves, but what was changed is kept for the next start
    std::string step;     // of the refusal: "check", "start", …
    std::string reason;
    std::string version;  // that the refused build declares; "" = it did not come so far
    std::string lost;     // by going back; "" = nothing
    std::string warning;  // of a build that serves all the same; "" = none
};

/// A build that an operator has brought by hand: checked, in the host's keeping, and not tried yet.
struct StagedBuild {
    std::string hash;  // BLAKE2b-256, hex: by which it is installed
    std::string id;    // of the plugin that it is a build of
    std::string version;
    std::string title;
    std::string summary;
    std::vector<std::string> commands;     // prefixes, as it declares them
    std::vector<std::string> permissions;  // that it asks for
    std::vector<std::string> wants;        // those of them that it has not
    std::string serves;                    // the version that it would replace; "" = none
    bool same = false;                     // that is this very build
    std::string conflict;                  // whose command it would take; "" = nobody's
    std::string warning;                   // what is known to go wrong with it in-process; "" = nothing
};

/// What becomes of the key-value store when a plugin goes back to a build.
enum class DataChoice : std::uint8_t {
    Unsaid,   // as it is, unless the newer build has raised the data's schema: then the operator must say
    Keep,     // as it is
    Restore,  // as it was when the newer build took over
};
std::optional<DataChoice> data_choice_from(std::string_view text);

/// The plugins: loads them, hands calls to the live generation, contains their faults, swaps them. All state is on
/// [control], an executor of one thread that outlives this object; public methods may be called from any thread.
class PluginHost {
public:
    PluginHost(LoaderOptions options, HostServices& services, asio::any_io_executor control);
    ~PluginHost();

    /// Loads the registry, the bundled plugins and the inbox; returns when each is live or has failed, then watches.
    Awaitable<> start();
    void submit(CallRequest call);
    /// The author gave up; ends in Cancelled unless it has ended already.
    void cancel(InvocationId invocation);

    /// What a person wrote in a room that invited this plugin to listen. Dropped, and counted, while it is too busy. [control]
    void hear(const std::string& plugin, std::shared_ptr<const Message> message);

    /// Within 300 ms; none if the plugin is busy, slow or gone, or the same person has typed on meanwhile.
    Awaitable<std::vector<SuggestedValue>> suggest(SuggestQuestion question);

    Awaitable<std::vector<PluginView>> list();
    Awaitable<Result<ReloadReport>> reload(std::string id, std::string by, bool force);
    Awaitable<Result<PluginView>> enable(std::string id, std::string by);
    Awaitable<Result<PluginView>> disable(std::string id, std::string by);
    Awaitable<Result<PluginView>> isolate(std::string id, Isolation isolation, std::string by);
    /// Gives or takes a permission ("network"). A build that waits for it is tried; one that serves by it is disabled when
    /// it is taken. NotFound; InvalidValue "permission".
    Awaitable<Result<PluginView>> grant(std::string id, std::string permission, bool given, std::string by);
    /// Says in which rooms its commands can be given. NotFound.
    Awaitable<Result<PluginView>> set_presence(std::string id, PluginPresence presence, std::string by);
    /// Gives a prefix that the plugin declares another name, "" its own again; the plugin does not notice. A plugin that was
    /// refused for its prefix is tried again. NotFound; InvalidValue "alias" when the name is no prefix or another's.
    Awaitable<Result<PluginView>> alias(std::string id, std::string prefix, std::string alias, std::string by);
    /// What the operator can set of a plugin, and how it is set. NotFound.
    Awaitable<Result<std::vector<SettingView>>> settings(std::string id);
    /// Sets some, and swaps the plugin for a generation that knows them, of the same build and with the state; if it does not
    /// start with them, nothing has changed. Where nothing serves, they are kept in any case. NotFound; InvalidValue with
    /// the key in `argument`; NotAllowed from afar for what leads to files or variables of this machine.
    Awaitable<Result<ReloadReport>> configure(std::string id, SettingChanges changes, Reach reach, std::string by);
    /// Suspends deadlines, heart-beat and processor limit of its worker, so that it can be stopped in a debugger; 0 ends
    /// that, and the time does. NotFound, PluginDisabled; InvalidValue "isolation" in-process.
    Awaitable<Result<PluginView>> debug(std::string id, std::chrono::milliseconds time, std::string by);
    /// To the build that was good before. InvalidValue "data" when the choice must be made; NotFound when no such build,
    /// or no copy of its data, is kept.
    Awaitable<Result<ReloadReport>> rollback(std::string id, std::string by, DataChoice data);

    /// A build that arrives piece by piece, under an id that the caller has made. PluginRefused "stage".
    Awaitable<Result<>> receive(Uuid upload, std::string piece);
    void discard(Uuid upload);
    /// It has arrived: hashed, loaded in a sandboxed child, kept until seven others came or the host stops. PluginRefused
    /// with the step in `argument`.
    Awaitable<Result<StagedBuild>> stage(Uuid upload);
    /// Puts a staged build into the inbox as `<id>.so` and tries it. NotFound; PluginDisabled.
    Awaitable<Result<ReloadReport>> install(std::string hash, std::string by);

    /// The last `limit` lines of its log, oldest first, of one generation or of all. NotFound.
    Awaitable<Result<std::vector<PluginLogLine>>> log(std::string id, std::optional<std::int64_t> generation,
                                                      std::size_t limit);

    /// Accepts no more calls, lets running ones end until the deadline (then Interrupted), stops every worker.
    Awaitable<> stop(std::chrono::milliseconds deadline);

private:
    struct State;
    std::shared_ptr<State> state_;
    asio::any_io_executor control_;
};

}  // namespace riposte
