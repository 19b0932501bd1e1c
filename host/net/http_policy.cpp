#include "net/http_policy.hpp"

#include "net/malformed.hpp"
#include "net/field_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace riposte {
namespace {

using namespace std::string_view_literals;

constexpr std::array methods = {"GET"sv, "HEAD"sv, "POST"sv, "PUT"sv, "PATCH"sv, "DELETE"sv};
/// Fields whose second copy could be read instead of the first.
constexpr std::array only_once = {"host"sv,
                                  "content-length"sv,
                                  "transfer-encoding"sv,
                                  "content-type"sv,
                                  "authorization"sv,
                                  "cookie"sv,
                                  "origin"sv,
                                  "upgrade"sv,
                                  "expect"sv,
                                  "sec-websocket-key"sv,
                                  "sec-websocket-version"sv};

Problem unsupported(std::string_view detail) {
    Problem problem{.code = ErrorCode::NotSupported};
    problem.detail = detail;
    return problem;
}

/// Cuts the next line off `rest`. Only CRLF ends a line, and neither byte stands anywhere else.
Result<std::string_view> next_line(std::string_view& rest) {
    const auto end = rest.find_first_of("\r\n"sv);
    if (end == std::string_view::npos || rest.substr(end, 2) != "\r\n"sv)
        return malformed("a line does not end in CRLF");
    const auto line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    return line;
}

bool is_target_character(char c) { return c > 0x20 && c < 0x7f && "\"<>\\#"sv.find(c) == std::string_view::npos; }
bool is_value_character(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}
bool is_host_character(char c) { return is_alphanumeric(c) || "-._:[]"sv.find(c) != std::string_view::npos; }

Result<> read_request_line(Head& head, std::string_view line, const HeadLimits& limits) {
    const auto method_end = line.find(' ');
    const auto target_end = line.rfind(' ');
    if (method_end == std::string_view::npos || target_end == method_end)
        return malformed("the request line is incomplete");
    const auto method = line.substr(0, method_end);
    const auto target = line.substr(method_end + 1, target_end - method_end - 1);
    const auto version = line.substr(target_end + 1);

    if (!is_token(method)) return malformed("the method is not a token");
    if (version != "HTTP/1.1"sv && version != "HTTP/1.0"sv)
        return malformed("only HTTP/1.1 and HTTP/1.0 are spoken here");
    if (target.size() > limits.target_bytes)
        return Problem{.code = ErrorCode::TooLarge, .detail = "the address is too long"};
    if (!target.starts_with('/')) return malformed("the request target must begin with a slash");
    if (!std::ranges::all_of(target, is_target_character))
        return malformed("a character of the address must be percent-encoded");
    if (std::ranges::find(methods, method) == methods.end()) return unsupported("unknown method");

    head.method = method;
    head.target = target;
    head.minor_version = version.back() - '0';
    return {};
}

Result<> read_field(Head& head, std::string_view line) {
    if (line.front() == ' ' || line.front() == '\t') return malformed("folded header lines are obsolete");
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return malformed("a header line has no colon");
    const auto name = line.substr(0, colon);
    const auto value = without_blanks(line.substr(colon + 1));
    if (!is_token(name)) return malformed("a header's name is not a token");
    if (!std::ranges::all_of(value, is_value_character)) return malformed("a header's value has a control character");
    head.fields.emplace_back(lower_case(name), value);
    return {};
}

Result<> check_copies(const Head& head) {
    for (const auto name : only_once)
        if (std::ranges::count(head.fields, name, &std::pair<std::string, std::string>::first) > 1)
            return malformed("more than one " + std::string(name));
    return {};
}

Result<> check_host(const Head& head) {
    const auto host = head.field("host");
    if (!host) return head.minor_version == 0 ? Result<>{} : malformed("no Host");
    if (host->empty() || !std::ranges::all_of(*host, is_host_character)) return malformed("the Host is not a host");
    return {};
}

/// Decides where the body ends; the one thing on which everybody between client and server must agree.
Result<> read_framing(Head& head) {
    const auto length = head.field("content-length");
    const auto coding = head.field("transfer-encoding");
    if (coding) {
        if (length) return malformed("both Transfer-Encoding and Content-Length");
        if (head.minor_version == 0) return malformed("Transfer-Encoding in HTTP/1.0");
        if (lower_case(*coding) != "chunked"sv) return unsupported("the only transfer coding is chunked");
        head.chunked = true;
    }
    if (length) {
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(length->data(), length->data() + length->size(), value);
        if (length->empty() || error != std::errc{} || end != length->data() + length->size())
            return malformed("the Content-Length is not a number");
        head.content_length = value;
    }
    const auto expect = head.field("expect");
    if (expect && lower_case(*expect) != "100-continue"sv) return malformed("unknown expectation");
    return {};
}

}  // namespace

std::optional<std::string_view> Head::field(std::string_view name) const {
    const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
    return found == fields.end() ? std::nullopt : std::optional<std::string_view>(found->second);
}

bool Head::has_token(std::string_view name, std::string_view token) const {
    for (const auto& [field_name, value] : fields)
        if (field_name == name)
            for (const auto item : list_items(value))
                if (lower_case(item) == token) return true;
    return false;
}

bool Head::keep_alive() const {
    if (has_token("connection", "close")) return false;
    return minor_version == 1 || has_token("connection", "keep-alive");
}

std::optional<std::size_t> head_length(std::string_view received) {
    for (auto feed = received.find('\n'); feed != std::string_view::npos; feed = received.find('\n', feed + 1)) {
        const auto next = received.substr(feed + 1, 2);
        if (next.starts_with('\n')) return feed + 2;
        if (next == "\r\n"sv) return feed + 3;
    }
    return std::nullopt;
}

Result<Head> parse_head(std::string_view bytes, const HeadLimits& limits) {
    if (bytes.size() > limits.bytes) return Problem{.code = ErrorCode::TooLarge, .detail = "the header is too long"};
    Head head;
    const auto request_line = next_line(bytes);
    if (!request_line) return request_line.error();
    if (const auto read = read_request_line(head, *request_line, limits); !read) return read.error();
    for (;;) {
        const auto line = next_line(bytes);
        if (!line) return line.error();
        if (line->empty()) break;
        if (head.fields.size() == limits.fields)
            return Problem{.code = ErrorCode::TooLarge, .detail = "too many header lines"};
        if (const auto read = read_field(head, *line); !read) return read.error();
    }
    if (!bytes.empty()) return malformed("bytes after the header");
    for (const auto check : {check_copies, check_host})
        if (const auto checked = check(head); !checked) return checked.error();
    if (const auto framing = read_framing(head); !framing) return framing.error();
    return head;
}

}  // namespace riposte
