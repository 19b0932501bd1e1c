#pragma once

#include "net/http.hpp"
#include "net/http_policy.hpp"

#include <cstdint>
#include <string>
#include <string_view>

// How a request says who asks: a browser's cookie or a Bearer token, and whether a browser was sent here by a stranger.
namespace riposte {

enum class TokenSource : std::uint8_t { None, Cookie, Bearer };

struct Token {
    TokenSource source = TokenSource::None;
    std::string text;
};

/// Authorization wins over the cookie. Over https only the `__Host-` cookie counts, which no neighbour can set. Pure.
Token token_of(const Head& head, bool secure);

/// Set-Cookie for a new session; an empty token removes it. `lifetime_s` in seconds.
std::string session_cookie(std::string_view token, bool secure, std::int64_t lifetime_s);

/// Whether the page that made a browser send this may act for its user: `base_url`'s own pages only. A cookie without an
/// Origin is refused; so is a foreign Origin, whatever else is there. A Bearer token without Origin is no browser. Pure.
bool origin_allowed(const Head& head, TokenSource source, std::string_view base_url);

}  // namespace riposte
