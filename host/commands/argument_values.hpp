#pragma once

#include "base/result.hpp"
#include "commands/arguments.hpp"

#include <string_view>

namespace riposte {

/// Reads one value as its option's type and holds it against the option's limits. BadArgument with a `detail` that says
/// what is wanted, and for a choice the closest ones; the caller adds where it stood.
Result<Argument> read_value(const OptionSpecification& option, std::string_view text);

}  // namespace riposte
