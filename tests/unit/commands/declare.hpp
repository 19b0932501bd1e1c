#pragma once

#include "commands/specification.hpp"

#include <string>
#include <vector>

namespace riposte {

/// A command as briefly as a test can say it.
inline CommandSpecification declare(std::string plugin, std::string prefix, std::vector<std::string> aliases = {},
                                    std::vector<OptionSpecification> options = {}) {
    CommandSpecification command;
    command.plugin = std::move(plugin);
    command.prefix = std::move(prefix);
    command.aliases = std::move(aliases);
    command.options = std::move(options);
    command.summary.english = "Does " + command.prefix;
    return command;
}

inline OptionSpecification option(std::string name, OptionType type) {
    OptionSpecification option;
    option.name = std::move(name);
    option.type = type;
    return option;
}

inline OptionSpecification required(std::string name, OptionType type) {
    auto declared = option(std::move(name), type);
    declared.required = true;
    return declared;
}

inline OptionSpecification rest(std::string name) {
    auto declared = required(std::move(name), OptionType::Text);
    declared.rest = true;
    return declared;
}

}  // namespace riposte
