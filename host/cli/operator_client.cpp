#include "cli/operator_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include <chrono>
#include <stdexcept>

namespace riposte {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::chrono::seconds longest_wait{120};
constexpr std::size_t largest_reply = 64 << 20;

std::runtime_error unreachable(const std::string& unix_socket, const error_code& why) {
    if (why == boost::system::errc::permission_denied)
        return std::runtime_error("this user may not use " + unix_socket +
                                  ": run the command as the user of the server, or as root");
    return std::runtime_error(
        "no server answers at " + unix_socket + " (" + why.message() +
        "): start it with `riposte serve`, or name the data folder of the one that runs: --data DIR");
}

/// One exchange on a connection of its own.
class Exchange {
public:
    explicit Exchange(const std::string& unix_socket) : socket_(io_) {
        error_code why;
        socket_.connect(asio::local::stream_protocol::endpoint(unix_socket), why);
        if (why) throw unreachable(unix_socket, why);
        parser_.body_limit(largest_reply);
    }

    OperatorReply run(http::request<http::string_body> request) {
        error_code outcome = asio::error::timed_out;
        http::async_write(socket_, request, [&](error_code written, std::size_t) {
            outcome = written;
            if (!written)
                http::async_read(socket_, buffer_, parser_, [&](error_code read, std::size_t) { outcome = read; });
        });
        io_.run_for(longest_wait);
        if (!parser_.is_done()) throw std::runtime_error("the server did not answer: " + outcome.message());
        return {parser_.get().result_int(), parser_.get().body()};
    }

private:
    asio::io_context io_{1};
    asio::local::stream_protocol::socket socket_;
    boost::beast::flat_buffer buffer_;
    http::response_parser<http::string_body> parser_;
};

}  // namespace

OperatorReply ask_server(const std::string& unix_socket, std::string_view method, const std::string& target,
                         const std::string& body) {
    http::request<http::string_body> request;
    request.method(http::string_to_verb(boost::beast::string_view(method.data(), method.size())));
    request.target(target);
    request.set(http::field::host, "localhost");
    request.keep_alive(false);
    if (!body.empty()) {
        request.set(http::field::content_type, "application/json");
        request.body() = body;
    }
    request.prepare_payload();
    return Exchange(unix_socket).run(std::move(request));
}

std::string path_segment(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (plain) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += digits[byte >> 4];
            encoded += digits[byte & 15];
        }
    }
    return encoded;
}

}  // namespace riposte
