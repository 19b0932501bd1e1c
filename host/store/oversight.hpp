#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "protocol/types.hpp"

#include <optional>
#include <string>
#include <vector>

namespace riposte {

/// Who operates: as log and audit name him ("alice, web"; "uid 1000, cli"), and the account, where there is one.
struct ActingOperator {
    std::string name;
    std::optional<User> user;
};

struct UserSummary {
    User user;
    bool disabled = false;
    Timestamp created_at = 0;
    std::optional<Timestamp> last_seen;  // of the sessions that are open
    std::int64_t sessions = 0;
};

/// Never a text of the room.
struct RoomSummary {
    std::string uri;
    std::string title;
    RoomKind kind = RoomKind::Room;
    RoomVisibility visibility = RoomVisibility::Private;
    bool closed = false;
    std::int64_t members = 0;
    std::int64_t messages = 0;               // by people
    std::optional<Timestamp> last_activity;  // the newest message
    std::int64_t reports = 0;                // open
    Timestamp created_at = 0;
};

/// One thing that an operator did.
struct AuditEntry {
    Timestamp at = 0;
    std::string by;
    std::string verb;     // "user disable", "room close", "plugin reload", …
    std::string subject;  // the user, room, plugin
    std::string detail;   // how it ended, where that is not plain
};

/// A command and what became of it; never what was written.
struct InvocationSummary {
    InvocationId id{};
    std::string author;  // name; "" of a deleted account
    std::string room_title;
    RoomKind room_kind = RoomKind::Room;
    std::string plugin;
    std::string command;  // prefix
    InvocationState state = InvocationState::Queued;
    std::optional<ErrorCode> code;
    std::string detail;  // what the plugin or the host said of a failure
    Timestamp created_at = 0;
    std::optional<Timestamp> ended_at;
};

/// The newest first: those that come before `before`, a mark that the page before this one gave.
struct Listing {
    std::string text;  // part of a name or title; "" = all
    std::optional<std::int64_t> before;
    int limit = 50;  // 1..100
};

template <class T>
struct Listed {
    std::vector<T> items;
    std::optional<std::int64_t> next;  // none: that was all
};

/// How busy the log has been, and how large it is.
struct StoreFigures {
    std::int64_t messages = 0;                // committed in the last minute
    std::vector<std::int64_t> command_times;  // ms from command to end, of the newest within 10 minutes; at most 10,000
    std::int64_t commands_failed = 0;         // of them
    std::int64_t writes_waiting = 0;          // in the writer's queue
    std::int64_t database_bytes = 0;
    std::int64_t log_bytes = 0;  // of the write-ahead log
    std::int64_t disk_free_bytes = 0;
};

enum class AccountState : std::uint8_t { Enabled, Disabled };
enum class RoomState : std::uint8_t { Open, Closed };

/// What an operator sees and does beyond his own rooms. Each deed and its line in the audit are one transaction. NotFound
/// for what is not there; any executor.
class OversightStore {
public:
    virtual ~OversightStore() = default;
    /// People, not bots.
    virtual Awaitable<Result<Listed<UserSummary>>> users(Listing listing) = 0;
    /// Disabled ends all sessions and sockets at once. NotAllowed for a bot and for oneself.
    virtual Awaitable<Result<UserSummary>> set_account(ActingOperator by, std::string name, AccountState state) = 0;
    /// As AccountStore::delete_user(), for good. NotAllowed for a bot and for oneself.
    virtual Awaitable<Result<>> remove_account(ActingOperator by, std::string name) = 0;
    /// Direct rooms only while a report in them is open.
    virtual Awaitable<Result<Listed<RoomSummary>>> all_rooms(Listing listing) = 0;
    /// Closed: nobody posts, edits or reacts, people or bots; everybody reads. The members get a room event.
    virtual Awaitable<Result<RoomSummary>> set_room(ActingOperator by, std::string uri, RoomState state) = 0;
    /// The open reports of every room, the oldest first, at most 200.
    virtual Awaitable<Result<std::vector<Report>>> all_reports() = 0;
    virtual Awaitable<Result<>> settle_any_report(ActingOperator by, std::int64_t id) = 0;
    /// Deletes the message that the report is about; settles every report of it.
    virtual Awaitable<Result<>> remove_reported(ActingOperator by, std::int64_t id) = 0;
    /// The newest first, at most 100. `text`: a plugin, its author's name, or a part of the id of four hex digits or more,
    /// which is what people see of one that failed; "" = all.
    virtual Awaitable<Result<std::vector<InvocationSummary>>> find_invocations(std::string text) = 0;
    virtual Awaitable<Result<>> add_audit(AuditEntry entry) = 0;
    virtual Awaitable<Result<Listed<AuditEntry>>> audit(Listing listing) = 0;
    virtual Awaitable<Result<StoreFigures>> figures() = 0;
};

}  // namespace riposte
