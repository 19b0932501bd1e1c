#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace riposte {

/// Finds which of many names a typing error may have meant. Immutable. Every name is filed under itself and under each
/// form with one character left out, so a search compares a handful of names, not all of them.
class Suggestions {
public:
    Suggestions() = default;
    /// Normalised prefixes.
    explicit Suggestions(std::vector<std::string> names);

    /// At most 3, the nearest first: what begins like `typed` (its first words), and what is one or two slips away.
    std::vector<std::string> closest(std::string_view typed) const;

private:
    using Filed = std::pair<std::uint64_t, std::uint32_t>;  // hash of a form, index of the name

    std::vector<std::string> names_;  // sorted
    std::vector<Filed> filed_;        // sorted
};

/// Insertions, deletions, replacements and swaps of neighbours that part two words, in code points.
std::size_t slips_between(std::string_view one, std::string_view other);

}  // namespace riposte
