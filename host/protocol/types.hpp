#pragma once

#include "base/ids.hpp"
#include "base/problem.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// The things of which the protocol speaks, as plain values. docs/protocol.md has their JSON; protocol/json.hpp writes it.
namespace riposte {

enum class Role : std::uint8_t { Member, Moderator, Owner };
enum class RoomKind : std::uint8_t { Room, Direct };
enum class RoomVisibility : std::uint8_t { Private, Public };
enum class MessageState : std::uint8_t { Posted, Streaming };
enum class Change : std::uint8_t { Joined, Left, Removed, Role };
enum class InvocationState : std::uint8_t { Queued, Running, Done, Failed };
/// Which messages of a room call one: a badge, a notification.
enum class Notify : std::uint8_t { All, Mentions, None };
/// Who may give a command.
enum class Audience : std::uint8_t { Anyone, Moderator, Owner, Operator };
/// Who sees a command and its answers.
enum class CommandVisibility : std::uint8_t { Room, Author };

struct User {
    UserId id{};
    std::string name;
    std::string display_name;
    bool bot = false;
    bool admin = false;
};

struct Me {
    User user;
    Timestamp created_at = 0;
    std::string locale;  // "en", "zh-CN" or empty
};

/// A room as one user sees it.
struct Room {
    RoomId id{};
    std::string uri;
    RoomKind kind = RoomKind::Room;
    std::string title;
    RoomVisibility visibility = RoomVisibility::Private;
    Seq last_seq = 0;
    std::int64_t member_count = 0;
    std::optional<Role> role;  // none: not a member
    Seq last_read_seq = 0;
    std::int64_t unread = 0;    // people's messages after last_read_seq, not my own
    std::int64_t mentions = 0;  // of them, those that name me
    std::optional<User> peer;   // direct rooms
    Notify notify = Notify::Mentions;
    bool muted = false;            // unread messages do not show
    std::int64_t slow_mode_s = 0;  // seconds between two messages of one member; 0: off
    std::int64_t reports = 0;      // open ones; moderators and owners only
    bool closed = false;           // by an operator: read, not written in
};

struct Member {
    User user;
    Role role = Role::Member;
    Timestamp joined_at = 0;
};

/// One emoji under a message and who gave it, in the order of giving.
struct Reaction {
    std::string emoji;
    std::vector<std::string> names;
};

using FileId = Uuid;

/// A file that a message carries.
struct Attachment {
    FileId id{};
    std::string name;  // as its owner called it
    std::string type;  // media type by its first bytes, never by what its owner says
    std::int64_t size = 0;
    std::int64_t width = 0;  // pixels of a picture as its owner says; 0: unknown
    std::int64_t height = 0;
    bool thumbnail = false;
};

struct Message {
    MessageId id{};
    RoomId room_id{};
    std::string room;  // uri
    Seq seq = 0;       // of its post event
    User author;
    std::string text;  // "" when deleted
    Timestamp created_at = 0;
    std::optional<Timestamp> edited_at;
    bool deleted = false;
    std::optional<MessageId> reply_to;
    std::optional<InvocationId> invocation;  // the command it is, or the one it answers
    std::string client_msg_id;               // "" for bots
    MessageState state = MessageState::Posted;
    bool command = false;
    std::vector<Reaction> reactions;
    std::vector<Attachment> attachments;
};

/// One position in a room's log.
struct Event {
    enum class Kind : std::uint8_t { Post, Edit, Delete, Membership, Room, CommandFailed, Reaction };

    Kind kind = Kind::Post;
    RoomId room_id{};
    std::string room;  // uri
    Seq seq = 0;
    std::string actor;                    // name; "" for the host itself
    std::optional<Message> message;       // Post, Edit
    std::optional<MessageId> message_id;  // Delete, CommandFailed, Reaction
    std::optional<User> user;             // Membership
    Change change = Change::Joined;
    Role role = Role::Member;
    std::string title;  // Room
    RoomVisibility visibility = RoomVisibility::Private;
    std::int64_t slow_mode_s = 0;
    bool closed = false;                     // Room
    std::string emoji;                       // Reaction
    bool added = false;                      // Reaction: given, not taken back
    std::optional<InvocationId> invocation;  // CommandFailed
    std::string plugin;
    ErrorCode code = ErrorCode::Internal;
};

struct EphemeralReply {
    std::uint32_t part = 0;
    std::string text;
};

struct Invocation {
    InvocationId id{};
    UserId author{};
    RoomId room_id{};
    std::string room;                     // uri
    std::optional<MessageId> message_id;  // none for an author-only command
    std::string plugin;
    std::string command;  // prefix
    std::string text;     // the line as it was sent
    CommandVisibility visibility = CommandVisibility::Room;
    InvocationState state = InvocationState::Queued;
    std::optional<ErrorCode> code;  // Failed
    std::string detail;
    Timestamp created_at = 0;
    std::optional<Timestamp> ended_at;
    std::vector<EphemeralReply> replies;
};

struct Invite {
    std::int64_t id = 0;
    std::string token;  // only in the answer that creates it
    std::string created_by;
    Timestamp created_at = 0;
    std::optional<Timestamp> expires_at;
    std::optional<std::int64_t> uses_left;
    std::int64_t uses = 0;
    bool revoked = false;
};

/// A message that somebody asks the room's moderators to look at.
struct Report {
    std::int64_t id = 0;
    Message message;
    std::string room_title;
    User reporter;
    std::string reason;
    Timestamp created_at = 0;
};

struct SearchHit {
    Message message;
    std::string room_title;
    std::string excerpt;
};

std::string_view to_string(Role role);
std::string_view to_string(RoomKind kind);
std::string_view to_string(RoomVisibility visibility);
std::string_view to_string(Change change);
std::string_view to_string(InvocationState state);
std::string_view to_string(Audience audience);
std::string_view to_string(CommandVisibility visibility);
std::string_view to_string(Notify notify);
std::optional<Role> role_from(std::string_view text);
std::optional<RoomVisibility> room_visibility_from(std::string_view text);
std::optional<Notify> notify_from(std::string_view text);

}  // namespace riposte
