#include "net/http_session.hpp"

#include "base/log.hpp"
#include "net/net_thread.hpp"
#include "net/response_text.hpp"
#include "net/services.hpp"
#include "net/websocket_session.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <chrono>
#include <utility>

namespace riposte {
namespace {

namespace http = boost::beast::http;
using SystemError = boost::system::error_code;
using std::chrono::seconds;

constexpr seconds linger_time{2};              // for a client to read why it was refused
constexpr std::size_t linger_bytes = 4 << 20;  // that it may go on sending meanwhile
constexpr std::size_t read_step = 4096;
constexpr std::size_t stream_step = 128 * 1024;  // of an upload or a download at a time
constexpr std::int64_t slowest_upload = 4096;    // bytes a second, on the average
constexpr HeadLimits head_limits;

}  // namespace

/// One connection: reads a request, has it answered, writes the response, in turn. A deadline watches each step.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
public:
    HttpSession(HttpConnections& owner, asio::generic::stream_protocol::socket socket, Peer peer)
        : owner_(owner),
          options_(owner.site_.services().options),
          socket_(std::move(socket)),
          timer_(owner.site_.thread().io),
          peer_(std::move(peer)) {}

    Awaitable<> run() {
        const auto self = shared_from_this();
        for (bool more = true; more;) more = co_await serve_one();
        disarm();
        owner_.sessions_.erase(this);
    }

    void drain() {
        if (waiting_) close();
    }
    void close() {
        SystemError ignored;
        socket_.close(ignored);
    }

private:
    /// False when the connection has ended.
    Awaitable<bool> serve_one() {
        const auto length = co_await read_head();
        if (!length) co_return co_await refuse_late();
        auto head = parse_head(received().substr(0, *length), head_limits);
        if (!head) co_return co_await refuse(head.error());
        if (Site::is_socket_upgrade(*head)) co_return co_await upgrade(std::move(*head), *length);
        if (Site::takes_stream(*head)) co_return co_await serve_stream(std::move(*head), *length);
        auto body = co_await read_body(*head);
        if (!body) co_return co_await refuse(body.error());
        disarm();
        const auto method = method_from(head->method).value_or(Method::Get);
        const bool keep_alive = head->keep_alive();
        auto response = co_await owner_.site_.answer(std::move(*head), std::move(*body), peer_);
        const bool more = keep_alive && !owner_.draining_;
        const bool written =
            co_await write(std::move(response), method, more ? Connection::KeepAlive : Connection::Close);
        co_return more&& written;
    }

    /// A body that the handler takes piece by piece; what it leaves is not read, and the connection ends.
    Awaitable<bool> serve_stream(Head head, std::size_t length) {
        buffer_.consume(length);
        if (!head.content_length || head.chunked) {
            const Problem unknown{.code = ErrorCode::MalformedRequest, .detail = "Content-Length is needed"};
            co_return co_await refuse(unknown);
        }
        disarm();
        const bool keep_alive = head.keep_alive();
        Incoming body(*this, head);
        auto response = co_await owner_.site_.answer(std::move(head), {}, peer_, &body);
        if (body.left() > 0) co_return co_await say_goodbye(std::move(response));
        const bool more = keep_alive && !owner_.draining_;
        const bool written =
            co_await write(std::move(response), Method::Post, more ? Connection::KeepAlive : Connection::Close);
        co_return more&& written;
    }

    class Incoming final : public BodyStream {
    public:
        Incoming(HttpSession& session, const Head& head)
            : session_(session),
              bytes_(static_cast<std::int64_t>(*head.content_length)),
              left_(bytes_),
              asked_(head.field("expect").has_value()),
              end_(std::chrono::steady_clock::now() +
                   seconds(session.options_.body_timeout_s + bytes_ / slowest_upload)) {}

