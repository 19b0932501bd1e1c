#include "chat/room_catalogue.hpp"
#include "chat/typing_help.hpp"
#include "commands/arguments.hpp"
#include "commands/catalogue_json.hpp"
#include "net/handlers.hpp"
#include "net/net_thread.hpp"
#include "net/replies.hpp"
#include "net/router.hpp"
#include "net/services.hpp"
#include "protocol/text.hpp"

#include <array>

namespace riposte::handlers {
namespace {

std::string_view to_string(Access access) {
    constexpr auto names = std::to_array<std::string_view>({"anyone", "user", "operator", "unix_socket"});
    return names[static_cast<std::size_t>(access)];
}

void append_values(std::string& out, const std::vector<SuggestedValue>& values) {
    out += '[';
    for (bool first = true; const auto& each : values) {
        if (!first) out += ',';
        first = false;
        json_object(out).field("value", each.value).field("description", each.description);
    }
    out += ']';
}

}  // namespace

Answer commands(NetThread& thread, Services& services, Request request) {
    auto catalogue = thread.catalogue;
    if (auto room = query_text(request, "room"); !room.empty()) {
        auto here = co_await catalogue_of_room(services.store, request.identity->user.id, std::move(room), catalogue);
        if (!here) co_return here.error();
        catalogue = std::move(*here);
    }
    auto response = json_response(to_json(*catalogue, request.locale));
    response.headers.emplace_back("Vary", "Accept-Language");
    co_return response;
}

/// What sending the line would say, without sending it.
Answer check_command(NetThread& thread, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    const auto text = body->root().required_text("text");
    if (!text) co_return text.error();
    if (const auto checked = check_message_text(*text); !checked) co_return checked.error();
    const auto match = thread.catalogue->match(*text);
    if (!match) co_return match.error();
    const auto plugin = match->command->plugin;  // outlives the catalogue
    const auto arguments = parse_arguments(*match->command, *text, match->arguments_begin);
    if (!arguments) co_return arguments.error();
    const auto room = body->root().optional_text("room");
    if (!room) co_return room.error();
    if (!*room) co_return no_content();
    const auto here = co_await check_plugin_is_here(services.store, request.identity->user.id, **room, plugin);
    if (!here) co_return here.error();
    co_return no_content();
}

Answer suggest_values(NetThread& thread, Services& services, Request request) {
    auto text = query_text(request, "text");
    if (const auto checked = check_message_text(text); !checked) co_return checked.error();
    TypedLine line{.author = request.identity->user,
                   .room = request.parameters[0],
                   .text = std::move(text),
                   .locale = request.locale};
    const auto suggested = co_await services.typing_help.suggest(std::move(line), thread.catalogue);
    if (!suggested) co_return suggested.error();
    std::string json;
    json_object(json)
        .field("option", suggested->option.empty() ? std::nullopt : std::optional(suggested->option))
        .field_by("values", [&](std::string& out) { append_values(out, suggested->values); });
    co_return json_response(std::move(json));
}

/// Reached without an upgrade only: http_session hands upgrades over before routing.
Answer socket(NetThread&, Services&, Request) {
    co_return Problem{.code = ErrorCode::MalformedRequest, .detail = "a WebSocket is opened here"};
}

Answer list_routes(NetThread&, Services&, Request) {
    std::string json = "{\"routes\":[";
    for (bool first = true; const auto& route : routes()) {
        if (!first) json += ',';
        first = false;
        json_object(json)
            .field("method", riposte::to_string(route.method))
            .field("path", route.path)
            .field("access", to_string(route.access));
    }
    co_return json_response(json + "]}");
}

Answer healthz(NetThread&, Services&, Request) { co_return field_response("status", "ok"); }

/// While the host drains, Site answers for every handler.
Answer readyz(NetThread& thread, Services&, Request) {
    if (!thread.catalogue)
        co_return Problem{.code = ErrorCode::Overloaded, .detail = "still starting", .retry_after_s = 1};
    co_return field_response("status", "ready");
}

}  // namespace riposte::handlers
