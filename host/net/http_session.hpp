#pragma once

#include "net/peer.hpp"
#include "net/site.hpp"

#include <boost/asio/generic/stream_protocol.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>

namespace riposte {

class HttpSession;

/// The HTTP connections of one net thread. Everything but the constructor and size() runs on that thread.
class HttpConnections {
public:
    /// `limit`: WebSockets of the thread count too.
    HttpConnections(Site site, std::size_t limit) : site_(site), limit_(limit) {}

    /// Serves the connection until it ends or becomes a WebSocket; above the limit it is closed at once.
    void serve(asio::generic::stream_protocol::socket socket, Peer peer);
    /// Idle ones close now, all others after their next answer.
    void drain();
    void close();
    /// Connections that are open. Any thread.
    std::size_t size() const { return size_.load(std::memory_order_relaxed); }

private:
    friend class HttpSession;

    Site site_;
    std::size_t limit_;
    std::uint64_t turned_away_ = 0;
    bool draining_ = false;
    bool closed_ = false;
    std::unordered_map<const HttpSession*, std::weak_ptr<HttpSession>> sessions_;
    std::atomic<std::size_t> size_{0};  // of sessions_
};

}  // namespace riposte
