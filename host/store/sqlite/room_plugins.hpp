#pragma once

#include "store/rooms.hpp"
#include "store/sqlite/authorize.hpp"
#include "store/sqlite/transaction.hpp"

namespace riposte::sqlite {

/// What a plugin does in a room.
enum class PluginDeed : std::uint8_t {
    Answer,  // takes a command, fires a timer
    Post,    // says something unasked
    Hear,    // is given what people write
};

/// The one place where it is decided whether a plugin is in a room.
bool may(Database& db, const RoomRow& room, std::string_view plugin, PluginDeed deed);
/// What to say to who gave a command of a plugin that is not there. `argument` is the plugin.
Problem not_here(const RoomRow& room, std::string_view plugin);

Result<std::vector<RoomPlugin>> room_plugins(Database& db, UserId user, std::string_view uri);
Result<RoomPlugin> add_plugin(Transaction& transaction, UserId by, std::string_view uri, std::string_view plugin,
                              std::optional<bool> hears);
Result<> remove_plugin(Transaction& transaction, UserId by, std::string_view uri, std::string_view plugin);

}  // namespace riposte::sqlite
