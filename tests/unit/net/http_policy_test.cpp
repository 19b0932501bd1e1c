#include "net/http_policy.hpp"

#include <gtest/gtest.h>

#include <string>

namespace riposte {
namespace {

using namespace std::string_literals;

struct Vector {
    const char* name;
    std::string head;
    ErrorCode refused;
};

std::string get(const std::string& lines) { return "GET / HTTP/1.1\r\nHost: chat\r\n" + lines + "\r\n"; }
std::string post(const std::string& lines) { return "POST /api HTTP/1.1\r\nHost: chat\r\n" + lines + "\r\n"; }
std::string first_line(const std::string& line) { return line + "\r\nHost: chat\r\n\r\n"; }

constexpr auto Malformed = ErrorCode::MalformedRequest;
constexpr auto Unknown = ErrorCode::NotSupported;
constexpr auto TooLarge = ErrorCode::TooLarge;

/// Each was tried against Beast 1.81, which accepts most of them.
const Vector refused[] = {
    // where the body ends
    {"te_that_only_looks_chunked", post("Transfer-Encoding: xchunked\r\n"), Unknown},
    {"te_chunked_then_identity", post("Transfer-Encoding: chunked, identity\r\n"), Unknown},
    {"te_chunked_twice_in_one_line", post("Transfer-Encoding: chunked, chunked\r\n"), Unknown},
    {"te_chunked_in_two_lines", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), Malformed},
    {"te_gzip_chunked", post("Transfer-Encoding: gzip, chunked\r\n"), Unknown},
    {"te_empty", post("Transfer-Encoding:\r\n"), Unknown},
    {"te_with_vertical_tab", post("Transfer-Encoding: \vchunked\r\n"), Malformed},
    {"te_and_content_length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), Malformed},
    {"te_in_http_1_0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", Malformed},
    {"content_length_twice_equal", post("Content-Length: 5\r\nContent-Length: 5\r\n"), Malformed},
    {"content_length_twice_different", post("Content-Length: 5\r\nContent-Length: 6\r\n"), Malformed},
    {"content_length_list", post("Content-Length: 5, 5\r\n"), Malformed},
    {"content_length_with_sign", post("Content-Length: +5\r\n"), Malformed},
    {"content_length_negative", post("Content-Length: -1\r\n"), Malformed},
    {"content_length_hexadecimal", post("Content-Length: 0x5\r\n"), Malformed},
    {"content_length_beyond_64_bits", post("Content-Length: 99999999999999999999\r\n"), Malformed},
    {"content_length_empty", post("Content-Length:\r\n"), Malformed},
    // whose request it is
    {"no_host", "GET / HTTP/1.1\r\n\r\n", Malformed},
    {"two_hosts", get("Host: evil\r\n"), Malformed},
    {"two_equal_hosts", get("Host: chat\r\n"), Malformed},
    {"empty_host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", Malformed},
    {"host_with_path", "GET / HTTP/1.1\r\nHost: chat/evil\r\n\r\n", Malformed},
    {"host_with_user", "GET / HTTP/1.1\r\nHost: evil@chat\r\n\r\n", Malformed},
    {"two_authorizations", get("Authorization: Bearer a\r\nAuthorization: Bearer b\r\n"), Malformed},
    {"two_origins", get("Origin: http://chat\r\nOrigin: http://evil\r\n"), Malformed},
    {"two_cookies", get("Cookie: a=1\r\nCookie: a=2\r\n"), Malformed},
    // lines
    {"folded_line", get("X-Note: one\r\n two\r\n"), Malformed},
    {"folded_first_line", "GET / HTTP/1.1\r\n Host: chat\r\n\r\n", Malformed},
    {"bare_line_feed", "GET / HTTP/1.1\nHost: chat\n\n", Malformed},
    {"bare_line_feed_in_value", get("X-Note: one\nX-Evil: two\r\n"), Malformed},
    {"bare_carriage_return", get("X-Note: one\rtwo\r\n"), Malformed},
    {"zero_byte", get("X-Note: one"s + '\0' + "\r\n"), Malformed},
    {"delete_character", get("X-Note: \x7f\r\n"), Malformed},
    {"space_before_colon", get("X-Note : one\r\n"), Malformed},
    {"no_colon", get("X-Note\r\n"), Malformed},
    {"no_name", get(": one\r\n"), Malformed},
    {"name_with_space", get("X Note: one\r\n"), Malformed},
    {"name_in_utf8", get("X-Nöte: one\r\n"), Malformed},
    {"unknown_expectation", post("Expect: miracles\r\n"), Malformed},
    // the first line
    {"unknown_method", first_line("BREW / HTTP/1.1"), Unknown},
    {"lower_case_method", first_line("get / HTTP/1.1"), Unknown},
    {"connect", first_line("CONNECT / HTTP/1.1"), Unknown},
    {"trace", first_line("TRACE / HTTP/1.1"), Unknown},
    {"method_with_separator", first_line("GE(T / HTTP/1.1"), Malformed},
    {"http_2", first_line("GET / HTTP/2.0"), Malformed},
    {"http_1_2", first_line("GET / HTTP/1.2"), Malformed},
    {"http_0_9", "GET /\r\n\r\n", Malformed},
    {"lower_case_version", first_line("GET / http/1.1"), Malformed},
    {"empty_first_line", "\r\nHost: chat\r\n\r\n", Malformed},
    {"space_in_target", first_line("GET /a b HTTP/1.1"), Malformed},
    {"two_spaces", first_line("GET  / HTTP/1.1"), Malformed},
    {"tab_for_space", first_line("GET\t/ HTTP/1.1"), Malformed},
    {"utf8_in_target", first_line("GET /天气 HTTP/1.1"), Malformed},
    {"control_character_in_target", first_line("GET /\x01 HTTP/1.1"), Malformed},
    {"fragment_in_target", first_line("GET /#top HTTP/1.1"), Malformed},
    {"backslash_in_target", first_line("GET /\\evil HTTP/1.1"), Malformed},
    {"quote_in_target", first_line("GET /\"x\" HTTP/1.1"), Malformed},
    {"absolute_target", first_line("GET http://chat/ HTTP/1.1"), Malformed},
    {"asterisk_target", first_line("GET * HTTP/1.1"), Malformed},
    // sizes
    {"long_target", first_line("GET /" + std::string(5000, 'a') + " HTTP/1.1"), TooLarge},
    {"long_header", get("X-Note: " + std::string(17000, 'a') + "\r\n"), TooLarge},
    {"many_lines", get([] {
         std::string lines;
         for (int i = 0; i < 80; ++i) lines += "X-Note: one\r\n";
         return lines;
     }()),
     TooLarge},
};

class Refuses : public testing::TestWithParam<Vector> {};

TEST_P(Refuses, TheVector) {
    const auto head = parse_head(GetParam().head);
    ASSERT_FALSE(head) << "accepted: " << GetParam().head;
    EXPECT_EQ(info(head.error().code).name, info(GetParam().refused).name) << head.error().detail;
}

INSTANTIATE_TEST_SUITE_P(HttpPolicy, Refuses, testing::ValuesIn(refused),
                         [](const auto& vector) { return vector.param.name; });

TEST(HttpPolicy, ReadsWhatABrowserSends) {
    const auto head = parse_head(
        "POST /api/v1/rooms?x=1 HTTP/1.1\r\nHost: chat.example.org:8443\r\nContent-Type: application/json\r\n"
        "Content-Length: 17\r\nX-Empty:\r\nConnection: keep-alive, Upgrade\r\nUser-Agent:  Näme \t\r\n\r\n");
    ASSERT_TRUE(head) << head.error().detail;
    EXPECT_EQ(head->method, "POST");
    EXPECT_EQ(head->target, "/api/v1/rooms?x=1");
    EXPECT_EQ(head->field("host"), "chat.example.org:8443");
    EXPECT_EQ(head->field("x-empty"), "");
    EXPECT_EQ(head->field("user-agent"), "Näme");
    EXPECT_FALSE(head->field("authorization"));
    EXPECT_EQ(head->content_length, 17u);
    EXPECT_TRUE(head->has_body());
    EXPECT_TRUE(head->has_token("connection", "upgrade"));
    EXPECT_TRUE(head->keep_alive());
}

TEST(HttpPolicy, ReadsChunkedWhateverItsCase) {
    const auto head = parse_head(post("Transfer-Encoding: Chunked\r\n"));
    ASSERT_TRUE(head) << head.error().detail;
    EXPECT_TRUE(head->chunked);
    EXPECT_TRUE(head->has_body());
}

TEST(HttpPolicy, KeepsTheConnectionAsItsVersionSays) {
    EXPECT_TRUE(parse_head(get(""))->keep_alive());
    EXPECT_FALSE(parse_head(get("Connection: close\r\n"))->keep_alive());
    EXPECT_FALSE(parse_head(get("Connection: x, CLOSE\r\n"))->keep_alive());
    EXPECT_FALSE(parse_head("GET / HTTP/1.0\r\n\r\n")->keep_alive());
    EXPECT_TRUE(parse_head("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")->keep_alive());
}

TEST(HttpPolicy, MeasuresTheHeader) {
    EXPECT_EQ(head_length("GET / HTTP/1.1\r\nHost: x\r\n\r\nBODY"), 27u);
    EXPECT_FALSE(head_length("GET / HTTP/1.1\r\nHost: x\r\n"));
    EXPECT_FALSE(head_length("GET / HTTP/1.1\r\nHost: x\r\n\r"));
    EXPECT_FALSE(head_length(""));
    // So that bare line feeds are refused at once and not at the deadline.
    EXPECT_EQ(head_length("GET / HTTP/1.1\n\nrest"), 16u);
    EXPECT_EQ(head_length("GET / HTTP/1.1\n\r\nrest"), 17u);
}

}  // namespace
}  // namespace riposte
