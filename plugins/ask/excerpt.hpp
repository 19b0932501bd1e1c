#pragma once

#include "ask/question.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace riposte::ask {

/// The part of a passage that says most about the question: neighbouring paragraphs, list items and code blocks, together
/// at most `limit` bytes. What was left out is marked "…". A passage within the limit stays whole.
std::string excerpt(const Question& question, std::string_view markdown, std::size_t limit);

/// Cut at a paragraph, line or sentence so that it has at most `limit` bytes; an open code block is closed.
std::string shorten(std::string_view markdown, std::size_t limit);

}  // namespace riposte::ask
