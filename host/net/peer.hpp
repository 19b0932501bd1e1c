#pragma once

#include "net/http_policy.hpp"
#include "net/services.hpp"

#include <string>

namespace riposte {

/// Who is at the other end of a connection.
struct Peer {
    std::string address;        // "192.0.2.7"; "unix"
    std::string operator_name;  // "uid 0, cli" over the Unix socket, else ""
};

/// The client as it stands behind the proxies.
struct Client {
    std::string address;
    bool secure = false;  // it speaks https
};

/// Believes X-Forwarded-For and X-Forwarded-Proto as far as trusted proxies wrote them, from the right. A public_url of
/// https also makes those requests secure that name its host. Pure.
Client client_of(const Peer& peer, const Head& head, const NetOptions& options);

/// Whether `address` is one of `networks` ("10.0.0.0/8", "192.0.2.1", "::1"). Pure.
bool is_in(const std::string& address, const std::vector<std::string>& networks);
/// "127.0.0.1", "::1", "::ffff:127.0.0.1", "unix".
bool is_this_machine(const std::string& address);

}  // namespace riposte
