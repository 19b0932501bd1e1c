#pragma once

#include "base/result.hpp"
#include "commands/specification.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riposte {

/// One parsed argument. `text` is always set: the value in its canonical spelling.
struct Argument {
    std::string name;
    OptionType type = OptionType::Text;
    std::string text;
    std::int64_t integer = 0;  // Integer; Duration in milliseconds
    double number = 0;         // Number, Integer
    bool boolean = false;
};

/// Parses what stands after the prefix: positional, name=value, "quoted words", rest-of-line; full-width spaces, digits,
/// `＝` and `“”` fold. Options that were not given and have no default are absent. `begin` is the byte offset of the
/// arguments in `line`. MissingArgument and BadArgument carry `argument`, `usage` and `position` in code points of `line`.
Result<std::vector<Argument>> parse_arguments(const CommandSpecification& command, std::string_view line,
                                              std::size_t begin);

}  // namespace riposte
