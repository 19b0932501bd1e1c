#include "commands/catalogue_json.hpp"

#include "protocol/json_writer.hpp"

#include <array>

namespace riposte {
namespace {

using namespace std::string_view_literals;

// In the order of OptionType.
constexpr std::array type_names{"integer"sv, "number"sv, "text"sv, "choice"sv,
                                "boolean"sv, "user"sv,   "room"sv, "duration"sv};
static_assert(type_names.size() == static_cast<std::size_t>(OptionType::Duration) + 1);

void append(std::string& out, const OptionSpecification& option, const std::string& locale) {
    json_object(out)
        .field("name", option.name)
        .field("type", to_string(option.type))
        .field("required", option.required)
        .field("summary", option.summary.in(locale))
        .field("choices", option.choices)
        .field("minimum", option.minimum)
        .field("maximum", option.maximum)
        .field("default", option.otherwise.empty() ? std::nullopt : std::optional(option.otherwise))
        .field("rest", option.rest)
        .field("suggests", option.suggests);
}

/// An array of what `write(out, element, locale)` writes.
template <class T>
void append_all(std::string& out, const std::vector<T>& all, const std::string& locale,
                void (*write)(std::string&, const T&, const std::string&)) {
    out += '[';
    for (bool first = true; const auto& one : all) {
        if (!first) out += ',';
        first = false;
        write(out, one, locale);
    }
    out += ']';
}

void append(std::string& out, const CommandSpecification& command, const std::string& locale) {
    json_object(out)
        .field("prefix", command.prefix)
        .field("aliases", command.aliases)
        .field("summary", command.summary.in(locale))
        .field("usage", usage(command))
        .field("plugin", command.plugin)
        .field("audience", to_string(command.audience))
        .field("visibility", to_string(command.visibility))
        .field_by("options",
                  [&](std::string& out) { append_all<OptionSpecification>(out, command.options, locale, append); });
}

}  // namespace

std::string_view to_string(OptionType type) { return type_names[static_cast<std::size_t>(type)]; }

std::string to_json(const Catalogue& catalogue, const std::string& locale) {
    std::string out;
    json_object(out).field("version", catalogue.version()).field_by("commands", [&](std::string& out) {
        append_all<CommandSpecification>(out, catalogue.commands(), locale, append);
    });
    return out;
}

}  // namespace riposte
