#include "net/http_session.hpp"

#include "base/log.hpp"
#include "net/http_transport.hpp"
#include "net/net_thread.hpp"
#include "net/request_body.hpp"
#include "net/response_text.hpp"
#include "net/services.hpp"
#include "net/websocket_session.hpp"

#include <chrono>
#include <utility>

namespace riposte {
namespace {

using std::chrono::seconds;

constexpr std::size_t read_step = 4096;
constexpr std::size_t download_step = 128 * 1024;  // of a file at a time
constexpr HeadLimits head_limits;

}  // namespace

/// One connection: reads a request, has it answered, writes the response, in turn. A deadline watches each step.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
public:
    HttpSession(HttpConnections& owner, HttpTransport::Socket socket, Peer peer)
        : owner_(owner),
          options_(owner.site_.services().options),
          transport_(std::make_shared<HttpTransport>(std::move(socket))),
          peer_(std::move(peer)) {}

    Awaitable<> run() {
        const auto self = shared_from_this();
        for (bool more = true; more;) more = co_await serve_one();
        transport_->disarm();
        owner_.sessions_.erase(this);
        owner_.size_ = owner_.sessions_.size();
    }

    void drain() {
        if (waiting_) close();
    }
    void close() { transport_->close(); }

private:
    /// False when the connection has ended.
    Awaitable<bool> serve_one() {
        const auto length = co_await read_head();
        if (!length) co_return co_await refuse_late();
        auto head = parse_head(transport_->received().substr(0, *length), head_limits);
        if (!head) co_return co_await refuse(head.error());
        if (Site::is_socket_upgrade(*head)) co_return co_await upgrade(std::move(*head), *length);
        if (Site::takes_stream(*head)) co_return co_await serve_stream(std::move(*head), *length);
        const BodyLimits limits{options_.body_bytes, seconds(options_.body_timeout_s)};
        auto body = co_await read_body(*transport_, *head, limits);
        if (!body) co_return co_await refuse(body.error());
        transport_->disarm();
        const auto method = method_from(head->method).value_or(Method::Get);
        const bool keep_alive = head->keep_alive();
        auto response = co_await owner_.site_.answer(std::move(*head), std::move(*body), peer_);
        co_return co_await answer(std::move(response), method, keep_alive);
    }

    /// What the handler leaves of its body is not read, and the connection ends.
    Awaitable<bool> serve_stream(Head head, std::size_t length) {
        transport_->consume(length);
        if (!head.content_length || head.chunked) {
            const Problem unknown{.code = ErrorCode::MalformedRequest, .detail = "Content-Length is needed"};
            co_return co_await refuse(unknown);
        }
        transport_->disarm();
        const bool keep_alive = head.keep_alive();
        UploadStream body(*transport_, head, seconds(options_.body_timeout_s));
        auto response = co_await owner_.site_.answer(std::move(head), {}, peer_, &body);
        if (body.left() > 0) co_return co_await say_goodbye(std::move(response));
        co_return co_await answer(std::move(response), Method::Post, keep_alive);
    }

    /// Length of the header at the front of the buffer; more than the limit is handed on, to be refused.
    Awaitable<std::optional<std::size_t>> read_head() {
        bool begun = served_ == 0 || !transport_->received().empty();
        transport_->arm(seconds(begun ? options_.header_timeout_s : options_.idle_timeout_s));
        for (;;) {
            skip_empty_line();
            const auto received = transport_->received();
            if (const auto length = head_length(received)) co_return length;
            if (received.size() > head_limits.bytes) co_return received.size();
            if (!begun && !received.empty()) {
                begun = true;
                transport_->arm(seconds(options_.header_timeout_s));
            }
            waiting_ = received.empty();
            const auto count = co_await transport_->read_some(read_step);
            waiting_ = false;
            if (count == 0) co_return std::nullopt;
        }
    }

    /// Some clients end a body with an extra CRLF; RFC 9112 2.2 lets one pass.
    void skip_empty_line() {
        if (transport_->received().starts_with("\r\n")) transport_->consume(2);
    }

    Awaitable<bool> upgrade(Head head, std::size_t length) {
        if (transport_->received().size() > length) {
            const Problem early{.code = ErrorCode::MalformedRequest,
                                .detail = "bytes before the handshake was answered"};
            co_return co_await refuse(early);
        }
        std::string bytes(transport_->received());
        transport_->buffer() = {};
        transport_->disarm();
        auto admission = co_await owner_.site_.admit_socket(std::move(head), peer_);
        if (!admission.request) co_return co_await say_goodbye(std::move(admission.refusal));
        if (!transport_->is_open()) co_return false;  // closed meanwhile: the host stops
        serve_websocket(owner_.site_.thread(), owner_.site_.services(),
                        Upgrade{std::move(transport_->socket()), std::move(bytes), std::move(*admission.request)});
        co_return false;
    }

    /// The header did not come in time, or the client has gone.
    Awaitable<bool> refuse_late() {
        if (!transport_->timed_out() || transport_->received().empty()) co_return false;
        const Problem late{.code = ErrorCode::Timeout};
        co_return co_await refuse(late);
    }

    Awaitable<bool> refuse(Problem problem) {
        auto response = owner_.site_.refuse(problem, peer_);
        co_return co_await say_goodbye(std::move(response));
    }

    Awaitable<bool> say_goodbye(Response response) {
        const bool written = co_await write(std::move(response), Method::Get, Connection::Close);
        if (written) co_await transport_->linger();
        co_return false;
    }

    Awaitable<bool> answer(Response response, Method method, bool keep_alive) {
        const bool more = keep_alive && !owner_.draining_;
        const auto connection = more ? Connection::KeepAlive : Connection::Close;
        const bool written = co_await write(std::move(response), method, connection);
        co_return written&& more;
    }

    Awaitable<bool> write(Response response, Method method, Connection connection) {
        const auto header = header_text(response, connection);
        const bool with_body = sends_body(response, method);
        const HttpTransport::Buffers buffers{asio::buffer(header),
                                             with_body ? asio::buffer(response.body) : asio::const_buffer()};
        transport_->arm(seconds(options_.body_timeout_s));
        bool written = co_await transport_->write(buffers);
        if (written && with_body && response.file) written = co_await write_file(*response.file);
        transport_->disarm();
        ++served_;
        co_return written;
    }

    /// The header has promised so many bytes: when they can't be had, only closing tells.
    Awaitable<bool> write_file(const FileBody& file) {
        for (std::int64_t sent = 0; sent < file.bytes;) {
            const auto piece = co_await file.read(sent, download_step);
            if (!piece || piece->empty()) co_return false;
            transport_->arm(seconds(options_.body_timeout_s));
            const HttpTransport::Buffers buffers{asio::buffer(*piece), asio::const_buffer()};
            const bool written = co_await transport_->write(buffers);
            if (!written) co_return false;
            sent += static_cast<std::int64_t>(piece->size());
        }
        co_return true;
    }

    HttpConnections& owner_;
    const NetOptions& options_;
    const std::shared_ptr<HttpTransport> transport_;
    Peer peer_;
    std::uint64_t served_ = 0;
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
    size_ = sessions_.size();
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
