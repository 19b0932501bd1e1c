#include "commands/validation.hpp"

#include "commands/argument_values.hpp"
#include "commands/catalogue.hpp"
#include "protocol/unicode.hpp"

#include <algorithm>

namespace riposte {
namespace {

constexpr std::size_t most_options = 16;
constexpr std::size_t longest_option_name = 32;  // code points

bool is_option_name(std::string_view name) {
    for (std::size_t i = 0; i < name.size();) {
        const auto point = code_point_at(name, i);
        if (!point.valid || !(point.value == '-' || point.value == '_' || is_word_character(point.value))) return false;
        i += point.bytes;
    }
    return !name.empty() && code_points(name) <= longest_option_name;
}

std::string invalid_option(const OptionSpecification& option) {
    if (!is_option_name(option.name)) return "has a name that is not 1 to 32 letters, digits, '-' and '_'";
    if (option.rest && option.type != OptionType::Text) return "takes the rest of the line but is not a text";
    if ((option.type == OptionType::Choice) == option.choices.empty())
        return "needs choices if and only if it is a choice";
    if (option.minimum && option.maximum && *option.minimum > *option.maximum) return "has a minimum above its maximum";
    if (option.otherwise.empty()) return "";
    if (option.required) return "is required and yet has a default";
    const auto value = read_value(option, option.otherwise);
    return value ? "" : "has a default that it refuses: " + value.error().detail;
}

std::string invalid_options(const std::vector<OptionSpecification>& options) {
    if (options.size() > most_options) return "more than 16 options";
    for (auto option = options.begin(); option != options.end(); ++option) {
        const auto named = [&](std::string_view fault) {
            return "option \"" + option->name + "\" " + std::string(fault);
        };
        if (const auto fault = invalid_option(*option); !fault.empty()) return named(fault);
        if (option->rest && option + 1 != options.end()) return named("takes the rest of the line but is not the last");
        if (std::any_of(options.begin(), option, [&](const auto& other) { return other.name == option->name; }))
            return named("is declared twice");
        const bool after_optional =
            std::any_of(options.begin(), option, [](const auto& other) { return !other.required; });
        if (option->required && after_optional) return named("is required but follows one that is not");
    }
    return "";
}

}  // namespace

std::string invalid_command(const CommandSpecification& command) {
    auto prefixes = command.aliases;
    prefixes.insert(prefixes.begin(), command.prefix);
    for (const auto& prefix : prefixes)
        if (const auto fault = invalid_prefix(prefix); !fault.empty()) return "prefix \"" + prefix + "\" " + fault;
    const auto fault = invalid_options(command.options);
    return fault.empty() ? "" : command.prefix + ": " + fault;
}

}  // namespace riposte
