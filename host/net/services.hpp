#pragma once

#include "commands/catalogue.hpp"

#include <atomic>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace riposte {

class Accounts;
class Chat;
class FileStorage;
class Invocations;
class Operator;
class Presence;
class RateLimit;
class Store;
class TypingHelp;
struct NetThread;

/// What of the configuration concerns the network; one value, never changed after the start.
struct NetOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    std::string unix_socket;  // "" = none
    std::string public_url;   // "" = whatever the request's Host says
    bool insecure_http = false;
    std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-For counts
    int threads = 0;                           // 0 = one a core
    std::string web_root;                      // folder of the built client; "" = none
    std::string build;                         // version and hash, told to browsers
    std::size_t body_bytes = 262144;
    std::size_t frame_bytes = 65536;
    std::int64_t file_bytes = 20 << 20;         // of one upload; 0: none are taken
    std::int64_t user_files_bytes = 1LL << 30;  // of one person's uploads together
    std::int64_t plugin_bytes = 64 << 20;       // of one build that an operator brings; 0: none are taken
    std::size_t outbox_bytes = 4 << 20;         // more waiting for one socket: it is closed with a resume hint
    int actions_in_flight = 32;
    int posts_per_10s = 30;
    int requests_per_10s = 300;  // REST, of one person or, before sign-in, of one address
    int sockets_per_user = 10;
    int max_connections = 20000;
    int header_timeout_s = 10;  // for a request's header, from its first byte
    int body_timeout_s = 20;    // for a request's body, and for the client to take the answer
    int idle_timeout_s = 75;    // between two requests of one connection
};

/// What handlers and sessions may use. Everything outlives the [net] threads.
struct Services {
    const NetOptions& options;
    Store& store;
    Accounts& accounts;
    Chat& chat;
    TypingHelp& typing_help;
    Invocations& invocations;
    Operator& operations;
    Presence& presence;
    FileStorage& files;
    RateLimit& post_limit;              // posts, by user name, over sockets and REST together
    const std::atomic<bool>& draining;  // SIGTERM came: readyz says 503, no new sockets
    std::span<NetThread* const> threads;
};

}  // namespace riposte
