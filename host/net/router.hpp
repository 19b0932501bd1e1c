#pragma once

#include "net/routes.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace riposte {

struct RouteMatch {
    const Route* route = nullptr;         // none: no such address, or not with that method
    std::vector<std::string> parameters;  // of the {…}, in order
    std::string allow;                    // "GET, HEAD, POST": what the address knows; empty: there is no such address
};

/// HEAD finds the route of GET. Pure.
RouteMatch find_route(std::span<const Route> routes, Method method, const std::vector<std::string>& segments);

std::string_view to_string(Method method);
std::optional<Method> method_from(std::string_view text);

}  // namespace riposte
