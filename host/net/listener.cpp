#include "net/listener.hpp"

#include "base/log.hpp"
#include "net/http_session.hpp"
#include "net/net_thread.hpp"
#include "net/unix_socket.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <optional>
#include <stdexcept>

namespace riposte {
namespace {

namespace ip = boost::asio::ip;
using asio::local::stream_protocol;
using SystemError = boost::system::error_code;

constexpr std::chrono::milliseconds pause_without_descriptors{100};

ip::tcp::acceptor listen_on_tcp(asio::io_context& io, const NetOptions& options) {
    const auto address = ip::make_address(options.address);
    if (!address.is_loopback() && !options.insecure_http && options.trusted_proxies.empty())
        throw std::runtime_error(
            "http.address " + options.address +
            " is reached by plain http from other machines: put a "
            "proxy with TLS in front and name it in http.trusted_proxies, or set http.insecure_http = true");
    if (!address.is_loopback() && options.insecure_http)
        log::warning("plain http beyond this machine: passwords travel readable", {{"address", options.address}});
    const ip::tcp::endpoint endpoint(address, options.port);
    ip::tcp::acceptor acceptor(io, endpoint.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    SystemError failed;
    acceptor.bind(endpoint, failed);
    if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
    if (failed)
        throw std::runtime_error("cannot listen on " + options.address + " port " + std::to_string(options.port) +
                                 ": " + failed.message() + "; another server may be running, or set http.port");
    return acceptor;
}

Peer peer_of(const ip::tcp::socket& socket) {
    SystemError gone;
    return {.address = socket.remote_endpoint(gone).address().to_string(), .operator_name = {}};
}

Peer peer_of(stream_protocol::socket& socket) {
    return {.address = "unix", .operator_name = operator_behind(socket.native_handle())};
}

void set_options(ip::tcp::socket& socket) {
    SystemError gone;
    socket.set_option(ip::tcp::no_delay(true), gone);
}
void set_options(stream_protocol::socket&) {}

}  // namespace

struct Listener::State {
    State(std::vector<NetThread*> all, Services& services)
        : threads(std::move(all)),
          files(services.options.web_root),
          requests({.burst = static_cast<double>(services.options.requests_per_10s)}),
          tcp(listen_on_tcp(threads.front()->io, services.options)),
          pause(threads.front()->io) {
        const auto most = static_cast<std::size_t>(services.options.max_connections);
        const auto limit = (most + threads.size() - 1) / threads.size();
        for (auto* thread : threads)
            connections.emplace_back(Site(*thread, {services, files, requests, threads}), limit);
        if (services.options.unix_socket.empty()) return;
        unix_path.emplace(services.options.unix_socket);
        unix_acceptor.emplace(threads.front()->io, stream_protocol(), unix_path->listening());
    }

    template <class Acceptor>
    Awaitable<> accept(Acceptor& acceptor) {
        while (acceptor.is_open()) {
            const auto turn = next++ % threads.size();
            const asio::any_io_executor executor = threads[turn]->io.get_executor();
            SystemError failed;
            auto socket = co_await acceptor.async_accept(executor, asio::redirect_error(asio::use_awaitable, failed));
            if (!failed) hand_over(turn, std::move(socket));
            else if (acceptor.is_open() && failed != asio::error::connection_aborted) co_await wait(failed);
        }
    }

    template <class Socket>
    void hand_over(std::size_t turn, Socket socket) {
        set_options(socket);
        auto peer = peer_of(socket);
        asio::generic::stream_protocol::socket generic(std::move(socket));
        asio::post(threads[turn]->io, [this, turn, socket = std::move(generic), peer = std::move(peer)]() mutable {
            connections[turn].serve(std::move(socket), std::move(peer));
        });
    }

    /// No descriptor is free: trying again at once would only burn the processor.
    Awaitable<> wait(SystemError why) {
        log::warning("cannot accept", {{"why", why.message()}});
        pause.expires_after(pause_without_descriptors);
        SystemError ignored;
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }

    void stop_accepting() {
        SystemError ignored;
        tcp.close(ignored);
        if (unix_acceptor) unix_acceptor->close(ignored);
    }

    std::vector<NetThread*> threads;
    StaticFiles files;
    RateLimit requests;
    std::deque<HttpConnections> connections;  // one a thread, where it stays
    ip::tcp::acceptor tcp;
    std::optional<UnixSocketPath> unix_path;
    std::optional<stream_protocol::acceptor> unix_acceptor;
    asio::steady_timer pause;
    std::size_t next = 0;
};

Listener::Listener(std::vector<NetThread*> threads, Services& services)
    : state_(std::make_unique<State>(std::move(threads), services)) {}

Listener::~Listener() = default;

void Listener::start() {
    const auto executor = state_->threads.front()->io.get_executor();
    spawn(executor, "accept tcp", state_->accept(state_->tcp));
    if (state_->unix_acceptor) spawn(executor, "accept unix", state_->accept(*state_->unix_acceptor));
}

std::uint16_t Listener::port() const { return state_->tcp.local_endpoint().port(); }

void Listener::drain() {
    for (std::size_t i = 0; i < state_->threads.size(); ++i)
        asio::post(state_->threads[i]->io, [this, i] { state_->connections[i].drain(); });
}

bool Listener::is_empty() const {
    return std::ranges::all_of(state_->threads, [](const NetThread* thread) { return thread->hub.size() == 0; }) &&
           std::ranges::all_of(state_->connections, [](const HttpConnections& some) { return some.size() == 0; });
}

void Listener::close() {
    asio::post(state_->threads.front()->io, [this] { state_->stop_accepting(); });
    for (std::size_t i = 0; i < state_->threads.size(); ++i)
        asio::post(state_->threads[i]->io, [this, i] { state_->connections[i].close(); });
}

}  // namespace riposte
