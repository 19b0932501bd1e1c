#include "chat/room_catalogue.hpp"

#include "commands/room_catalogue.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <utility>

namespace riposte {

Awaitable<Result<CatalogueSnapshot>> catalogue_of_room(Store& store, UserId user, std::string room,
                                                       CatalogueSnapshot catalogue) {
    const auto plugins = co_await store.room_plugins(user, std::move(room));
    if (!plugins) co_return plugins.error();
    std::set<std::string> absent;
    for (const auto& each : *plugins)
        if (!each.here) absent.insert(each.plugin);
    co_return without_plugins(catalogue, absent);
}

Awaitable<Result<>> check_plugin_is_here(Store& store, UserId user, std::string room, std::string plugin) {
    const auto plugins = co_await store.room_plugins(user, std::move(room));
    if (!plugins) co_return plugins.error();
    const auto found = std::ranges::find(*plugins, plugin, &RoomPlugin::plugin);
    if (found == plugins->end() || found->here) co_return Result<>{};
    co_return Problem{.code = ErrorCode::CommandNotAllowed,
                      .detail = plugin + " is not in this room: an owner of the room can add it",
                      .argument = plugin};
}

}  // namespace riposte
