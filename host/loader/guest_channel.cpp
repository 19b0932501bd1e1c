#include "loader/guest_channel.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <sys/socket.h>

namespace riposte {
namespace {

constexpr std::size_t read_at_once = 64 << 10;
constexpr std::size_t most_waiting_bytes = 20 << 20;  // one state and some calls

}  // namespace

GuestChannel::GuestChannel(asio::any_io_executor control, int socket)
    : socket_(control, asio::local::stream_protocol(), socket) {
    socket_.non_blocking(true);
}

void GuestChannel::open(Handlers handlers) {
    handlers_ = std::move(handlers);
    read();
}

void GuestChannel::send(const ToGuest& message) {
    if (!socket_.is_open()) return;
    encode(message, out_);
    if (!writing_.empty()) {
        if (out_.size() > most_waiting_bytes) end("it does not read what it is sent");
        return;
    }
    // Nearly always the socket takes it at once, which saves a turn of the event loop.
    const auto sent = ::send(socket_.native_handle(), out_.data(), out_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0) out_.erase(0, static_cast<std::size_t>(sent));
    if (!out_.empty()) write();
}

void GuestChannel::write() {
    writing_.swap(out_);
    out_.clear();
    asio::async_write(socket_, asio::buffer(writing_),
                      [self = shared_from_this()](const boost::system::error_code& failure, std::size_t) {
                          self->writing_.clear();
                          if (!failure && !self->out_.empty()) self->write();
                      });
}

void GuestChannel::read() {
    const auto space = received_.space(read_at_once);
    socket_.async_read_some(asio::buffer(space.data(), space.size()),
                            [self = shared_from_this()](const boost::system::error_code& failure, std::size_t bytes) {
                                if (!self->socket_.is_open()) return;
                                if (failure) self->end({});
                                else self->received(bytes);
                            });
}

void GuestChannel::received(std::size_t bytes) {
    received_.received(bytes);
    while (const auto frame = received_.next()) {
        auto message = decode_from_guest(frame->type, frame->payload);
        if (!message) return end("a message that cannot be read");
        handlers_.received(std::move(*message));
        if (!socket_.is_open()) return;
    }
    if (!received_.violation().empty()) return end(received_.violation());
    handlers_.batch_ended();
    if (socket_.is_open()) read();
}

void GuestChannel::end(std::string violation) {
    const auto closed = std::move(handlers_.closed);
    close();
    if (closed) closed(std::move(violation));
}

void GuestChannel::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
    // The handlers may own what owns this; they may also be running just now.
    asio::post(socket_.get_executor(), [handlers = std::exchange(handlers_, {})] {});
}

}  // namespace riposte
