#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "commands/catalogue.hpp"
#include "protocol/types.hpp"

#include <string>

namespace riposte {

class Store;

/// Of these commands, those that can be given in a room: its plugins'. NotFound, NotAMember. Any executor.
Awaitable<Result<CatalogueSnapshot>> catalogue_of_room(Store& store, UserId user, std::string room,
                                                       CatalogueSnapshot catalogue);
/// Whether the plugin's commands can be given there; CommandNotAllowed with the plugin as `argument`.
Awaitable<Result<>> check_plugin_is_here(Store& store, UserId user, std::string room, std::string plugin);

}  // namespace riposte
