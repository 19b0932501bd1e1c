#pragma once

#include "store/oversight.hpp"

#include <map>
#include <string>
#include <vector>

namespace riposte {

/// Commands that ended within the last 10 minutes; milliseconds from the commit of the command to that of its end.
struct CommandTiming {
    std::int64_t ended = 0;
    std::int64_t failed = 0;
    std::int64_t p50_ms = 0;
    std::int64_t p99_ms = 0;
};

/// By the nearest rank; zeros when none ended.
CommandTiming timing_of(std::vector<std::int64_t> times, std::int64_t failed);

/// How the server fares at this moment.
struct Status {
    std::string version;
    Timestamp started_at = 0;
    std::int64_t uptime_s = 0;
    std::int64_t connections = 0;  // sockets
    CommandTiming commands;
    std::map<std::string, std::int64_t> plugins;  // how many are in which state
    std::int64_t left_mapped = 0;                 // libraries of plugins that could not be unloaded
    StoreFigures store;
};

}  // namespace riposte