        std::int64_t bytes() const override { return bytes_; }
        std::int64_t left() const { return left_; }
        Awaitable<Result<std::string>> next() override {
            if (left_ == 0) co_return std::string();
            if (std::exchange(asked_, false)) co_await session_.write_continue();
            auto& buffer = session_.buffer_;
            if (buffer.size() == 0) {
                const auto patience = std::min<std::chrono::steady_clock::duration>(
                    seconds(session_.options_.body_timeout_s), end_ - std::chrono::steady_clock::now());
                session_.arm(patience);
                const auto count = co_await session_.read_some(stream_step);
                session_.disarm();
                if (count == 0)
                    co_return Problem{.code = session_.timed_out_ ? ErrorCode::Timeout : ErrorCode::MalformedRequest};
            }
            const auto size = std::min(buffer.size(), static_cast<std::size_t>(left_));
            std::string piece(session_.received().substr(0, size));
            buffer.consume(size);
            left_ -= static_cast<std::int64_t>(size);
            co_return piece;
        }

    private:
        HttpSession& session_;
        const std::int64_t bytes_;
        std::int64_t left_;
        bool asked_;  // for "100 Continue", which is said once the body is wanted
        const std::chrono::steady_clock::time_point end_;
    };

    std::string_view received() const { return {static_cast<const char*>(buffer_.data().data()), buffer_.size()}; }

    /// Length of the header at the front of the buffer; more than the limit is handed on, to be refused.
    Awaitable<std::optional<std::size_t>> read_head() {
        arm(seconds(served_ > 0 && buffer_.size() == 0 ? options_.idle_timeout_s : options_.header_timeout_s));
        bool begun = served_ == 0 || buffer_.size() > 0;
        for (;;) {
            skip_empty_line();
            if (const auto length = head_length(received())) co_return length;
            if (buffer_.size() > head_limits.bytes) co_return buffer_.size();
            if (!begun && buffer_.size() > 0) {
                begun = true;
                arm(seconds(options_.header_timeout_s));
            }
            waiting_ = buffer_.size() == 0;
            const auto count = co_await read_some();
            waiting_ = false;
            if (count == 0) co_return std::nullopt;
        }
    }

    /// Some clients end a body with an extra CRLF; RFC 9112 2.2 lets one pass.
    void skip_empty_line() {
        if (received().starts_with("\r\n")) buffer_.consume(2);
    }

    Awaitable<std::size_t> read_some(std::size_t step = read_step) {
        SystemError failed;
        const auto space = buffer_.prepare(step);
        const auto count = co_await socket_.async_read_some(space, asio::redirect_error(asio::use_awaitable, failed));
        if (failed) co_return 0;
        buffer_.commit(count);
        co_return count;
    }

    /// Beast reads the request once more, and its body. A second opinion on the header costs little.
    Awaitable<Result<std::string>> read_body(const Head& head) {
        if (head.content_length.value_or(0) > options_.body_bytes) co_return Problem{.code = ErrorCode::TooLarge};
        http::request_parser<http::string_body> parser;
        parser.header_limit(static_cast<std::uint32_t>(head_limits.bytes));
        parser.body_limit(options_.body_bytes);
        std::size_t extensions = 0;
        auto count_extensions = [&extensions](std::uint64_t, boost::beast::string_view text, SystemError& refused) {
            extensions += text.size();
            if (extensions > longest_chunk_extensions) refused = http::error::bad_chunk_extension;
        };
        parser.on_chunk_header(count_extensions);
        if (head.has_body()) {
            arm(seconds(options_.body_timeout_s));
            const bool asked = head.field("expect").has_value();
            if (asked) co_await write_continue();
        }
        SystemError failed;
        co_await http::async_read(socket_, buffer_, parser, asio::redirect_error(asio::use_awaitable, failed));
        if (!failed) co_return std::move(parser.get().body());
        if (timed_out_) co_return Problem{.code = ErrorCode::Timeout};
        if (failed == http::error::body_limit) co_return Problem{.code = ErrorCode::TooLarge};
        co_return Problem{.code = ErrorCode::MalformedRequest, .detail = failed.message()};
    }

    Awaitable<> write_continue() {
        static constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
        SystemError ignored;
        co_await asio::async_write(socket_, asio::buffer(line), asio::redirect_error(asio::use_awaitable, ignored));
    }

    Awaitable<bool> upgrade(Head head, std::size_t length) {
        if (buffer_.size() > length) {
            const Problem early{.code = ErrorCode::MalformedRequest,
                                .detail = "bytes before the handshake was answered"};
            co_return co_await refuse(early);
        }
        std::string bytes(received());
        buffer_ = {};
        disarm();
        auto admission = co_await owner_.site_.admit_socket(std::move(head), peer_);
        if (!admission.request) co_return co_await say_goodbye(std::move(admission.refusal));
        if (!socket_.is_open()) co_return false;  // closed meanwhile: the host stops
        serve_websocket(owner_.site_.thread(), owner_.site_.services(),
                        Upgrade{std::move(socket_), std::move(bytes), std::move(*admission.request)});
        co_return false;
    }

