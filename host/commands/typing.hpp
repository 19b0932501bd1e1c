#pragma once

#include "commands/arguments.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riposte {

/// The argument at the end of a line, still being typed.
struct TypedArgument {
    std::size_t option = 0;        // its place in the declaration
    std::string typed;             // of its value, so far
    std::vector<Argument> before;  // of the others, those that are right so far; no defaults
};

/// Which argument the end of `line` is about: the word that ends there, or behind a space the next one to come. `begin` is
/// the byte offset of the arguments. None where nothing more is to be said.
std::optional<TypedArgument> typed_argument(const CommandSpecification& command, std::string_view line,
                                            std::size_t begin);

}  // namespace riposte
