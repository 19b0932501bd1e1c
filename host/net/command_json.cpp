#include "net/command_json.hpp"

#include "commands/help.hpp"
#include "protocol/json_writer.hpp"
#include "protocol/types.hpp"

#include <array>

namespace riposte {
namespace {

std::string_view to_string(OptionType type) {
    constexpr auto names = std::to_array<std::string_view>(
        {"integer", "number", "text", "choice", "boolean", "user", "room", "duration"});
    return names[static_cast<std::size_t>(type)];
}

void append_option(std::string& out, const OptionSpecification& option, const std::string& locale) {
    JsonObject object(out);
    object.field("name", option.name)
        .field("type", to_string(option.type))
        .field("required", option.required)
        .field("summary", option.summary.in(locale))
        .field("choices", option.choices)
        .field("minimum", option.minimum)
        .field("maximum", option.maximum);
    if (option.otherwise.empty()) object.field("default", std::nullopt);
    else object.field("default", option.otherwise);
    object.field("rest", option.rest);
}

void append_command(std::string& out, const CommandSpecification& command, const std::string& locale) {
    json_object(out)
        .field("prefix", command.prefix)
        .field("aliases", command.aliases)
        .field("summary", command.summary.in(locale))
        .field("usage", usage(command))
        .field("plugin", command.plugin)
        .field("audience", riposte::to_string(command.audience))
        .field("visibility", riposte::to_string(command.visibility))
        .field_by("options", [&](std::string& out) {
            out += '[';
            for (bool first = true; const auto& option : command.options) {
                if (!first) out += ',';
                first = false;
                append_option(out, option, locale);
            }
            out += ']';
        });
}

}  // namespace

std::string catalogue_json(const Catalogue& catalogue, const std::string& locale) {
    std::string json = "{\"version\":" + std::to_string(catalogue.version()) + ",\"commands\":[";
    append_command(json, help_command(), locale);
    for (const auto& command : catalogue.commands()) {
        json += ',';
        append_command(json, command, locale);
    }
    return json + "]}";
}

}  // namespace riposte
