#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "protocol/committed.hpp"
#include "protocol/types.hpp"

#include <functional>
#include <string>
#include <vector>

namespace riposte {

/// Born with the message that asks for it.
struct NewInvocation {
    InvocationId id{};
    std::string plugin;
    std::string command;
    CommandVisibility visibility = CommandVisibility::Room;
};

struct NewMessage {
    UserId author{};
    std::string room;  // uri
    std::string client_msg_id;
    std::string text;
    std::optional<MessageId> reply_to;
    std::optional<NewInvocation> invocation;  // visibility Author: no message is stored, only the invocation
    std::vector<FileId> attachments;          // the author's own, of this room, in no message yet
};

struct Posted {
    std::optional<Message> message;  // none for an author-only command
    std::optional<Invocation> invocation;
    bool repeated = false;  // this client_msg_id was committed before; nothing was stored now
    // Of a command that was stored now: where it was given, and as what.
    std::string room_title;
    RoomKind room_kind = RoomKind::Room;
    Role role = Role::Member;
};

enum class Direction : std::uint8_t { Before, After, Around };

struct HistoryQuery {
    Direction direction = Direction::Before;
    Seq seq = 0;                      // 0 with Before: from the end
    std::optional<MessageId> around;  // instead of seq
    int limit = 50;                   // 1..100
};

struct HistoryPage {
    std::vector<Message> messages;  // ascending
    bool has_before = false;
    bool has_after = false;
};

struct EventPage {
    std::vector<Event> events;  // ascending, after the given seq
    Seq last_seq = 0;           // of the room, in the same snapshot
};

/// How much happened after a seq, for the summary that replaces a flood.
struct Missed {
    Seq last_seq = 0;
    std::int64_t unread = 0;
    std::int64_t mentions = 0;
};

struct SearchQuery {
    std::string text;
    std::string room;  // "" = all of mine
    int limit = 20;    // 1..50
    std::optional<Timestamp> before;
};

/// Messages and the room log. Rights by authorize() inside each transaction.
class MessageStore {
public:
    virtual ~MessageStore() = default;
    /// Queues the post and returns at once: posts of one caller are committed in the order of the calls. After the
    /// commit an Ack goes through the commit sink when `ack` is given, then `done` (may be empty) is called on [writer];
    /// it must only pass on. NotAMember, NotFound, MessageConflict; Overloaded at once when the queue is full.
    virtual void post(NewMessage message, std::optional<AckAddress> ack, std::function<void(Result<Posted>)> done) = 0;
    /// Author only. An edit is never a command.
    virtual Awaitable<Result<Message>> edit(UserId by, std::string room, MessageId id, std::string text) = 0;
    /// Author, moderator or owner. Scrubs the text.
    virtual Awaitable<Result<>> remove(UserId by, std::string room, MessageId id) = 0;
    /// Gives an emoji to a message or takes it back; once more changes nothing. At most 20 kinds and 200 in all a message.
    virtual Awaitable<Result<>> react(UserId by, std::string room, MessageId id, std::string emoji, bool on) = 0;
    virtual Awaitable<Result<HistoryPage>> history(UserId user, std::string room, HistoryQuery query) = 0;
    virtual Awaitable<Result<EventPage>> events(UserId user, std::string room, Seq after, int limit) = 0;
    virtual Awaitable<Result<Missed>> missed(UserId user, std::string room, Seq after) = 0;
    virtual Awaitable<Result<std::vector<SearchHit>>> search(UserId user, SearchQuery query) = 0;
};

}  // namespace riposte
