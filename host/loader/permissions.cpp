#include "loader/permissions.hpp"

#include <riposte/plugin.h>

#include <algorithm>
#include <array>
#include <utility>

namespace riposte {
namespace {

constexpr std::array<std::pair<std::uint32_t, std::string_view>, 3> permissions{
    {{RIPOSTE_PERMISSION_NETWORK, "network"}, {RIPOSTE_PERMISSION_HEAR, "hear"}, {RIPOSTE_PERMISSION_POST, "post"}}};

}  // namespace

std::vector<std::string> permission_names(std::uint32_t mask) {
    std::vector<std::string> names;
    for (const auto& [bit, name] : permissions)
        if ((mask & bit) != 0) names.emplace_back(name);
    return names;
}

bool is_permission(std::string_view name) {
    return std::ranges::any_of(permissions, [&](const auto& each) { return each.second == name; });
}

std::string missing_permissions(std::uint32_t asked, const std::vector<std::string>& granted) {
    std::string missing;
    for (const auto& name : permission_names(asked))
        if (std::ranges::find(granted, name) == granted.end()) missing += (missing.empty() ? "" : ", ") + name;
    return missing;
}

std::vector<std::string> listed_permissions(std::string_view missing) {
    std::vector<std::string> names;
    while (!missing.empty()) {
        const auto end = std::min(missing.find(", "), missing.size());
        names.emplace_back(missing.substr(0, end));
        missing.remove_prefix(std::min(end + 2, missing.size()));
    }
    return names;
}

}  // namespace riposte
