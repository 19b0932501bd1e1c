#include "net/security_headers.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace riposte {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr auto always = std::to_array<Pair>({
    {"Content-Security-Policy",
     "default-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
     "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
});

constexpr Pair for_https = {"Strict-Transport-Security", "max-age=31536000"};
constexpr Pair not_cached = {"Cache-Control", "no-store"};

}  // namespace

void add_security_headers(Response& response, bool secure) {
    const auto add = [&response](const Pair& header) {
        const auto said = [&](const auto& other) { return other.first == header.first; };
        if (!std::ranges::any_of(response.headers, said)) response.headers.emplace_back(header.first, header.second);
    };
    for (const auto& header : always) add(header);
    if (secure) add(for_https);
    add(not_cached);
}

}  // namespace riposte
