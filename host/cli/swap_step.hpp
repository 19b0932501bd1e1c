#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace riposte {

/// "restore state (6 of 6)": how far a build came before it was refused. What may be refused comes before the switch, in
/// this order; what is the machine's fault, not the build's, has no place in it.
inline std::string with_its_place(const std::string& step) {
    using Place = std::pair<std::string_view, int>;
    static constexpr auto places = std::to_array<Place>({
        {"stage", 1},
        {"load", 2},
        {"check", 3},
        {"conflict", 4},
        {"grant", 4},
        {"settings", 4},
        {"start", 5},
        {"restore state", 6},
    });
    const auto found = std::ranges::find(places, step, &Place::first);
    if (found == places.end()) return step;
    return step + " (" + std::to_string(found->second) + " of " + std::to_string(places.back().second) + ")";
}

}  // namespace riposte
