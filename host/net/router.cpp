#include "net/router.hpp"

#include <algorithm>
#include <array>

namespace riposte {
namespace {

constexpr std::array<std::string_view, 6> method_names = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};

/// The values of the pattern's {…}, or none where it does not fit.
std::optional<std::vector<std::string>> fit(std::string_view pattern, const std::vector<std::string>& segments) {
    std::vector<std::string> values;
    for (const auto& segment : segments) {
        if (!pattern.starts_with('/')) return std::nullopt;
        pattern.remove_prefix(1);
        const auto expected = pattern.substr(0, pattern.find('/'));
        pattern.remove_prefix(expected.size());
        if (expected.starts_with('{') && !segment.empty()) values.push_back(segment);
        else if (expected != segment) return std::nullopt;
    }
    return pattern.empty() ? std::optional(std::move(values)) : std::nullopt;
}

void add_allowed(std::string& allow, Method method) {
    if (!allow.empty()) allow += ", ";
    allow += to_string(method);
    if (method == Method::Get) allow += ", HEAD";
}

}  // namespace

RouteMatch find_route(std::span<const Route> routes, Method method, const std::vector<std::string>& segments) {
    const auto wanted = method == Method::Head ? Method::Get : method;
    RouteMatch match;
    for (const auto& route : routes) {
        auto values = fit(route.path, segments);
        if (!values) continue;
        add_allowed(match.allow, route.method);
        if (route.method != wanted) continue;
        match.route = &route;
        match.parameters = std::move(*values);
    }
    return match;
}

std::string_view to_string(Method method) { return method_names[static_cast<std::size_t>(method)]; }

std::optional<Method> method_from(std::string_view text) {
    const auto found = std::ranges::find(method_names, text);
    if (found == method_names.end()) return std::nullopt;
    return static_cast<Method>(found - method_names.begin());
}

}  // namespace riposte
