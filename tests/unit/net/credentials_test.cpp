#include "net/credentials.hpp"

#include "unit/net/head_with.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Token, ComesFromTheCookie) {
    const auto token = token_of(head_with({{"cookie", "a=1; riposte_session=abc-_; b=2"}}), false);
    EXPECT_EQ(token.source, TokenSource::Cookie);
    EXPECT_EQ(token.text, "abc-_");
}

TEST(Token, OverHttpsOnlyTheHostCookieCounts) {
    const auto both = head_with({{"cookie", "riposte_session=planted; __Host-riposte_session=mine"}});
    EXPECT_EQ(token_of(both, true).text, "mine");
    EXPECT_EQ(token_of(head_with({{"cookie", "riposte_session=planted"}}), true).source, TokenSource::None);
}

TEST(Token, AuthorizationWinsOverTheCookie) {
    const auto both = head_with({{"cookie", "riposte_session=cookie"}, {"authorization", "bearer token"}});
    EXPECT_EQ(token_of(both, false).source, TokenSource::Bearer);
    EXPECT_EQ(token_of(both, false).text, "token");
    const auto basic = head_with({{"cookie", "riposte_session=cookie"}, {"authorization", "Basic dXNlcg=="}});
    EXPECT_EQ(token_of(basic, false).source, TokenSource::None);
}

TEST(Token, NonsenseIsNoToken) {
    for (const auto* cookie : {"", "riposte_session", "riposte_session=", "xriposte_session=a", "riposte_session=a b",
                               "riposte_sessionx=a", "riposte_session=\"a\""})
        EXPECT_EQ(token_of(head_with({{"cookie", cookie}}), false).source, TokenSource::None) << cookie;
    EXPECT_EQ(token_of(head_with({{"authorization", "Bearer"}}), false).source, TokenSource::None);
    EXPECT_EQ(token_of(head_with({{"authorization", "Bearer " + std::string(300, 'a')}}), false).source,
              TokenSource::None);
}

TEST(SessionCookie, IsForTheServerOnly) {
    const auto plain = session_cookie("abc", false, 60);
    EXPECT_THAT(plain, HasSubstr("riposte_session=abc; Path=/; HttpOnly; SameSite=Lax"));
    EXPECT_THAT(plain, HasSubstr("Max-Age=60"));
    EXPECT_THAT(plain, Not(HasSubstr("Secure")));
    const auto https = session_cookie("abc", true, 60);
    EXPECT_THAT(https, HasSubstr("__Host-riposte_session=abc; Path=/"));
    EXPECT_THAT(https, HasSubstr("; Secure"));
    EXPECT_THAT(session_cookie("", false, 60), HasSubstr("Max-Age=0"));
}

struct OriginCase {
    const char* origin;  // nullptr: none
    TokenSource source;
    bool allowed;
};

TEST(Origin, OnlyOurOwnPagesActForTheirUser) {
    constexpr OriginCase cases[] = {
        {"https://chat.example.org", TokenSource::Cookie, true},
        {"https://CHAT.example.org", TokenSource::Cookie, true},
        {"http://chat.example.org", TokenSource::Cookie, false},
        {"https://chat.example.org:444", TokenSource::Cookie, false},
        {"https://chat.example.org.evil.example", TokenSource::Cookie, false},
        {"https://evil.example", TokenSource::None, false},
        {"https://evil.example", TokenSource::Bearer, false},
        {"null", TokenSource::Cookie, false},
        {"", TokenSource::Cookie, false},
        {nullptr, TokenSource::Cookie, false},
        {nullptr, TokenSource::Bearer, true},
        {nullptr, TokenSource::None, true},
    };
    for (const auto& [origin, source, allowed] : cases) {
        const auto head = origin ? head_with({{"origin", origin}}) : head_with({});
        EXPECT_EQ(origin_allowed(head, source, "https://chat.example.org"), allowed) << (origin ? origin : "(none)");
    }
}

}  // namespace
}  // namespace riposte
