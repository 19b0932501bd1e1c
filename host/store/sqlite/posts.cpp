#include "store/sqlite/posts.hpp"

#include "store/sqlite/files.hpp"
#include "store/sqlite/hearing.hpp"
#include "store/sqlite/invocations.hpp"
#include "store/sqlite/mentions.hpp"
#include "store/sqlite/room_plugins.hpp"
#include "store/sqlite/rows.hpp"

#include <algorithm>

namespace riposte::sqlite {
namespace {

/// FNV-1a. Only tells a repeated send from another body under the same id: whoever forges it fools himself alone.
std::int64_t body_hash(const NewMessage& message) {
    std::uint64_t hash = 14695981039346656037u;
    const auto add = [&hash](std::string_view bytes) {
        for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211u;
        hash = (hash ^ 0xff) * 1099511628211u;
    };
    add(message.room);
    add(message.text);
    if (message.reply_to) add(message.reply_to->to_string());
    for (const auto& file : message.attachments) add(file.to_string());
    return static_cast<std::int64_t>(hash);
}

/// What was committed under this client_msg_id before.
Result<Posted> repeat(Database& db, const NewMessage& wanted) {
    auto row = db.query("SELECT body_hash, room, seq, invocation FROM sends WHERE author = ?1 AND client_msg_id = ?2",
                        wanted.author, wanted.client_msg_id);
    row.step();
    if (row.column<std::int64_t>(0) != body_hash(wanted)) return Problem{.code = ErrorCode::MessageConflict};
    Posted posted;
    posted.repeated = true;
    if (const auto seq = row.column<std::optional<Seq>>(2))
        posted.message = find_message(db, row.column<RoomId>(1), *seq);
    const auto invocation = posted.message ? posted.message->invocation : row.column<std::optional<Uuid>>(3);
    if (invocation) posted.invocation = find_invocation(db, *invocation);
    return posted;
}

/// False when the client_msg_id has been used.
bool claim(Database& db, const NewMessage& wanted, const RoomRow& room) {
    const bool author_only = wanted.invocation && wanted.invocation->visibility == CommandVisibility::Author;
    const auto seq = author_only ? std::nullopt : std::optional(room.last_seq + 1);
    const auto invocation = author_only ? std::optional(wanted.invocation->id) : std::nullopt;
    return db.run(
               "INSERT INTO sends (author, client_msg_id, body_hash, room, seq, invocation) "
               "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
               wanted.author, wanted.client_msg_id, body_hash(wanted), room.id, seq, invocation) == 1;
}

/// The millisecond in the id, so that the order of ids is that of times: search pages by it.
Timestamp made_at(const Uuid& id) {
    Timestamp milliseconds = 0;
    for (std::size_t i = 0; i < 6; ++i) milliseconds = (milliseconds << 8) | id.bytes[i];
    return milliseconds;
}

/// Seconds until this member may post again; 0: now.
std::int64_t slow_mode_wait(Transaction& transaction, const Granted& granted) {
    const auto& room = granted.room;
    if (room.slow_mode_s == 0 || granted.role != Role::Member || granted.user.bot) return 0;
    auto row = transaction.db().query(
        "SELECT created_at FROM messages INDEXED BY messages_by_author WHERE author = ?1 AND room = ?2 "
        "ORDER BY seq DESC LIMIT 1",
        granted.user.id, room.id);
    if (!row.step()) return 0;
    const auto left = row.column<Timestamp>(0) + room.slow_mode_s * 1000 - transaction.now();
    return std::max<std::int64_t>(0, (left + 999) / 1000);
}

bool was_sent(Database& db, const NewMessage& wanted) {
    return db.query("SELECT 1 FROM sends WHERE author = ?1 AND client_msg_id = ?2", wanted.author, wanted.client_msg_id)
        .step();
}

Message message_of(const NewMessage& wanted, const User& author) {
    Message message;
    message.author = author;
    message.text = wanted.text;
    message.reply_to = wanted.reply_to;
    message.client_msg_id = wanted.client_msg_id;
    message.command = wanted.invocation.has_value();
    if (wanted.invocation) message.invocation = wanted.invocation->id;
    return message;
}

}  // namespace

Result<Posted> post(Transaction& transaction, const NewMessage& wanted) {
    auto& db = transaction.db();
    auto granted = authorize(db, wanted.author, wanted.room, Right::Post);
    // A repetition is answered as the first time, whatever has happened since.
    if (!granted && granted.error().code == ErrorCode::RoomClosed && was_sent(db, wanted))
        granted = authorize(db, wanted.author, wanted.room, Right::Read);
    if (!granted) return granted.error();
    auto& room = granted->room;
    if (wanted.reply_to && !find_message(db, room.id, *wanted.reply_to))
        return Problem{
            .code = ErrorCode::InvalidValue, .detail = "no such message in the room", .argument = "reply_to"};
    if (wanted.invocation && !may(db, room, wanted.invocation->plugin, PluginDeed::Answer) && !was_sent(db, wanted))
        return not_here(room, wanted.invocation->plugin);
    if (const auto wait = slow_mode_wait(transaction, *granted); wait > 0 && !was_sent(db, wanted))
        return Problem{.code = ErrorCode::RateLimited,
                       .detail = "slow mode",
                       .argument = "slow_mode",
                       .retry_after_s = static_cast<std::uint32_t>(wait)};
    const auto files = loose_files(db, wanted.author, room.id, wanted.attachments);
    if (!files && !was_sent(db, wanted)) return files.error();
    if (!claim(db, wanted, room)) return repeat(db, wanted);

    Posted posted;
    std::optional<std::int64_t> row;
    if (!wanted.invocation || wanted.invocation->visibility == CommandVisibility::Room) {
        posted.message = message_of(wanted, granted->user);
        if (files) posted.message->attachments = *files;
        row = append_message(transaction, room, *posted.message);
        attach(transaction, *row, wanted.attachments);
        add_mentions(transaction, room.id, posted.message->seq, wanted.author, wanted.text);
    }
    if (!wanted.invocation && !granted->user.bot && !wanted.text.empty())
        if (auto plugins = listeners(db, room.id); !plugins.empty())
            transaction.emit(Overheard{*posted.message, std::move(plugins)});
    if (wanted.invocation) {
        posted.invocation = begin_invocation(transaction, room, wanted, row, posted.message);
        posted.room_title = std::move(room.title);
        posted.room_kind = room.kind;
        posted.role = granted->role.value_or(Role::Member);
    }
    return posted;
}

std::int64_t append_message(Transaction& transaction, RoomRow& room, Message& message) {
    message.id = Uuid::make();
    message.room_id = room.id;
    message.room = room.uri;
    message.seq = next_seq(transaction, room, message.author.bot ? Author::Bot : Author::Person);
    message.created_at = made_at(message.id);
    const auto client_msg_id = message.author.bot ? std::nullopt : std::optional(message.client_msg_id);
    transaction.db().run(
        "INSERT INTO messages (uuid, room, seq, author, people, created_at, reply_to, invocation, client_msg_id, "
        "state, command, "
        "text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        message.id, room.id, message.seq, message.author.id, room.people, message.created_at, message.reply_to,
        message.invocation, client_msg_id, message.state, message.command, message.text);
    const auto row = transaction.db().last_insert_id();

    Event event;
    event.kind = Event::Kind::Post;
    event.room_id = room.id;
    event.room = room.uri;
    event.seq = message.seq;
    event.actor = message.author.name;
    event.message = message;
    transaction.emit(std::move(event));
    return row;
}

PostWrite::PostWrite(NewMessage message, std::optional<AckAddress> address, Done done)
    : WriteOf([message](Transaction& transaction) { return post(transaction, message); }, std::move(done)),
      room_(message.room),
      client_msg_id_(message.client_msg_id),
      address_(address) {}

std::optional<Ack> PostWrite::ack() const {
    if (!address_) return std::nullopt;
    Ack ack{.to = *address_, .client_msg_id = client_msg_id_, .room = room_, .id = {}, .invocation = {}, .problem = {}};
    if (!result()) {
        ack.problem = result().error();
        return ack;
    }
    ack.repeated = result()->repeated;
    if (const auto& message = result()->message) {
        ack.id = message->id;
        ack.seq = message->seq;
    }
    if (const auto& invocation = result()->invocation) ack.invocation = invocation->id;
    return ack;
}

}  // namespace riposte::sqlite
