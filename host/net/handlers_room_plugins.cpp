#include "net/handlers.hpp"
#include "net/replies.hpp"
#include "net/services.hpp"
#include "operator/operator.hpp"
#include "protocol/text.hpp"
#include "store/store.hpp"

#include <algorithm>

namespace riposte::handlers {
namespace {

bool has(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

/// Its build asks to listen, and the operator lets it.
bool may_listen(const PluginView& plugin) { return has(plugin.permissions, "hear") && has(plugin.grants, "hear"); }

void append_plugin(std::string& out, const RoomPlugin& plugin, const std::vector<PluginView>& running) {
    const auto view = std::ranges::find(running, plugin.plugin, &PluginView::id);
    json_object(out)
        .field("plugin", plugin.plugin)
        .field("bot", plugin.bot)
        .field("rooms", to_string(plugin.presence))
        .field("here", plugin.here)
        .field("invited", plugin.invited)
        .field("serving", view != running.end() && view->serving)
        .field("can_hear", view != running.end() && may_listen(*view))
        .field("hears", plugin.hears);
}

}  // namespace

Answer room_plugins(NetThread&, Services& services, Request request) {
    const auto found = co_await services.store.room_plugins(request.identity->user.id, request.parameters[0]);
    if (!found) co_return found.error();
    const auto running = co_await services.operations.plugins();
    std::string json = "{\"plugins\":[";
    for (bool first = true; const auto& each : *found) {
        if (!first) json += ',';
        first = false;
        append_plugin(json, each, running);
    }
    co_return json_response(json + "]}");
}

Answer add_plugin_to_room(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    std::optional<bool> hears;
    if (!body->root()["hears"].absent()) {
        const auto wanted = body->root().required_bool("hears");
        if (!wanted) co_return wanted.error();
        hears = *wanted;
    }
    const auto& id = request.parameters[1];
    const auto running = co_await services.operations.plugins();
    const auto view = std::ranges::find(running, id, &PluginView::id);
    if (hears == true && view != running.end() && !may_listen(*view))
        co_return invalid_value("hears", id + " does not ask to listen, or the operator has not let it");
    const auto added = co_await services.store.add_plugin(request.identity->user.id, request.parameters[0], id, hears);
    if (!added) co_return added.error();
    std::string json;
    append_plugin(json, *added, running);
    co_return json_response(std::move(json));
}

Answer remove_plugin_from_room(NetThread&, Services& services, Request request) {
    const auto removed =
        co_await services.store.remove_plugin(request.identity->user.id, request.parameters[0], request.parameters[1]);
    if (!removed) co_return removed.error();
    co_return no_content();
}

}  // namespace riposte::handlers
