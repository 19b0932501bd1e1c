#include "net/handlers.hpp"
#include "net/replies.hpp"
#include "net/report_response.hpp"
#include "net/services.hpp"
#include "operator/operator.hpp"
#include "operator/plugin_json.hpp"
#include "protocol/text.hpp"

namespace riposte::handlers {
namespace {

constexpr IntegerLimits plugin_history_limit{.minimum = 1, .maximum = 200};
constexpr IntegerLimits log_limit{.minimum = 1, .maximum = 5000};
constexpr IntegerLimits any_generation{.minimum = 1};

Result<Response> plugin_response(Result<PluginView> plugin) {
    if (!plugin) return plugin.error();
    return value_response(*plugin);
}

}  // namespace

Answer plugins(NetThread&, Services& services, Request) {
    const auto found = co_await services.operations.plugins();
    co_return field_response("plugins", found);
}

Answer plugin(NetThread&, Services& services, Request request) {
    auto found = co_await services.operations.plugin(request.parameters[0]);
    co_return plugin_response(std::move(found));
}

Answer plugin_history(NetThread&, Services& services, Request request) {
    const auto limit = query_integer(request, "limit", plugin_history_limit, 50);
    if (!limit) co_return limit.error();
    const auto found = co_await services.operations.history(request.parameters[0], static_cast<int>(*limit));
    if (!found) co_return found.error();
    co_return field_response("history", *found);
}

Answer plugin_log(NetThread&, Services& services, Request request) {
    const auto limit = query_integer(request, "limit", log_limit, 200);
    if (!limit) co_return limit.error();
    const auto number = query_integer(request, "generation", any_generation, 0);
    if (!number) co_return number.error();
    const auto generation = *number == 0 ? std::nullopt : std::optional(*number);
    const auto lines =
        co_await services.operations.log(request.parameters[0], generation, static_cast<std::size_t>(*limit));
    if (!lines) co_return lines.error();
    co_return field_response("log", *lines);
}

Answer reload_plugin(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    const auto force = body->root().optional_bool("force");
    if (!force) co_return force.error();
    auto report = co_await services.operations.reload(request.parameters[0], request.operator_name, *force);
    co_return report_response(std::move(report), request.id);
}

Answer roll_back_plugin(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    const auto text = body->root().optional_text("data");
    if (!text) co_return text.error();
    const auto data = data_choice_from(text->value_or(""));
    if (!data) co_return invalid_value("data", "keep or restore");
    auto report = co_await services.operations.rollback(request.parameters[0], request.operator_name, *data);
    co_return report_response(std::move(report), request.id);
}

Answer enable_plugin(NetThread&, Services& services, Request request) {
    auto enabled = co_await services.operations.enable(request.parameters[0], request.operator_name);
    co_return plugin_response(std::move(enabled));
}

Answer disable_plugin(NetThread&, Services& services, Request request) {
    auto disabled = co_await services.operations.disable(request.parameters[0], request.operator_name);
    co_return plugin_response(std::move(disabled));
}

Answer isolate_plugin(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    const auto text = body->root().required_text("isolation");
    if (!text) co_return text.error();
    const auto isolation = isolation_from(*text);
    if (!isolation) co_return invalid_value("isolation", "worker or in-process");
    auto isolated = co_await services.operations.isolate(request.parameters[0], *isolation, request.operator_name);
    co_return plugin_response(std::move(isolated));
}

Answer grant_to_plugin(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto permission = body->root().required_text("permission");
    if (!permission) co_return permission.error();
    const auto given = body->root().required_bool("given");
    if (!given) co_return given.error();
    auto granted = co_await services.operations.grant(request.parameters[0], std::move(*permission), *given,
                                                      request.operator_name);
    co_return plugin_response(std::move(granted));
}

Answer set_plugin_presence(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    const auto text = body->root().required_text("rooms");
    if (!text) co_return text.error();
    const auto presence = plugin_presence_from(*text);
    if (!presence) co_return invalid_value("rooms", "everywhere or invited");
    auto set = co_await services.operations.set_presence(request.parameters[0], *presence, request.operator_name);
    co_return plugin_response(std::move(set));
}

Answer alias_plugin(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto prefix = body->root().required_text("prefix");
    if (!prefix) co_return prefix.error();
    auto alias = body->root().optional_text("alias");
    if (!alias) co_return alias.error();
    auto named = co_await services.operations.alias(request.parameters[0], std::move(*prefix), alias->value_or(""),
                                                    request.operator_name);
    co_return plugin_response(std::move(named));
}

Answer reset_link(NetThread&, Services& services, Request request) {
    auto name = name_looked_up(request.parameters[0]);
    if (!name) co_return name.error();
    const auto url = co_await services.operations.reset_link(std::move(*name), request.operator_name);
    if (!url) co_return url.error();
    co_return field_response("url", *url);
}

Answer admin_link(NetThread&, Services& services, Request request) {
    const auto url = co_await services.operations.admin_link(request.operator_name);
    if (!url) co_return url.error();
    co_return field_response("url", *url);
}

Answer backup(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto file = body->root().required_text("file");
    if (!file) co_return file.error();
    if (!file->starts_with('/'))
        co_return invalid_value("file", "an absolute path: the server works in another folder");
    const auto bytes = co_await services.operations.backup(std::move(*file), request.operator_name);
    if (!bytes) co_return bytes.error();
    std::string json;
    json_object(json).field("bytes", *bytes).field("integrity", "ok");
    co_return json_response(std::move(json));
}

}  // namespace riposte::handlers
