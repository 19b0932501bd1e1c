#pragma once

#include "protocol/types.hpp"

#include <map>
#include <string>
#include <vector>

// What the host remembers of a plugin across restarts. Written by the loader, kept by the store.
namespace riposte {

enum class Isolation : std::uint8_t { Worker, InProcess };

std::string_view to_string(Isolation isolation);
std::optional<Isolation> isolation_from(std::string_view text);

/// How an operator has set one of a plugin's own settings while it served; before what the configuration says.
struct SettingChoice {
    enum class From : std::uint8_t { Value, File, Environment };
    From from = From::Value;
    std::vector<std::string> texts;  // the value, a list's several; else one: the file's path, the variable's name
    std::string by;
    friend bool operator==(const SettingChoice&, const SettingChoice&) = default;
};
using SettingChoices = std::map<std::string, SettingChoice>;

/// In which rooms a plugin's commands can be given: in all, or where a room's owner has added it.
enum class PluginPresence : std::uint8_t { Everywhere, Invited };

std::string_view to_string(PluginPresence presence);
std::optional<PluginPresence> plugin_presence_from(std::string_view text);

struct PluginRecord {
    std::string id;           // as the plugin declares it
    std::string active_hash;  // BLAKE2b-256 of the build that serves, hex; "" = none yet
    std::string version;
    bool enabled = true;
    std::optional<Isolation> isolation;  // none: as configured
    PluginPresence presence = PluginPresence::Everywhere;
    std::vector<std::string> prefixes;           // owned by this plugin
    std::map<std::string, std::string> aliases;  // a prefix it declares -> the one it is given instead
    std::vector<std::string> grants;             // permissions that the operator gave: "network"
    SettingChoices settings;                     // by key
    std::vector<std::string> refused_hashes;     // not tried again unless forced
    std::vector<std::string> kept_builds;        // hashes of the host's own copies, newest first, at most 5
    std::int64_t generation = 0;                 // counts up for ever
    std::string by;                              // who made it live
    std::string good_hash;  // build to go back to while the active one is on probation; "" = it is not
    std::string good_by;    // who made that one live
    Timestamp probation_since = 0;
    std::string reason;  // why the newest build is not the active one: "2.0.0 refused: …"
};

struct PluginHistoryEntry {
    std::string plugin;
    Timestamp at = 0;
    std::string by;    // "bundled", "alice, web", "uid 1000, cli", "root, folder"
    std::string verb;  // load, start, reload, rollback, proved, enable, disable, isolation, config, rooms
    std::string hash;
    std::string version;
    std::string result;  // "live" or "refused: reason"
};

/// What a plugin had kept when the next build took over from a good one.
struct PluginSnapshot {
    std::string plugin;
    std::string hash;  // the build that understands it
    std::uint32_t data_schema = 0;
    Timestamp taken_at = 0;
    bool has_values = false;         // a copy of the key-value store is with it
    std::uint32_t state_schema = 0;  // 0 = no state
    std::string state;
};

/// What a snapshot does to the copy of the key-value store that is with it.
enum class SnapshotValues : std::uint8_t { Drop, Copy, Leave };

/// A second copy of the key-value store, while a build is tried that may change it: made; the store again; dropped.
enum class TrialValues : std::uint8_t { Copy, PutBack, Drop };

struct PluginTimer {
    std::int64_t id = 0;
    std::string plugin;
    std::string command;  // the prefix under which the call comes
    RoomId room{};
    UserId user{};  // on whose behalf
    Timestamp due = 0;
    std::string payload;  // the plugin's own, at most 4 KiB
};

struct PluginState {
    std::string plugin;
    std::uint32_t schema = 0;
    std::string bytes;  // at most 16 MiB
    Timestamp saved_at = 0;
};

}  // namespace riposte
