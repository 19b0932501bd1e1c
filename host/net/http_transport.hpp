#pragma once

#include "base/async.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>

namespace riposte {

/// Bytes of one HTTP connection in and out, each step under the deadline that was armed before. Lives on its net thread.
class HttpTransport : public std::enable_shared_from_this<HttpTransport> {
public:
    using Socket = asio::generic::stream_protocol::socket;
    using Buffers = std::array<asio::const_buffer, 2>;

    explicit HttpTransport(Socket socket) : socket_(std::move(socket)), timer_(socket_.get_executor()) {}

    /// When the time is up, what the socket waits for ends with an error and timed_out() says why.
    void arm(std::chrono::steady_clock::duration time);
    void disarm();
    bool timed_out() const { return timed_out_; }

    /// What has come and was not consumed; valid until the next read.
    std::string_view received() const { return {static_cast<const char*>(buffer_.data().data()), buffer_.size()}; }
    void consume(std::size_t bytes) { buffer_.consume(bytes); }
    /// How many more bytes came, at most `most`; 0 when the client has gone or the time is up.
    Awaitable<std::size_t> read_some(std::size_t most);
    /// False when the client has gone or the time is up.
    Awaitable<bool> write(Buffers buffers);
    Awaitable<> write_continue();
    /// Ends the connection after an answer that its client shall be able to read.
    Awaitable<> linger();

    /// For Beast's parser, and for whoever takes the connection over.
    Socket& socket() { return socket_; }
    boost::beast::flat_buffer& buffer() { return buffer_; }
    bool is_open() const { return socket_.is_open(); }
    void close();

private:
    Socket socket_;
    asio::steady_timer timer_;
    boost::beast::flat_buffer buffer_;
    std::uint64_t armings_ = 0;
    bool timed_out_ = false;
};

}  // namespace riposte
