#include "net/credentials.hpp"

#include "net/field_text.hpp"

#include <algorithm>
#include <optional>

namespace riposte {
namespace {

using namespace std::string_view_literals;

constexpr auto plain_cookie = "riposte_session"sv;
constexpr auto https_cookie = "__Host-riposte_session"sv;
constexpr std::size_t longest_token = 256;

bool is_token_text(std::string_view text) {
    return !text.empty() && text.size() <= longest_token && std::ranges::all_of(text, [](char c) {
        return is_alphanumeric(c) || "-_.~+/="sv.find(c) != std::string_view::npos;
    });
}

std::optional<std::string_view> cookie(std::string_view field, std::string_view name) {
    while (!field.empty()) {
        const auto end = std::min(field.find(';'), field.size());
        const auto pair = without_blanks(field.substr(0, end));
        field.remove_prefix(std::min(end + 1, field.size()));
        if (pair.starts_with(name) && pair.substr(name.size()).starts_with('=')) return pair.substr(name.size() + 1);
    }
    return std::nullopt;
}

}  // namespace

Token token_of(const Head& head, bool secure) {
    if (const auto authorization = head.field("authorization")) {
        constexpr auto scheme = "bearer "sv;
        if (lower_case(authorization->substr(0, scheme.size())) != scheme) return {};
        const auto text = without_blanks(authorization->substr(scheme.size()));
        return is_token_text(text) ? Token{TokenSource::Bearer, std::string(text)} : Token{};
    }
    const auto value = cookie(head.field("cookie").value_or(""), secure ? https_cookie : plain_cookie);
    return value && is_token_text(*value) ? Token{TokenSource::Cookie, std::string(*value)} : Token{};
}

std::string session_cookie(std::string_view token, bool secure, std::int64_t lifetime_s) {
    std::string text(secure ? https_cookie : plain_cookie);
    text.append("=").append(token).append("; Path=/; HttpOnly; SameSite=Lax");
    if (secure) text += "; Secure";
    return text + "; Max-Age=" + std::to_string(token.empty() ? 0 : lifetime_s);
}

bool origin_allowed(const Head& head, TokenSource source, std::string_view base_url) {
    const auto origin = head.field("origin");
    return origin ? lower_case(*origin) == lower_case(base_url) : source != TokenSource::Cookie;
}

}  // namespace riposte
