#include "store/sqlite/room_plugins.hpp"

#include "store/sqlite/members.hpp"
#include "store/sqlite/room_log.hpp"
#include "store/sqlite/rows.hpp"

namespace riposte::sqlite {
namespace {

/// `invited` and `hears` are facts of the room, `presence` is the operator's word.
bool decide(const RoomPlugin& plugin, RoomKind kind, PluginDeed deed) {
    const bool everywhere = plugin.presence == PluginPresence::Everywhere;
    switch (deed) {
        case PluginDeed::Answer: return everywhere || plugin.invited;
        // Two people among themselves are not spoken to by a third who was not asked.
        case PluginDeed::Post: return plugin.invited || (everywhere && kind == RoomKind::Room);
        case PluginDeed::Hear: return plugin.invited && plugin.hears;
    }
    return false;
}

#define RIPOSTE_ROOM_PLUGIN                                                                       \
    "SELECT u.plugin, u.name, coalesce(p.presence, 0), m.user IS NOT NULL, coalesce(m.hears, 0) " \
    "FROM users u LEFT JOIN plugins p ON p.id = u.plugin "                                        \
    "LEFT JOIN members m ON m.room = ?1 AND m.user = u.id AND m.barred = 0 WHERE "

RoomPlugin read_room_plugin(const Statement& row, RoomKind kind) {
    RoomPlugin plugin{.plugin = row.column<std::string>(0),
                      .bot = row.column<std::string>(1),
                      .presence = row.column<PluginPresence>(2),
                      .invited = row.column<bool>(3),
                      .hears = row.column<bool>(4)};
    plugin.here = decide(plugin, kind, PluginDeed::Answer);
    return plugin;
}

/// None: it has no bot, since it was never loaded.
std::optional<RoomPlugin> find(Database& db, const RoomRow& room, std::string_view plugin) {
    auto row = db.query(RIPOSTE_ROOM_PLUGIN "u.plugin = ?2", room.id, plugin);
    if (!row.step()) return std::nullopt;
    return read_room_plugin(row, room.kind);
}

Problem no_such_plugin() { return {.code = ErrorCode::NotFound, .detail = "no such plugin", .argument = "plugin"}; }

/// An owner; in a direct room either of the two.
Result<Granted> authorize_host(Database& db, UserId by, std::string_view uri) {
    auto granted = authorize(db, by, uri, Right::Read);
    if (!granted || granted->room.kind == RoomKind::Direct) return granted;
    return authorize(db, by, uri, Right::Own);
}

void set_hearing(Transaction& transaction, RoomRow& room, const User& bot, bool hears, const User& actor) {
    transaction.db().run("UPDATE members SET hears = ?3 WHERE room = ?1 AND user = ?2", room.id, bot.id, hears);
    log_hearing(transaction, room, bot, hears, actor);
}

}  // namespace

bool may(Database& db, const RoomRow& room, std::string_view plugin, PluginDeed deed) {
    return decide(find(db, room, plugin).value_or(RoomPlugin{}), room.kind, deed);
}

Problem not_here(const RoomRow& room, std::string_view plugin) {
    const auto name = std::string(plugin);
    return {.code = ErrorCode::CommandNotAllowed,
            .detail = room.kind == RoomKind::Direct ? name + " is only in rooms whose owner has added it"
                                                    : name + " is not in this room: an owner of the room can add it",
            .argument = name};
}

Result<std::vector<RoomPlugin>> room_plugins(Database& db, UserId user, std::string_view uri) {
    const auto granted = authorize(db, user, uri, Right::Read);
    if (!granted) return granted.error();
    std::vector<RoomPlugin> found;
    auto rows = db.query(RIPOSTE_ROOM_PLUGIN "p.id IS NOT NULL ORDER BY p.id", granted->room.id);
    while (rows.step()) found.push_back(read_room_plugin(rows, granted->room.kind));
    return found;
}

Result<RoomPlugin> add_plugin(Transaction& transaction, UserId by, std::string_view uri, std::string_view plugin,
                              std::optional<bool> hears) {
    auto& db = transaction.db();
    auto granted = authorize_host(db, by, uri);
    if (!granted) return granted.error();
    auto& room = granted->room;
    const auto before = find(db, room, plugin);
    if (!before) return no_such_plugin();
    const auto bot = *find_user(db, before->bot);
    if (!before->invited && room.kind == RoomKind::Direct)
        return Problem{.code = ErrorCode::NotAllowed, .detail = "a direct room is of two"};
    join(transaction, room, bot, Role::Member, granted->user);
    if (hears.value_or(before->hears) != before->hears) set_hearing(transaction, room, bot, *hears, granted->user);
    return *find(db, room, plugin);
}

Result<> remove_plugin(Transaction& transaction, UserId by, std::string_view uri, std::string_view plugin) {
    auto& db = transaction.db();
    auto granted = authorize(db, by, uri, Right::Own);
    if (!granted) return granted.error();
    const auto before = find(db, granted->room, plugin);
    if (!before) return no_such_plugin();
    if (!before->invited)
        return Problem{
            .code = ErrorCode::NotFound, .detail = before->plugin + " was not added here", .argument = "plugin"};
    return remove_member(transaction, by, uri, before->bot);
}

}  // namespace riposte::sqlite
