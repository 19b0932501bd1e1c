#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What a plugin may do beyond answering, by the names under which an operator grants it.
namespace riposte {

/// Of a mask of riposte_plugin.permissions: "network", "hear", "post".
std::vector<std::string> permission_names(std::uint32_t mask);
bool is_permission(std::string_view name);

/// Those that `asked` has and `granted` has not: "network", "hear, network"; "" when nothing is missing.
std::string missing_permissions(std::uint32_t asked, const std::vector<std::string>& granted);

/// The names of such a text again.
std::vector<std::string> listed_permissions(std::string_view missing);

}  // namespace riposte
