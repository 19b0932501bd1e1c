#pragma once

#include "ask/search.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace riposte::ask {

/// The answer to a question as Markdown: the best passage, its source, and two more places to look; or that nothing is
/// known, in the language of the question. At most 3 KiB.
std::string answer(Search& search, std::string_view question);

/// Whether so good a hit may be given as the answer; below, "I don't know" is the better one.
bool is_sure(const Hit& hit);

}  // namespace riposte::ask
