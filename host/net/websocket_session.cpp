#include "net/websocket_session.hpp"

#include "base/log.hpp"
#include "net/net_thread.hpp"
#include "net/outbox.hpp"
#include "net/services.hpp"
#include "net/socket_session.hpp"
#include "protocol/events.hpp"

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <utility>

namespace riposte {
namespace {

namespace websocket = boost::beast::websocket;
using boost::system::error_code;

// The concrete executor spares every operation the type-erased one.
using Socket = asio::basic_stream_socket<asio::generic::stream_protocol, asio::io_context::executor_type>;

constexpr std::chrono::seconds hello_deadline{10};
constexpr std::chrono::seconds close_deadline{2};
constexpr std::chrono::seconds idle_deadline{90};  // a ping goes out at half of it

Socket on_thread(NetThread& thread, asio::generic::stream_protocol::socket socket) {
    const auto protocol = socket.local_endpoint().protocol();
    return Socket(thread.io, protocol, socket.release());
}

/// Beast's side of one socket: a coroutine reads; the thread's sweep comes by to empty the outbox, one write at a time.
class WebSocketSession final : public SocketTransport,
                               public WriteSweep::Writer,
                               public std::enable_shared_from_this<WebSocketSession> {
public:
    WebSocketSession(NetThread& thread, Services& services, Upgrade upgrade)
        : sweep_(thread.sweep),
          stream_(on_thread(thread, std::move(upgrade.socket))),
          head_(std::move(upgrade.head)),
          deadline_(thread.io),
          outbox_(services.options.outbox_bytes),
          frame_bytes_(services.options.frame_bytes),
          session_(std::make_shared<SocketSession>(thread, services, std::move(upgrade.request), *this)) {}

    Awaitable<> run() {
        const auto self = shared_from_this();
        const bool accepted = co_await accept();
        if (!accepted) co_return;
        session_->enter();
        close_unless_cancelled(hello_deadline);
        co_await read_all();
        session_->leave();
        deadline_.cancel();
        closed_ = true;
        outbox_.clear();
    }

    void send(std::shared_ptr<const std::string> lines) override {
        if (closing_ || closed_) return;
        if (!outbox_.push(std::move(lines))) return close_slow();
        wait_for_turn();
    }

    void close(CloseCode code, std::string reason) override {
        if (closing_ || closed_) return;
        closing_ = websocket::close_reason(static_cast<websocket::close_code>(code), reason);
        close_unless_cancelled(close_deadline);
        wait_for_turn();
    }

private:
    Awaitable<bool> accept() {
        stream_.set_option(websocket::stream_base::timeout{hello_deadline, idle_deadline, true});
        stream_.read_message_max(frame_bytes_);
        stream_.auto_fragment(false);
        stream_.text(true);
        error_code failed;
        co_await stream_.async_accept(asio::buffer(head_), asio::redirect_error(asio::use_awaitable, failed));
        head_ = {};
        co_return !failed;
    }

    Awaitable<> read_all() {
        boost::beast::flat_buffer buffer(frame_bytes_);
        for (;;) {
            error_code failed;
            co_await stream_.async_read(buffer, asio::redirect_error(asio::use_awaitable, failed));
            if (failed) co_return;
            std::string frame(static_cast<const char*>(buffer.cdata().data()), buffer.size());
            buffer.clear();
            buffer.shrink_to_fit();  // an idle socket keeps no buffer
            co_await session_->handle(std::move(frame));
            if (session_->live() && !closing_) deadline_.cancel();
        }
    }

    void wait_for_turn() {
        if (writing_ || waits_) return;
        waits_ = true;
        sweep_.enlist(shared_from_this());
    }

    void write_now() override {
        waits_ = false;
        if (outbox_.empty()) {
            if (closing_) write_close();
            return;
        }
        writing_ = outbox_.take_frame();
        stream_.async_write(asio::buffer(*writing_), [self = shared_from_this()](error_code failed, std::size_t) {
            self->writing_.reset();
            if (failed) return self->end();
            if (!self->outbox_.empty() || self->closing_) self->wait_for_turn();
        });
    }

    void write_close() {
        if (close_sent_) return;
        close_sent_ = true;
        stream_.async_close(*closing_, [self = shared_from_this()](error_code) { self->end(); });
    }

    /// Nothing more is queued; what is in the kernel's buffer may still arrive, and the client resumes by seq.
    void close_slow() {
        outbox_.clear();
        static_cast<void>(outbox_.push(std::make_shared<const std::string>(
            event_line::bye(event_line::ByeReason::Slow, std::chrono::milliseconds{0}) + '\n')));
        close(CloseCode::Slow, "too slow: resume by seq");
    }

    void close_unless_cancelled(std::chrono::seconds after) {
        deadline_.expires_after(after);
        deadline_.async_wait([weak = weak_from_this()](error_code cancelled) {
            if (const auto self = weak.lock(); self && !cancelled) self->end();
        });
    }

    /// Closing the socket ends the pending read, and with it run().
    void end() {
        error_code ignored;
        stream_.next_layer().close(ignored);
    }

    WriteSweep& sweep_;
    websocket::stream<Socket, false> stream_;
    std::string head_;
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                               asio::io_context::executor_type>
        deadline_;
    Outbox outbox_;
    std::shared_ptr<const std::string> writing_;
    std::optional<websocket::close_reason> closing_;
    bool waits_ = false;  // for its turn to write
    bool close_sent_ = false;
    bool closed_ = false;
    std::size_t frame_bytes_;
    std::shared_ptr<SocketSession> session_;
};

}  // namespace

void serve_websocket(NetThread& thread, Services& services, Upgrade upgrade) {
    auto session = std::make_shared<WebSocketSession>(thread, services, std::move(upgrade));
    spawn(thread.io.get_executor(), "websocket", session->run());
}

}  // namespace riposte
