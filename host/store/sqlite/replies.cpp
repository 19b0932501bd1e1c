#include "store/sqlite/replies.hpp"

#include "store/sqlite/edits.hpp"
#include "store/sqlite/hearing.hpp"
#include "store/sqlite/posts.hpp"
#include "store/sqlite/room_plugins.hpp"
#include "store/sqlite/rows.hpp"

namespace riposte::sqlite {
namespace {

std::optional<User> bot_of(Database& db, std::string_view plugin) {
    auto row = db.query("SELECT r.* FROM users u JOIN user_rows r ON r.id = u.id WHERE u.plugin = ?1", plugin);
    if (!row.step()) return std::nullopt;
    return read_user(row);
}

Problem no_bot() { return {.code = ErrorCode::NotFound, .detail = "the plugin has no bot"}; }
Problem not_open() { return {.code = ErrorCode::NotFound, .detail = "no such open invocation of this plugin"}; }

Message message_of(const BotReply& reply, const User& bot) {
    Message message;
    message.author = bot;
    message.text = reply.text;
    message.invocation = reply.invocation;
    message.state = reply.state;
    return message;
}

/// Unique by (invocation, part): an answer that comes twice is stored once.
bool was_sent(Database& db, const BotReply& reply) {
    return db
        .query("SELECT 1 FROM invocation_replies WHERE invocation = ?1 AND part = ?2", *reply.invocation, reply.part)
        .step();
}

void record_part(Database& db, const BotReply& reply, std::optional<std::int64_t> row,
                 std::optional<std::string_view> text) {
    db.run("INSERT INTO invocation_replies (invocation, part, message, text) VALUES (?1, ?2, ?3, ?4)",
           *reply.invocation, reply.part, row, text);
}

void tell_author(Transaction& transaction, const BotReply& reply, const Invocation& invocation) {
    record_part(transaction.db(), reply, std::nullopt, reply.text);
    transaction.emit(EphemeralPosted{.user = invocation.author,
                                     .invocation = invocation.id,
                                     .room = invocation.room,
                                     .plugin = reply.plugin,
                                     .reply = {.part = reply.part, .text = reply.text}});
}

}  // namespace

Result<std::optional<Message>> reply(Transaction& transaction, const BotReply& reply) {
    const auto invocation = reply.invocation ? find_invocation(transaction.db(), *reply.invocation) : std::nullopt;
    if (!invocation) return not_open();
    return sqlite::reply(transaction, reply, *invocation);
}

Result<Message> post_unasked(Transaction& transaction, std::string_view plugin, std::string_view uri,
                             std::string_view text) {
    auto& db = transaction.db();
    const auto bot = bot_of(db, plugin);
    if (!bot) return no_bot();
    auto room = find_room(db, uri);
    if (!room) return Problem{.code = ErrorCode::NotFound, .detail = "no such room", .argument = "room"};
    if (!may(db, *room, plugin, PluginDeed::Post)) return Problem{.code = ErrorCode::NotAllowed};
    if (room->closed) return Problem{.code = ErrorCode::RoomClosed};
    Message message;
    message.author = *bot;
    message.text = text;
    append_message(transaction, *room, message);
    return message;
}

Result<std::optional<Message>> reply(Transaction& transaction, const BotReply& reply, const Invocation& invocation) {
    auto& db = transaction.db();
    const auto bot = bot_of(db, reply.plugin);
    if (!bot) return no_bot();
    if (invocation.ended_at || invocation.plugin != reply.plugin) return not_open();
    if (is_heard(invocation) && reply.visibility == CommandVisibility::Author)
        return Problem{.code = ErrorCode::InvalidValue, .detail = "nobody has asked", .argument = "visibility"};
    if (was_sent(db, reply))
        return Problem{.code = ErrorCode::InvalidValue, .detail = "sent before", .argument = "part"};
    // What was asked for its author's eyes only is answered so, whatever the plugin says.
    if (invocation.visibility == CommandVisibility::Author || reply.visibility == CommandVisibility::Author) {
        tell_author(transaction, reply, invocation);
        return std::optional<Message>();
    }
    auto room = *find_room(db, invocation.room_id);
    if (room.closed) return Problem{.code = ErrorCode::RoomClosed};
    auto message = message_of(reply, *bot);
    record_part(db, reply, append_message(transaction, room, message), std::nullopt);
    return std::optional(std::move(message));
}

Result<Message> edit_reply(Transaction& transaction, std::string_view plugin, MessageId id, std::string_view text) {
    auto& db = transaction.db();
    const auto bot = bot_of(db, plugin);
    std::optional<RoomId> place;
    {
        auto row = db.query("SELECT room FROM messages WHERE uuid = ?1 AND author = ?2", id, bot ? bot->id : UserId{});
        if (row.step()) place = row.column<RoomId>(0);
    }
    if (!place) return Problem{.code = ErrorCode::NotFound, .detail = "no such message of this plugin"};
    auto message = *find_message(db, *place, id);
    if (message.deleted) return Problem{.code = ErrorCode::MessageDeleted};
    auto room = *find_room(db, *place);
    // What has begun to grow must come to its end.
    if (room.closed && message.state == MessageState::Posted) return Problem{.code = ErrorCode::RoomClosed};
    replace_text(transaction, room, message, text);
    return message;
}

}  // namespace riposte::sqlite