    /// The header did not come in time, or the client has gone.
    Awaitable<bool> refuse_late() {
        if (!timed_out_ || buffer_.size() == 0) co_return false;
        const Problem late{.code = ErrorCode::Timeout};
        co_return co_await refuse(late);
    }

    Awaitable<bool> refuse(Problem problem) {
        auto response = owner_.site_.refuse(problem, peer_);
        co_return co_await say_goodbye(std::move(response));
    }

    Awaitable<bool> say_goodbye(Response response) {
        const bool written = co_await write(std::move(response), Method::Get, Connection::Close);
        if (!written) co_return false;
        // Closing while bytes wait unread resets the connection, and the client would never see the answer.
        SystemError failed;
        socket_.shutdown(asio::socket_base::shutdown_send, failed);
        arm(linger_time);
        for (std::size_t drained = 0; !failed && drained < linger_bytes;) {
            buffer_.clear();
            const auto count = co_await read_some();
            if (count == 0) break;
            drained += count;
        }
        co_return false;
    }

    Awaitable<bool> write(Response response, Method method, Connection connection) {
        const auto header = header_text(response, connection);
        const bool with_body = sends_body(response, method);
        const std::array<asio::const_buffer, 2> buffers = {
            asio::buffer(header), with_body ? asio::buffer(response.body) : asio::const_buffer()};
        arm(seconds(options_.body_timeout_s));
        SystemError failed;
        co_await asio::async_write(socket_, buffers, asio::redirect_error(asio::use_awaitable, failed));
        if (!failed && with_body && response.file) {
            const bool sent = co_await write_file(*response.file);
            if (!sent) failed = asio::error::broken_pipe;
        }
        disarm();
        ++served_;
        co_return !failed;
    }

    /// The header has promised so many bytes: when they can't be had, only closing tells.
    Awaitable<bool> write_file(const FileBody& file) {
        for (std::int64_t sent = 0; sent < file.bytes;) {
            const auto piece = co_await file.read(sent, stream_step);
            if (!piece || piece->empty()) co_return false;
            arm(seconds(options_.body_timeout_s));
            SystemError failed;
            co_await asio::async_write(socket_, asio::buffer(*piece),
                                       asio::redirect_error(asio::use_awaitable, failed));
            if (failed) co_return false;
            sent += static_cast<std::int64_t>(piece->size());
        }
        co_return true;
    }

    /// When the time is up, what the socket waits for ends with an error and `timed_out_` says why.
    void arm(std::chrono::steady_clock::duration time) {
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
    void disarm() {
        ++armings_;
        timer_.cancel();
    }

    HttpConnections& owner_;
    const NetOptions& options_;
    asio::generic::stream_protocol::socket socket_;
    asio::steady_timer timer_;
    boost::beast::flat_buffer buffer_;
    Peer peer_;
    std::uint64_t served_ = 0;
    std::uint64_t armings_ = 0;
    bool timed_out_ = false;
    bool waiting_ = false;  // for the first byte of a request
};

void HttpConnections::serve(asio::generic::stream_protocol::socket socket, Peer peer) {
    if (closed_) return;
    if (sessions_.size() + site_.thread().hub.size() >= limit_) {
        if (turned_away_++ % 1000 == 0)
            log::warning("too many connections", {{"limit", limit_}, {"turned_away", turned_away_}});
        return;
    }
    const auto session = std::make_shared<HttpSession>(*this, std::move(socket), std::move(peer));
    sessions_.emplace(session.get(), session);
    spawn(site_.thread().io.get_executor(), "http", session->run());
}

void HttpConnections::drain() {
    draining_ = true;
    for (const auto& [key, weak] : sessions_)
        if (const auto session = weak.lock()) session->drain();
}

void HttpConnections::close() {
    closed_ = true;
    for (const auto& [key, weak] : sessions_)
        if (const auto session = weak.lock()) session->close();
}

}  // namespace riposte
