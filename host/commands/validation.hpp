#pragma once

#include "commands/specification.hpp"

#include <string>

namespace riposte {

/// Why a declaration cannot be used: a prefix or alias of a wrong form, options of one name, a rest that is not last,
/// a choice of nothing, a minimum above the maximum, a default that its own option refuses, a required option that has a
/// default or follows an optional one. Empty when it is fine. The loader asks before a build goes live.
std::string invalid_command(const CommandSpecification& command);

}  // namespace riposte
