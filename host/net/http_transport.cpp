#include "net/http_transport.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/write.hpp>

namespace riposte {
namespace {

using SystemError = boost::system::error_code;

constexpr std::chrono::seconds linger_time{2};  // for a client to read why it was refused
constexpr std::size_t linger_bytes = 4 << 20;   // that it may go on sending meanwhile
constexpr std::size_t linger_step = 4096;

}  // namespace

void HttpTransport::arm(std::chrono::steady_clock::duration time) {
    timed_out_ = false;
    timer_.expires_after(time);
    timer_.async_wait([weak = weak_from_this(), armed = ++armings_](SystemError cancelled) {
        const auto self = weak.lock();
        if (cancelled || !self || self->armings_ != armed) return;
        self->timed_out_ = true;
        SystemError ignored;
        self->socket_.cancel(ignored);
    });
}

/// The count, too: a timer that has rung already must not hit the next step.
void HttpTransport::disarm() {
    ++armings_;
    timer_.cancel();
}

Awaitable<std::size_t> HttpTransport::read_some(std::size_t most) {
    SystemError failed;
    const auto space = buffer_.prepare(most);
    const auto count = co_await socket_.async_read_some(space, asio::redirect_error(asio::use_awaitable, failed));
    if (failed) co_return 0;
    buffer_.commit(count);
    co_return count;
}

Awaitable<bool> HttpTransport::write(Buffers buffers) {
    SystemError failed;
    co_await asio::async_write(socket_, buffers, asio::redirect_error(asio::use_awaitable, failed));
    co_return !failed;
}

Awaitable<> HttpTransport::write_continue() {
    static constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
    const Buffers buffers{asio::buffer(line), asio::const_buffer()};
    co_await write(buffers);
}

/// Closing while bytes wait unread resets the connection, and the client would never see the answer.
Awaitable<> HttpTransport::linger() {
    SystemError failed;
    socket_.shutdown(asio::socket_base::shutdown_send, failed);
    arm(linger_time);
    for (std::size_t drained = 0; !failed && drained < linger_bytes;) {
        buffer_.clear();
        const auto count = co_await read_some(linger_step);
        if (count == 0) break;
        drained += count;
    }
}

void HttpTransport::close() {
    SystemError ignored;
    socket_.close(ignored);
}

}  // namespace riposte
