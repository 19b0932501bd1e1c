#pragma once

#include "base/problem.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace riposte {

/// Columns that a text takes on a terminal: Chinese characters and emoji two, what combines none.
std::size_t columns_of(std::string_view text);

/// What is wrong, for a terminal: `line` was said behind the prompt "> ", and each of these lines comes behind "! " or,
/// from the second on, behind two blanks. A caret stands under the character at fault.
std::vector<std::string> fault_lines(std::string_view line, const Problem& problem);
/// One of those lines without its caret, as a transcript has it.
std::string_view without_caret(std::string_view fault_line);

}  // namespace riposte
