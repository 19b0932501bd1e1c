#include "store/sqlite/invocations.hpp"

#include "store/sqlite/edits.hpp"
#include "store/sqlite/hearing.hpp"
#include "store/sqlite/plugins.hpp"
#include "store/sqlite/replies.hpp"
#include "store/sqlite/room_log.hpp"
#include "store/sqlite/rows.hpp"

namespace riposte::sqlite {
namespace {

/// In the table and in `invocation`, which is open.
void end(Transaction& transaction, const Outcome& outcome, Invocation& invocation) {
    invocation.state = outcome.failure ? InvocationState::Failed : InvocationState::Done;
    invocation.code = outcome.failure;
    invocation.detail = outcome.detail;
    invocation.ended_at = transaction.now();
    const auto code = outcome.failure ? std::optional(info(*outcome.failure).name) : std::nullopt;
    transaction.db().run("UPDATE invocations SET state = ?2, code = ?3, detail = ?4, ended_at = ?5 WHERE id = ?1",
                         invocation.id, invocation.state, code, invocation.detail, invocation.ended_at);
}

/// Tells the author how it ended, and the room that it failed where the room saw the command.
void tell(Transaction& transaction, const Invocation& invocation) {
    if (is_heard(invocation)) return forget_if_silent(transaction.db(), invocation);
    if (invocation.code && invocation.message_id) {
        auto room = *find_room(transaction.db(), invocation.room_id);
        log_command_failed(transaction, room, invocation);
    }
    transaction.emit(InvocationChanged{invocation});
}

void end_streams(Transaction& transaction) {
    auto& db = transaction.db();
    std::vector<Message> streams;
    {
        auto rows =
            db.query("SELECT * FROM message_rows WHERE state = ?1 AND row IN (SELECT id FROM messages WHERE state = 1)",
                     MessageState::Streaming);
        while (rows.step()) streams.push_back(read_message(rows));
    }
    for (auto& message : streams) {
        auto room = *find_room(db, message.room_id);
        replace_text(transaction, room, message, std::string(message.text));
    }
}

/// The same end without the answer that nobody may give any more.
Outcome refused(Outcome outcome, ErrorCode why) {
    outcome.last_reply.reset();
    outcome.failure = why;
    return outcome;
}

}  // namespace

Invocation begin_invocation(Transaction& transaction, const RoomRow& room, const NewMessage& wanted,
                            std::optional<std::int64_t> message_row, const std::optional<Message>& message) {
    Invocation invocation;
    invocation.id = wanted.invocation->id;
    invocation.author = wanted.author;
    invocation.room_id = room.id;
    invocation.room = room.uri;
    if (message) invocation.message_id = message->id;
    invocation.plugin = wanted.invocation->plugin;
    invocation.command = wanted.invocation->command;
    invocation.text = wanted.text;
    invocation.visibility = wanted.invocation->visibility;
    invocation.created_at = transaction.now();
    const auto text = message ? std::nullopt : std::optional(wanted.text);
    transaction.db().run(
        "INSERT INTO invocations (id, author, room, message, plugin, command, text, visibility, state, created_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        invocation.id, invocation.author, room.id, message_row, invocation.plugin, invocation.command, text,
        invocation.visibility, invocation.state, invocation.created_at);
    return invocation;
}

Result<Invocation> finish(Transaction& transaction, const Outcome& outcome) {
    auto& db = transaction.db();
    auto found = find_invocation(db, outcome.invocation);
    if (!found || found->ended_at) return Problem{.code = ErrorCode::NotFound, .detail = "no such open invocation"};
    if (outcome.last_reply) {
        auto last = *outcome.last_reply;
        last.invocation = outcome.invocation;
        const auto replied = reply(transaction, last, *found);
        if (!replied && replied.error().code == ErrorCode::RoomClosed)
            return finish(transaction, refused(outcome, ErrorCode::RoomClosed));
        const bool is_there =
            !replied && replied.error().argument == "part";  // sent before: the end stands all the same
        if (!replied && !is_there) return replied.error();
        if (replied && !*replied) found->replies.push_back({last.part, last.text});
    }
    write_values(db, found->plugin, outcome.writes);
    end(transaction, outcome, *found);
    tell(transaction, *found);
    return std::move(*found);
}

Result<Invocation> invocation(Database& db, UserId author, InvocationId id) {
    auto found = find_invocation(db, id);
    if (!found || found->author != author) return Problem{.code = ErrorCode::NotFound, .detail = "no such invocation"};
    return std::move(*found);
}

Result<std::vector<Invocation>> invocations_of(Database& db, UserId author, Timestamp since) {
    std::vector<Invocation> found;
    {
        auto rows = db.query(
            "SELECT * FROM invocation_rows WHERE author = ?1 AND command <> '' AND (ended_at IS NULL OR ended_at > ?2) "
            "ORDER BY id",
            author, since);
        while (rows.step()) found.push_back(read_invocation(rows));
    }
    for (auto& each : found) read_replies(db, each);
    return found;
}

Result<std::int64_t> interrupt_open(Transaction& transaction) {
    std::vector<InvocationId> open;
    {
        auto rows = transaction.db().query("SELECT id FROM invocations WHERE ended_at IS NULL ORDER BY id");
        while (rows.step()) open.push_back(rows.column<Uuid>(0));
    }
    for (const auto id : open) {
        auto interrupted = *find_invocation(transaction.db(), id);
        end(transaction,
            {.invocation = id, .failure = ErrorCode::Interrupted, .detail = {}, .last_reply = {}, .writes = {}},
            interrupted);
        tell(transaction, interrupted);
    }
    end_streams(transaction);
    return static_cast<std::int64_t>(open.size());
}

}  // namespace riposte::sqlite
