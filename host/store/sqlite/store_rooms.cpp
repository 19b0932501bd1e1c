#include "store/sqlite/sqlite_store.hpp"

#include "store/sqlite/invites.hpp"
#include "store/sqlite/members.hpp"
#include "store/sqlite/room_plugins.hpp"
#include "store/sqlite/rooms.hpp"

namespace riposte::sqlite {

Awaitable<Result<Room>> SqliteStore::create_room(UserId owner, NewRoom room) {
    return write<Room>([owner, room = std::move(room)](Transaction& transaction) {
        return sqlite::create_room(transaction, owner, room);
    });
}

Awaitable<Result<std::pair<Room, bool>>> SqliteStore::direct_room(UserId one, std::string other) {
    return write<std::pair<Room, bool>>([one, other = std::move(other)](Transaction& transaction) {
        return sqlite::direct_room(transaction, one, other);
    });
}

Awaitable<Result<Room>> SqliteStore::room(UserId user, std::string uri) {
    return read<Room>([user, uri = std::move(uri)](Database& db) { return sqlite::room(db, user, uri); });
}

Awaitable<Result<std::vector<Room>>> SqliteStore::rooms_of(UserId user) {
    return read<std::vector<Room>>([user](Database& db) { return sqlite::rooms_of(db, user); });
}

Awaitable<Result<std::vector<Room>>> SqliteStore::public_rooms(UserId not_in) {
    return read<std::vector<Room>>([not_in](Database& db) { return sqlite::public_rooms(db, not_in); });
}

Awaitable<Result<Room>> SqliteStore::update_room(UserId user, std::string uri, std::optional<std::string> title,
                                                 std::optional<RoomVisibility> visibility) {
    return write<Room>([user, uri = std::move(uri), title = std::move(title), visibility](Transaction& transaction) {
        return sqlite::update_room(transaction, user, uri, title, visibility);
    });
}

Awaitable<Result<Room>> SqliteStore::set_slow_mode(UserId by, std::string uri, std::int64_t seconds) {
    return write<Room>([by, uri = std::move(uri), seconds](Transaction& transaction) {
        return sqlite::set_slow_mode(transaction, by, uri, seconds);
    });
}

Awaitable<Result<Room>> SqliteStore::set_notifications(UserId user, std::string uri, std::optional<Notify> notify,
                                                       std::optional<bool> muted) {
    return write<Room>([user, uri = std::move(uri), notify, muted](Transaction& transaction) {
        return sqlite::set_notifications(transaction, user, uri, notify, muted);
    });
}

Awaitable<Result<std::vector<Member>>> SqliteStore::members(UserId user, std::string uri) {
    return read<std::vector<Member>>(
        [user, uri = std::move(uri)](Database& db) { return sqlite::members(db, user, uri); });
}

Awaitable<Result<Room>> SqliteStore::join_public(UserId user, std::string uri) {
    return write<Room>(
        [user, uri = std::move(uri)](Transaction& transaction) { return sqlite::join_public(transaction, user, uri); });
}

Awaitable<Result<>> SqliteStore::add_member(UserId by, std::string uri, std::string name) {
    return write([by, uri = std::move(uri), name = std::move(name)](Transaction& transaction) {
        return sqlite::add_member(transaction, by, uri, name);
    });
}

Awaitable<Result<>> SqliteStore::set_role(UserId by, std::string uri, std::string name, Role role) {
    return write([by, uri = std::move(uri), name = std::move(name), role](Transaction& transaction) {
        return sqlite::set_role(transaction, by, uri, name, role);
    });
}

Awaitable<Result<>> SqliteStore::remove_member(UserId by, std::string uri, std::string name) {
    return write([by, uri = std::move(uri), name = std::move(name)](Transaction& transaction) {
        return sqlite::remove_member(transaction, by, uri, name);
    });
}

Awaitable<Result<std::vector<RoomPlugin>>> SqliteStore::room_plugins(UserId user, std::string uri) {
    return read<std::vector<RoomPlugin>>(
        [user, uri = std::move(uri)](Database& db) { return sqlite::room_plugins(db, user, uri); });
}

Awaitable<Result<RoomPlugin>> SqliteStore::add_plugin(UserId by, std::string uri, std::string plugin,
                                                      std::optional<bool> hears) {
    return write<RoomPlugin>([by, uri = std::move(uri), plugin = std::move(plugin), hears](Transaction& transaction) {
        return sqlite::add_plugin(transaction, by, uri, plugin, hears);
    });
}

Awaitable<Result<>> SqliteStore::remove_plugin(UserId by, std::string uri, std::string plugin) {
    return write([by, uri = std::move(uri), plugin = std::move(plugin)](Transaction& transaction) {
        return sqlite::remove_plugin(transaction, by, uri, plugin);
    });
}

Awaitable<Result<Invite>> SqliteStore::create_invite(UserId by, std::string uri, NewInvite invite) {
    return write<Invite>([by, uri = std::move(uri), invite = std::move(invite)](Transaction& transaction) {
        return sqlite::create_invite(transaction, by, uri, invite);
    });
}

Awaitable<Result<std::vector<Invite>>> SqliteStore::invites(UserId by, std::string uri) {
    return read<std::vector<Invite>>([by, uri = std::move(uri)](Database& db) { return sqlite::invites(db, by, uri); });
}

Awaitable<Result<>> SqliteStore::revoke_invite(UserId by, std::string uri, std::int64_t id) {
    return write([by, uri = std::move(uri), id](Transaction& transaction) {
        return sqlite::revoke_invite(transaction, by, uri, id);
    });
}

Awaitable<Result<InviteView>> SqliteStore::invite(std::string token_hash) {
    return read<InviteView>(
        [token_hash = std::move(token_hash)](Database& db) { return sqlite::invite(db, token_hash); });
}

Awaitable<Result<Room>> SqliteStore::use_invite(UserId user, std::string token_hash) {
    return write<Room>([user, token_hash = std::move(token_hash)](Transaction& transaction) {
        return sqlite::use_invite(transaction, user, token_hash);
    });
}

Awaitable<Result<>> SqliteStore::mark_read(UserId user, std::string uri, Seq seq) {
    return write([user, uri = std::move(uri), seq](Transaction& transaction) {
        return sqlite::mark_read(transaction, user, uri, seq);
    });
}

}  // namespace riposte::sqlite
