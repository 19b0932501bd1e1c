#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace riposte {

/// A value of a plugin's own configuration. The loader checks it against the schema that the plugin declares.
struct PluginValue {
    std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>> value;
    bool secret = false;  // came from the environment or a file of its own: never shown
};

/// One table `[plugins.<id>]`.
struct PluginConfig {
    std::optional<std::string> isolation;  // overrides plugins.isolation
    std::vector<std::string> read_paths;   // what its worker may read besides its own folder
    std::map<std::string, PluginValue> values;
};

/// Everything that an operator can set, checked, with paths and derived values filled in. Made once, then constant;
/// the server cuts it into the Options of its parts. The members' initial values are the defaults; keys.cpp names each
/// member and gives its range and help.
struct Config {
    struct Http {
        std::string address = "127.0.0.1";
        std::int64_t port = 8080;
        std::string unix_socket;
        std::string public_url;
        bool insecure_http = false;
        std::vector<std::string> trusted_proxies;
        std::int64_t threads = 0;
        std::string web_root;
        std::int64_t max_connections = 20000;
        std::int64_t header_timeout_s = 10;
        std::int64_t body_timeout_s = 20;
        std::int64_t idle_timeout_s = 75;
        std::int64_t drain_s = 10;
    } http;

    struct Data {
        std::string directory = "./data";
    } data;

    struct Store {
        std::int64_t wal_limit_mib = 64;
        std::int64_t readers = 2;
    } store;

    struct Auth {
        std::string registration = "open";
        std::int64_t session_days = 90;
        std::int64_t argon_memory_mib = 64;
        std::int64_t argon_passes = 2;
        std::int64_t hash_queue = 64;
    } auth;

    struct Plugins {
        std::string directory;
        std::string bundled_directory;
        std::string isolation = "worker";
        std::string sandbox = "require";
        std::int64_t call_first_output_ms = 10'000;
        std::int64_t call_between_outputs_ms = 30'000;
        std::int64_t call_total_ms = 300'000;
        std::int64_t queue = 64;
        std::int64_t queue_per_user = 2;
        std::int64_t probation_ms = 60'000;
        std::int64_t probation_calls = 20;
        std::int64_t probation_longest_h = 24;
        std::int64_t memory_mib = 256;
        std::int64_t threads = 32;
        std::int64_t files = 64;
        std::int64_t file_mib = 256;
        std::int64_t upload_mib = 64;
        std::int64_t heartbeat_ms = 5'000;
        std::int64_t idle_cpu_percent = 80;
        std::map<std::string, PluginConfig> by_id;
    } plugins;

    struct Limits {
        std::int64_t posts_per_10s = 30;
        std::int64_t requests_per_10s = 300;
        std::int64_t frame_bytes = 65'536;
        std::int64_t body_bytes = 262'144;
        std::int64_t upload_mib = 20;
        std::int64_t uploads_per_user_mib = 1024;
        std::int64_t actions_in_flight = 32;
        std::int64_t sockets_per_user = 10;
        std::int64_t outbox_kib = 4096;
    } limits;

    struct Log {
        std::string level = "info";
        std::string format = "auto";
    } log;
};

}  // namespace riposte
