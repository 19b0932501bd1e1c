#include "net/request_body.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <utility>

namespace riposte {
namespace {

namespace http = boost::beast::http;
using SystemError = boost::system::error_code;
using std::chrono::seconds;

constexpr std::size_t upload_step = 128 * 1024;  // bytes read at a time
constexpr std::int64_t slowest_upload = 4096;    // bytes a second, on the average

}  // namespace

Awaitable<Result<std::string>> read_body(HttpTransport& transport, const Head& head, BodyLimits limits) {
    if (head.content_length.value_or(0) > limits.bytes) co_return Problem{.code = ErrorCode::TooLarge};
    http::request_parser<http::string_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(HeadLimits().bytes));
    parser.body_limit(limits.bytes);
    std::size_t extensions = 0;
    auto count_extensions = [&extensions](std::uint64_t, boost::beast::string_view text, SystemError& refused) {
        extensions += text.size();
        if (extensions > longest_chunk_extensions) refused = http::error::bad_chunk_extension;
    };
    parser.on_chunk_header(count_extensions);
    if (head.has_body()) {
        transport.arm(limits.time);
        const bool asked = head.field("expect").has_value();
        if (asked) co_await transport.write_continue();
    }
    SystemError failed;
    co_await http::async_read(transport.socket(), transport.buffer(), parser,
                              asio::redirect_error(asio::use_awaitable, failed));
    if (!failed) co_return std::move(parser.get().body());
    if (transport.timed_out()) co_return Problem{.code = ErrorCode::Timeout};
    if (failed == http::error::body_limit) co_return Problem{.code = ErrorCode::TooLarge};
    co_return Problem{.code = ErrorCode::MalformedRequest, .detail = failed.message()};
}

UploadStream::UploadStream(HttpTransport& transport, const Head& head, seconds patience)
    : transport_(transport),
      patience_(patience),
      bytes_(static_cast<std::int64_t>(*head.content_length)),
      left_(bytes_),
      asked_(head.field("expect").has_value()),
      end_(std::chrono::steady_clock::now() + patience + seconds(bytes_ / slowest_upload)) {}

Awaitable<Result<std::string>> UploadStream::next() {
    if (left_ == 0) co_return std::string();
    if (std::exchange(asked_, false)) co_await transport_.write_continue();
    if (transport_.received().empty()) {
        transport_.arm(
            std::min<std::chrono::steady_clock::duration>(patience_, end_ - std::chrono::steady_clock::now()));
        const auto count = co_await transport_.read_some(upload_step);
        transport_.disarm();
        if (count == 0)
            co_return Problem{.code = transport_.timed_out() ? ErrorCode::Timeout : ErrorCode::MalformedRequest};
    }
    std::string piece(transport_.received().substr(0, static_cast<std::size_t>(left_)));
    transport_.consume(piece.size());
    left_ -= static_cast<std::int64_t>(piece.size());
    co_return piece;
}

}  // namespace riposte
