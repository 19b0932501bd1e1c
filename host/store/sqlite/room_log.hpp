#pragma once

#include "store/sqlite/authorize.hpp"
#include "store/sqlite/transaction.hpp"

namespace riposte::sqlite {

/// Appending to a room's log: every event takes the next seq of its room and is emitted, in the same transaction.

enum class Author : std::uint8_t { Person, Bot };

/// Takes the next seq; a person's message also counts for what is unread.
Seq next_seq(Transaction& transaction, RoomRow& room, std::optional<Author> message_by = std::nullopt);

struct MembershipChange {
    User user;
    Change change = Change::Joined;
    Role role = Role::Member;
    User actor;
};
/// Only the event; members.hpp has the functions that change who is where.
void log_membership(Transaction& transaction, RoomRow& room, const MembershipChange& change);
/// A membership event by which nobody comes or goes: what people write in the room comes to this bot's plugin from now on,
/// or does so no more. In the event `plugin` is set, and `added` says which.
void log_hearing(Transaction& transaction, RoomRow& room, const User& bot, bool hears, const User& actor);
/// The room's title, visibility, slow mode or being closed is now what `room` says. An actor without an id is the host.
void log_room(Transaction& transaction, RoomRow& room, const User& actor);
/// The message has been edited, or its stream has ended.
void log_edit(Transaction& transaction, RoomRow& room, const Message& message, const User& actor);
void log_delete(Transaction& transaction, RoomRow& room, MessageId message, const User& actor);
/// `actor` has given the emoji to the message, or taken it back.
void log_reaction(Transaction& transaction, RoomRow& room, MessageId message, std::string_view emoji, bool added,
                  const User& actor);
void log_command_failed(Transaction& transaction, RoomRow& room, const Invocation& invocation);

}  // namespace riposte::sqlite
