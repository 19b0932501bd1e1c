#pragma once

#include "commands/catalogue.hpp"

#include <string>

namespace riposte {

/// {"version", "commands": […]} of docs/protocol.md, summaries in one language.
std::string to_json(const Catalogue& catalogue, const std::string& locale);

std::string_view to_string(OptionType type);

}  // namespace riposte
