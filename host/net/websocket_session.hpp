#pragma once

#include "base/async.hpp"
#include "net/http.hpp"

#include <boost/asio/generic/stream_protocol.hpp>

#include <memory>

namespace riposte {

struct NetThread;
struct Services;

/// An upgrade whose Origin, identity and limits http_session has already checked. `head` is the request's header as it
/// came, ending in an empty line.
struct Upgrade {
    asio::generic::stream_protocol::socket socket;
    std::string head;
    Request request;
};

/// Serves one WebSocket until it ends; returns at once, the session keeps itself alive. [net] of `thread`
void serve_websocket(NetThread& thread, Services& services, Upgrade upgrade);

}  // namespace riposte
