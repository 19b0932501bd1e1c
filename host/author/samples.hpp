#pragma once

#include "commands/arguments.hpp"
#include "loader/plugin_description.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace riposte {

/// A line that calls a command with arguments it must be able to take.
struct Sample {
    std::size_t command = 0;  // index in the description
    std::string line;
    std::size_t arguments_begin = 0;
    std::vector<Argument> arguments;
};

enum class SampleText : std::uint8_t {
    Plain,    // required options only
    Unicode,  // every text: Chinese, emoji, combining marks, right to left
    Large,    // every text as long as it may be, up to 64 KiB
};

/// One for each command that takes such texts.
std::vector<Sample> samples_of(const PluginDescription& description, SampleText text);

}  // namespace riposte
