#include "net/handlers.hpp"
#include "net/replies.hpp"
#include "net/report_response.hpp"
#include "net/services.hpp"
#include "operator/operator.hpp"
#include "operator/plugin_json.hpp"

// A plugin's own settings, seen and changed while it serves.
namespace riposte::handlers {
namespace {

using From = SettingChoice::From;

/// {"file": "/run/key"} or {"environment": "NAME"}
Result<SettingChoice> place_in(JsonValue value, const std::string& key) {
    auto file = value.optional_text("file");
    if (!file) return file.error();
    auto variable = value.optional_text("environment");
    if (!variable) return variable.error();
    if (file->has_value() == variable->has_value())
        return Problem{.code = ErrorCode::InvalidValue,
                       .detail = "an object is {\"file\": \"/path\"} or {\"environment\": \"NAME\"}",
                       .argument = key};
    SettingChoice choice;
    choice.from = *file ? From::File : From::Environment;
    choice.texts = {*file ? std::move(**file) : std::move(**variable)};
    return choice;
}

/// A number or a truth value as one would type it.
Result<std::string> text_in(JsonValue value, const std::string& key) {
    const auto json = value.to_json();
    if (json[0] == '"') return value.as_text(key);
    if (json[0] != '{' && json[0] != '[' && json != "null") return json;
    return Problem{.code = ErrorCode::InvalidValue, .detail = "a text, a number, true or false", .argument = key};
}

Result<SettingChoice> choice_in(JsonValue value, const std::string& key) {
    if (value.is_object()) return place_in(value, key);
    SettingChoice choice;
    const bool several = value.to_json()[0] == '[';
    for (const auto each : several ? value.elements() : std::vector{value}) {
        auto text = text_in(each, key);
        if (!text) return text.error();
        choice.texts.push_back(std::move(*text));
    }
    return choice;
}

Result<SettingChanges> changes_in(const Request& request) {
    const auto body = body_of(request);
    if (!body) return body.error();
    const auto values = body->root()["values"];
    if (!values.is_object())
        return Problem{.code = ErrorCode::InvalidValue, .detail = "an object: keys and values", .argument = "values"};
    SettingChanges changes;
    std::optional<Problem> wrong;
    values.each_field([&](std::string_view name, JsonValue value) {
        const std::string key(name);
        if (wrong) return;
        if (value.absent()) {
            changes[key] = std::nullopt;
            return;
        }
        auto choice = choice_in(value, key);
        if (choice) changes[key] = std::move(*choice);
        else wrong = choice.error();
    });
    if (wrong) return *wrong;
    return changes;
}

}  // namespace

Answer plugin_config(NetThread&, Services& services, Request request) {
    const auto found = co_await services.operations.plugin_settings(request.parameters[0]);
    if (!found) co_return found.error();
    co_return field_response("config", *found);
}

Answer configure_plugin(NetThread&, Services& services, Request request) {
    auto changes = changes_in(request);
    if (!changes) co_return changes.error();
    const auto reach = request.identity ? Reach::Network : Reach::Machine;
    auto report = co_await services.operations.configure(request.parameters[0], std::move(*changes), reach,
                                                         request.operator_name);
    co_return report_response(std::move(report), request.id);
}

}  // namespace riposte::handlers
