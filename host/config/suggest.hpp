#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace riposte {

/// The candidate closest to `word` by insertions, deletions, changes and swaps of letters; nothing when none is close
/// enough to be meant (a third of the word's letters).
std::optional<std::string> closest(std::string_view word, std::span<const std::string> candidates);

}  // namespace riposte
