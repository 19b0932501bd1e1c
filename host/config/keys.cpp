#include "config/keys.hpp"

#include <array>

namespace riposte {
namespace {

// One or two lines a key.
// clang-format off

// A lambda that returns the member, so that the type of the key is the type of the member.
#define AT(member) [](Config& config) -> auto& { return config.member; }

const auto table = std::to_array<Key>({
    {"http.address", AT(http.address), "Address to listen on; 0.0.0.0 or :: for every interface"},
    {"http.port", AT(http.port), "TCP port; 0 takes any free one and logs it", {0, 65535}},
    {"http.unix_socket", AT(http.unix_socket),
     "Socket by which the operator's commands reach the server", {.if_empty = "riposte.sock in data.directory"}},
    {"http.public_url", AT(http.public_url),
     "Address by which browsers reach the server, such as https://chat.example.org; links and the allowed Origin "
     "follow it", {.if_empty = "the address and port listened on"}},
    {"http.insecure_http", AT(http.insecure_http),
     "Allow plain http from beyond this machine: passwords travel readable; for a trusted network or behind a proxy"},
    {"http.trusted_proxies", AT(http.trusted_proxies),
     "Addresses or networks (10.0.0.0/8) of proxies whose X-Forwarded-For counts"},
    {"http.threads", AT(http.threads), "Network threads; 0 for one a core", {0, 256}},
    {"http.web_root", AT(http.web_root),
     "Folder of the web client", {.if_empty = "the one built or installed with riposte"}},
    {"http.max_connections", AT(http.max_connections), "Connections at once; more are turned away", {1, 1'000'000}},
    {"http.header_timeout_s", AT(http.header_timeout_s), "Seconds for a request's header to arrive", {1, 300}},
    {"http.body_timeout_s", AT(http.body_timeout_s),
     "Seconds for a request's body to arrive, and for its answer to be taken", {1, 3600}},
    {"http.idle_timeout_s", AT(http.idle_timeout_s), "Seconds that a connection may wait between requests", {1, 3600}},
    {"http.drain_s", AT(http.drain_s), "Seconds that running commands get to finish when the server stops", {0, 600}},

    {"data.directory", AT(data.directory), "Folder of the database and of everything else that must be kept"},

    {"store.wal_limit_mib", AT(store.wal_limit_mib),
     "Size of the write-ahead log at which a checkpoint stops waiting for a quiet moment", {1, 4096}},
    {"store.readers", AT(store.readers), "Threads that read history and search", {1, 64}},

    {"auth.registration", AT(auth.registration),
     "Who may sign up: anybody (open), who holds an invite link (link), nobody (closed)",
     {.choices = "open|link|closed"}},
    {"auth.session_days", AT(auth.session_days), "Days after which an unused sign-in ends", {1, 3650}},
    {"auth.argon_memory_mib", AT(auth.argon_memory_mib), "Memory that one password hash takes", {8, 4096}},
    {"auth.argon_passes", AT(auth.argon_passes), "Passes of one password hash over its memory", {1, 20}},
    {"auth.hash_queue", AT(auth.hash_queue),
     "Sign-ins that may wait for a password hash; more are told to try later", {1, 10'000}},

    {"plugins.directory", AT(plugins.directory),
     "Folder watched for new plugins and new builds", {.if_empty = "plugins in data.directory"}},
    {"plugins.bundled_directory", AT(plugins.bundled_directory),
     "Folder of the plugins that come with riposte", {.if_empty = "the one built or installed with riposte"}},
    {"plugins.isolation", AT(plugins.isolation),
     "Where plugins run: each in its own sandboxed process (worker) or inside the "
     "server (in-process: fastest, trusted)", {.choices = "worker|in-process"}},
    {"plugins.sandbox", AT(plugins.sandbox),
     "What to do where the kernel lacks a layer of the sandbox: refuse to load "
     "(require) or go on without it (best-effort)", {.choices = "require|best-effort"}},
    {"plugins.call_first_output_ms", AT(plugins.call_first_output_ms),
     "Longest wait for the first answer to a command", {10, 3'600'000}},
    {"plugins.call_between_outputs_ms", AT(plugins.call_between_outputs_ms),
     "Longest silence between two answers to a command", {10, 3'600'000}},
    {"plugins.call_total_ms", AT(plugins.call_total_ms), "Longest time for a command in all", {10, 86'400'000}},
    {"plugins.queue", AT(plugins.queue),
     "Commands that may wait for one plugin; more are answered \"busy\"", {1, 100'000}},
    {"plugins.queue_per_user", AT(plugins.queue_per_user), "Open commands of one person at one plugin", {1, 1000}},
    {"plugins.probation_ms", AT(plugins.probation_ms),
     "Time at least for which a new build is watched; if it crashes, hangs or fails half of its commands, the build "
     "before comes back", {0, 86'400'000}},
    {"plugins.probation_calls", AT(plugins.probation_calls),
     "Commands that a new build must have finished before it counts as good", {0, 10'000}},
    {"plugins.probation_longest_h", AT(plugins.probation_longest_h),
     "Hours after which a new build counts as good, however few commands it got", {1, 8760}},
    {"plugins.memory_mib", AT(plugins.memory_mib), "Memory of one worker", {16, 1'048'576}},
    {"plugins.threads", AT(plugins.threads), "Threads and processes of one worker", {2, 4096}},
    {"plugins.files", AT(plugins.files), "Files that a worker may have open", {16, 65'536}},
    {"plugins.file_mib", AT(plugins.file_mib), "Size of the largest file that a worker may write", {0, 1'048'576}},
    {"plugins.upload_mib", AT(plugins.upload_mib),
     "Largest build that administrators may install over the network; 0 for none at all", {0, 512}},
    {"plugins.heartbeat_ms", AT(plugins.heartbeat_ms),
     "How often workers are looked after between commands: one that gives no sign of life twice is replaced; 0 for never",
     {0, 3'600'000}},
    {"plugins.idle_cpu_percent", AT(plugins.idle_cpu_percent),
     "Share of one core that a worker may use for a minute without a command; one that uses more is replaced",
     {1, 100'000}},

    {"limits.posts_per_10s", AT(limits.posts_per_10s), "Messages that one person may post in 10 s", {1, 1'000'000}},
    {"limits.requests_per_10s", AT(limits.requests_per_10s),
     "REST requests of one person or address in 10 s", {1, 1'000'000}},
    {"limits.frame_bytes", AT(limits.frame_bytes), "Longest WebSocket frame from a client", {1024, 16'777'216}},
    {"limits.body_bytes", AT(limits.body_bytes), "Longest body of a request", {1024, 16'777'216}},
    {"limits.upload_mib", AT(limits.upload_mib), "Largest file that people may send; 0 for none at all", {0, 4096}},
    {"limits.uploads_per_user_mib", AT(limits.uploads_per_user_mib),
     "What the files of one person may take on disk together", {0, 1'048'576}},
    {"limits.actions_in_flight", AT(limits.actions_in_flight),
     "Actions of one socket that may wait for their answer", {1, 1024}},
    {"limits.sockets_per_user", AT(limits.sockets_per_user), "Live connections of one person", {1, 1000}},
    {"limits.outbox_kib", AT(limits.outbox_kib),
     "Unsent events at which a slow client is closed; it resumes later", {64, 65'536}},

    {"log.level", AT(log.level), "What to log at least", {.choices = "debug|info|warning|error"}},
    {"log.format", AT(log.format),
     "Form of the log: text, json, or auto (text on a terminal, JSON lines elsewhere)", {.choices = "auto|text|json"}},
});

#undef AT

// clang-format on

}  // namespace

std::span<const Key> keys() { return table; }

const Key* find_key(std::string_view name) {
    for (const auto& key : table)
        if (key.name == name) return &key;
    return nullptr;
}

std::string environment_name(std::string_view key) {
    std::string name = "RIPOSTE_";
    for (const char c : key) {
        if (c == '.') name += "__";
        else if (c == '-') name += '_';
        else name += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    return name;
}

}  // namespace riposte
