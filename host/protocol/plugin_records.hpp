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

struct PluginRecord {
    std::string id;           // as the plugin declares it
    std::string active_hash;  // BLAKE2b-256 of the build that serves, hex; "" = none yet
    std::string version;
    bool enabled = true;
    std::optional<Isolation> isolation;          // none: as configured
    std::vector<std::string> prefixes;           // owned by this plugin
    std::map<std::string, std::string> aliases;  // a prefix it declares -> the one it is given instead
    std::vector<std::string> refused_hashes;     // not tried again unless forced
    std::vector<std::string> kept_builds;        // hashes of the host's own copies, newest first, at most 5
    std::int64_t generation = 0;                 // counts up for ever
    std::string by;                              // who made it live
};

struct PluginHistoryEntry {
    std::string plugin;
    Timestamp at = 0;
    std::string by;    // "bundled", "alice, web", "uid 1000, cli", "root, folder"
    std::string verb;  // load, reload, rollback, enable, disable, isolation, crash
    std::string hash;
    std::string version;
    std::string result;  // "live" or "refused: reason"
};

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
