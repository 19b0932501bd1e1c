#include "net/problem_response.hpp"
#include "net/response_text.hpp"
#include "net/security_headers.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace riposte {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Key;
using testing::Not;
using testing::Pair;

TEST(ResponseText, SaysHowLongItsBodyIs) {
    const Response response{.status = 201, .body = "{}", .headers = {{"X-Note", "one"}}};
    const auto text = header_text(response, Connection::KeepAlive);
    EXPECT_TRUE(text.starts_with("HTTP/1.1 201 Created\r\nDate: ")) << text;
    EXPECT_THAT(text, HasSubstr("\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"));
    EXPECT_THAT(text, HasSubstr("\r\nX-Note: one\r\n"));
    EXPECT_TRUE(text.ends_with("\r\nConnection: keep-alive\r\n\r\n")) << text;
    EXPECT_TRUE(sends_body(response, Method::Get));
    EXPECT_FALSE(sends_body(response, Method::Head));
}

TEST(ResponseText, NoContentHasNoLength) {
    const Response response{.status = 204, .body = {}, .headers = {}};
    EXPECT_THAT(header_text(response, Connection::Close), Not(HasSubstr("Content-")));
    EXPECT_FALSE(sends_body(response, Method::Get));
}

TEST(ResponseText, EveryProblemHasAReason) {
    for (int code = 0; code < static_cast<int>(ErrorCode::Count_); ++code) {
        const Response response{.status = info(static_cast<ErrorCode>(code)).status, .body = {}, .headers = {}};
        EXPECT_THAT(header_text(response, Connection::Close),
                    Not(HasSubstr(std::to_string(response.status) + " \r\n")));
    }
}

TEST(ProblemResponse, CarriesWhatTheClientMustKnow) {
    const auto response = problem_response({.code = ErrorCode::RateLimited, .retry_after_s = 7}, "id-1");
    EXPECT_EQ(response.status, 429);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_THAT(response.body, HasSubstr("\"code\":\"rate_limited\""));
    EXPECT_THAT(response.body, HasSubstr("\"request_id\":\"id-1\""));
    EXPECT_THAT(response.headers, Contains(Pair("Retry-After", "7")));
    EXPECT_THAT(problem_response({.code = ErrorCode::Unauthenticated}, "").headers, Contains(Key("WWW-Authenticate")));
}

TEST(SecurityHeaders, AreOnEveryResponse) {
    Response response;
    add_security_headers(response, false);
    for (const auto* name : {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
                             "Permissions-Policy", "Cross-Origin-Opener-Policy"})
        EXPECT_THAT(response.headers, Contains(Key(name)));
    EXPECT_THAT(response.headers, Contains(Pair("Cache-Control", "no-store")));
    EXPECT_THAT(response.headers, Not(Contains(Key("Strict-Transport-Security"))));
}

TEST(SecurityHeaders, AFilesOwnPolicyStandsAlone) {
    Response response{.body = {}, .headers = {{"Content-Security-Policy", "sandbox"}}};
    add_security_headers(response, false);
    EXPECT_EQ(std::count_if(response.headers.begin(), response.headers.end(),
                            [](const auto& header) { return header.first == "Content-Security-Policy"; }),
              1);
    EXPECT_THAT(response.headers, Contains(Pair("Content-Security-Policy", "sandbox")));
}

TEST(SecurityHeaders, LeaveCachingToWhoeverSaidIt) {
    Response response{.body = {}, .headers = {{"Cache-Control", "no-cache"}}};
    add_security_headers(response, true);
    EXPECT_THAT(response.headers, Not(Contains(Pair("Cache-Control", "no-store"))));
    EXPECT_THAT(response.headers, Contains(Key("Strict-Transport-Security")));
}

}  // namespace
}  // namespace riposte
