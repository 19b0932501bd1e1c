#pragma once

#include "base/async.hpp"
#include "loader/worker_messages.hpp"
#include "protocol/worker_frames.hpp"

#include <boost/asio/local/stream_protocol.hpp>

#include <functional>
#include <memory>
#include <string>

namespace riposte {

/// The host's end of the line to a guest. [control]
class GuestChannel : public std::enable_shared_from_this<GuestChannel> {
public:
    struct Handlers {
        std::function<void(FromGuest&&)> received;
        /// What came together has been handled.
        std::function<void()> batch_ended;
        /// The last one. "" or how the peer broke the protocol.
        std::function<void(std::string violation)> closed;
    };

    /// Owns the socket.
    GuestChannel(asio::any_io_executor control, int socket);
    void open(Handlers handlers);
    /// Never waits. A guest that does not read while 20 MiB pile up is closed.
    void send(const ToGuest& message);
    /// Larger frames are a violation; see FrameBuffer.
    void allow(std::size_t frame_bytes) { received_.allow(frame_bytes); }
    /// No handler is called any more.
    void close();

private:
    void read();
    void received(std::size_t bytes);
    void write();
    void end(std::string violation);

    asio::local::stream_protocol::socket socket_;
    Handlers handlers_;
    FrameBuffer received_;
    std::string out_;      // encoded, not yet taken by the socket
    std::string writing_;  // of an asynchronous write
};

}  // namespace riposte
