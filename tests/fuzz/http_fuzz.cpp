// What a client sends before anybody knows who it is: the header of a request, and the address in it. Beast reads the
// same bytes afterwards, for the body; both must see one request that ends at one place.

#include "net/field_text.hpp"
#include "net/http_policy.hpp"
#include "net/target.hpp"
#include "promise.hpp"
#include "protocol/unicode.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/src.hpp>

#include <algorithm>

namespace riposte {
namespace {

namespace http = boost::beast::http;

void check_head(const Head& head) {
    constexpr std::string_view methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    PROMISE(std::find(std::begin(methods), std::end(methods), head.method) != std::end(methods));
    PROMISE(head.target.starts_with('/'));
    PROMISE(std::all_of(head.target.begin(), head.target.end(), [](char c) { return c > 0x20 && c < 0x7f; }));
    PROMISE(!(head.chunked && head.content_length));
    PROMISE(head.minor_version == 0 || head.field("host"));
    for (const auto& [name, value] : head.fields) {
        PROMISE(is_token(name) && lower_case(name) == name);
        PROMISE(value.find_first_of(std::string_view("\r\n\0", 3)) == value.npos);
    }
}

void check_beast_agrees(const Head& head, std::string_view bytes) {
    http::request_parser<http::string_body> parser;
    boost::system::error_code failed;
    const auto read = parser.put(boost::asio::buffer(bytes.data(), bytes.size()), failed);
    if (failed || !parser.is_header_done()) return;  // refused a second time: nobody reads it differently
    const auto& message = parser.get();
    PROMISE(std::string_view(message.method_string()) == head.method);
    PROMISE(std::string_view(message.target()) == head.target);
    PROMISE(message.version() == 10u + static_cast<unsigned>(head.minor_version));
    PROMISE(message.chunked() == head.chunked);
    PROMISE(static_cast<std::size_t>(std::distance(message.begin(), message.end())) == head.fields.size());
    if (!head.chunked && head.content_length) PROMISE(parser.content_length() == *head.content_length);
    PROMISE(read <= bytes.size());
}

void check_target(std::string_view text) {
    const auto target = parse_target(text);
    if (!target) return;
    PROMISE(valid_utf8(target->path) && target->path.starts_with('/'));
    std::string joined;
    for (const auto& segment : target->segments) {
        PROMISE(segment != "." && segment != "..");
        PROMISE(segment.find_first_of("/\\") == segment.npos);
        PROMISE(std::none_of(segment.begin(), segment.end(), [](unsigned char c) { return c < 0x20; }));
        joined += '/' + segment;
    }
    PROMISE(joined.empty() ? target->path == "/" : joined == target->path);
}

void check_request(std::string_view received) {
    const auto length = head_length(received);
    if (!length) return;
    PROMISE(*length <= received.size());
    const auto bytes = received.substr(0, *length);
    PROMISE(head_length(bytes) == length);
    const auto head = parse_head(bytes);
    if (!head) return;
    check_head(*head);
    check_beast_agrees(*head, bytes);
    check_target(head->target);
}

}  // namespace
}  // namespace riposte

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    riposte::check_request(bytes);
    const auto locale = riposte::preferred_locale(bytes);
    PROMISE(locale == "en" || locale == "zh-CN");
    return 0;
}
