#pragma once

#include "commands/scanner.hpp"
#include "commands/specification.hpp"

#include <optional>
#include <string>

namespace riposte {

/// Takes the text of one value of the option from the line: a word, the rest, or a duration as it is written ("2 days").
/// None, with nothing taken, when a quote is not closed.
std::optional<std::string> take_text(Scanner& scanner, const OptionSpecification& option);

}  // namespace riposte
