#include "cli/reply.hpp"

#include <cstdlib>

namespace riposte {
namespace {

constexpr JsonLimits generous{.bytes = 64 << 20, .depth = 32};

std::string line_of(JsonValue problem, unsigned status) {
    std::string line = text_of(problem, "title");
    if (line.empty()) return "the server answered " + std::to_string(status);
    const auto detail = text_of(problem, "detail");
    if (!detail.empty()) line += ": " + detail;
    std::string names;
    for (const auto suggestion : problem["suggestions"].elements()) {
        const auto name = suggestion.as_text("suggestions");
        if (name) names += (names.empty() ? "" : ", ") + name.value();
    }
    return names.empty() ? line : line + " (did you mean " + names + "?)";
}

}  // namespace

JsonDocument success_of(const OperatorReply& reply) {
    auto document = parse_json_object(reply.body.empty() ? "{}" : reply.body, generous);
    if (!document) throw RequestRefused("the server answered " + std::to_string(reply.status) + " without JSON");
    if (reply.status >= 300) throw RequestRefused(line_of(document.value().root(), reply.status));
    return std::move(document.value());
}

std::string text_of(JsonValue object, std::string_view field) {
    auto text = object[field].as_text(field);
    return text ? text.value() : "";
}

double number_of(JsonValue object, std::string_view field) {
    return std::strtod(object[field].to_json().c_str(), nullptr);
}

}  // namespace riposte
