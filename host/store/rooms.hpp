#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "protocol/plugin_records.hpp"
#include "protocol/types.hpp"

#include <string>
#include <utility>
#include <vector>

namespace riposte {

struct NewRoom {
    std::string uri;  // empty: 12 random characters of [a-z0-9]
    std::string title;
    RoomVisibility visibility = RoomVisibility::Private;
};

struct NewInvite {
    std::string token_hash;
    std::optional<Timestamp> expires_at;
    std::optional<std::int64_t> uses;
};

/// What an invite's link shows before one signs in.
struct InviteView {
    std::string room;  // uri
    std::string title;
    std::string created_by;
};

/// A plugin of this host as a room has it. Where a room's owner has added it, its bot is a member.
struct RoomPlugin {
    std::string plugin;  // id
    std::string bot;     // the name under which it speaks
    PluginPresence presence = PluginPresence::Everywhere;
    bool invited = false;
    bool here = false;   // its commands can be given
    bool hears = false;  // what people write comes to it, if its build asks for it and has the operator's grant
};

/// Rooms, members and invites. Membership and rights are checked inside each transaction by authorize() alone; a room
/// that the user may not see is NotFound. Every change of who is where is a room event with a seq.
class RoomStore {
public:
    virtual ~RoomStore() = default;
    virtual Awaitable<Result<Room>> create_room(UserId owner, NewRoom room) = 0;
    /// The one room of these two; the flag tells whether it is new.
    virtual Awaitable<Result<std::pair<Room, bool>>> direct_room(UserId one, std::string other) = 0;
    virtual Awaitable<Result<Room>> room(UserId user, std::string uri) = 0;
    virtual Awaitable<Result<std::vector<Room>>> rooms_of(UserId user) = 0;
    virtual Awaitable<Result<std::vector<Room>>> public_rooms(UserId not_in) = 0;
    /// Owner or moderator.
    virtual Awaitable<Result<Room>> update_room(UserId user, std::string uri, std::optional<std::string> title,
                                                std::optional<RoomVisibility> visibility) = 0;
    /// Owner or moderator, who are themselves exempt. 0 to 3600 seconds.
    virtual Awaitable<Result<Room>> set_slow_mode(UserId by, std::string uri, std::int64_t seconds) = 0;
    /// For oneself alone; each where it is given.
    virtual Awaitable<Result<Room>> set_notifications(UserId user, std::string uri, std::optional<Notify> notify,
                                                      std::optional<bool> muted) = 0;
    virtual Awaitable<Result<std::vector<Member>>> members(UserId user, std::string uri) = 0;
    virtual Awaitable<Result<Room>> join_public(UserId user, std::string uri) = 0;
    virtual Awaitable<Result<>> add_member(UserId by, std::string uri, std::string name) = 0;
    virtual Awaitable<Result<>> set_role(UserId by, std::string uri, std::string name, Role role) = 0;
    /// Oneself: leaves (LastOwner while others are there). Another: owner or moderator, never upwards; bars.
    virtual Awaitable<Result<>> remove_member(UserId by, std::string uri, std::string name) = 0;
    /// Every plugin of this host, by id, as it stands in the room; for members.
    virtual Awaitable<Result<std::vector<RoomPlugin>>> room_plugins(UserId user, std::string uri) = 0;
    /// The owner, or either of the two in a direct room with that bot. `hears`, where given, says whether it may listen;
    /// each change is an event of the room. NotFound: no such plugin.
    virtual Awaitable<Result<RoomPlugin>> add_plugin(UserId by, std::string uri, std::string plugin,
                                                     std::optional<bool> hears) = 0;
    /// NotFound when it was not added.
    virtual Awaitable<Result<>> remove_plugin(UserId by, std::string uri, std::string plugin) = 0;
    virtual Awaitable<Result<Invite>> create_invite(UserId by, std::string uri, NewInvite invite) = 0;
    virtual Awaitable<Result<std::vector<Invite>>> invites(UserId by, std::string uri) = 0;
    virtual Awaitable<Result<>> revoke_invite(UserId by, std::string uri, std::int64_t id) = 0;
    virtual Awaitable<Result<InviteView>> invite(std::string token_hash) = 0;
    /// Joins; lifts a bar. Who is a member already uses nothing up.
    virtual Awaitable<Result<Room>> use_invite(UserId user, std::string token_hash) = 0;
    /// Once a person and message; asks the moderators to look.
    virtual Awaitable<Result<>> report(UserId by, std::string uri, MessageId id, std::string reason) = 0;
    /// Open ones, the oldest first. Owner or moderator.
    virtual Awaitable<Result<std::vector<Report>>> reports(UserId by, std::string uri) = 0;
    virtual Awaitable<Result<>> settle_report(UserId by, std::string uri, std::int64_t id) = 0;
    /// Moves forward only.
    virtual Awaitable<Result<>> mark_read(UserId user, std::string uri, Seq seq) = 0;
};

}  // namespace riposte
