#pragma once

#include "base/result.hpp"
#include "protocol/types.hpp"
#include "store/sqlite/database.hpp"

#include <optional>

namespace riposte::sqlite {

/// What one may want of a room.
enum class Right : std::uint8_t {
    See,       // its title and summary
    Join,      // become a member without being invited
    Read,      // history, events, members, search; mark as read, leave
    Post,      // edit, react, upload; nobody while the room is closed
    Moderate,  // invite, add, remove, delete others' messages, change the title
    Own,       // give roles
};

/// A room as the transaction sees it.
struct RoomRow {
    RoomId id{};
    std::string uri;
    RoomKind kind = RoomKind::Room;
    std::string title;
    RoomVisibility visibility = RoomVisibility::Private;
    Seq last_seq = 0;
    std::int64_t people = 0;  // messages by people so far
    std::int64_t member_count = 0;
    std::int64_t slow_mode_s = 0;
    bool closed = false;
};

/// A right that was granted: the room, and who asked in which role.
struct Granted {
    RoomRow room;
    User user;
    std::optional<Role> role;  // none: not a member
    Seq last_read_seq = 0;
    std::optional<Notify> notify;  // none: as the kind of room has it
    bool muted = false;
};

/// The one place where membership, role, bar and visibility are decided, for reads and writes alike, inside the
/// transaction that acts on it. NotFound for a room that the user may not see; NotAMember, Barred, NotAllowed, RoomClosed;
/// Unauthenticated for an account that is disabled or deleted.
Result<Granted> authorize(Database& db, UserId user, std::string_view uri, Right right);
Result<Granted> authorize(Database& db, UserId user, RoomId room, Right right);

/// Without asking who: for what the host itself does.
std::optional<RoomRow> find_room(Database& db, RoomId room);
std::optional<RoomRow> find_room(Database& db, std::string_view uri);

}  // namespace riposte::sqlite
