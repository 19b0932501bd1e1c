#pragma once

#include <string>
#include <vector>

namespace riposte {

/// A value that a plugin suggests for an argument while it is typed.
struct SuggestedValue {
    std::string value;  // without quotes
    std::string description;
};

/// What is suggested for the argument at the end of a line.
struct SuggestedValues {
    std::string option;  // its name; "" = none that is suggested for
    std::vector<SuggestedValue> values;
};

}  // namespace riposte
