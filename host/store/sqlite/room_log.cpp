#include "store/sqlite/room_log.hpp"

namespace riposte::sqlite {
namespace {

Event event_of(const RoomRow& room, Event::Kind kind, Seq seq, std::string actor) {
    Event event;
    event.kind = kind;
    event.room_id = room.id;
    event.room = room.uri;
    event.seq = seq;
    event.actor = std::move(actor);
    return event;
}

/// NULL for the host itself, in whose name an operator without an account acts.
std::optional<UserId> row_of(const User& actor) {
    if (actor.id == UserId{}) return std::nullopt;
    return actor.id;
}

}  // namespace

Seq next_seq(Transaction& transaction, RoomRow& room, std::optional<Author> message_by) {
    // The writer is alone and has just read the row: no need to read it back.
    ++room.last_seq;
    if (message_by == Author::Person) ++room.people;
    transaction.db().run("UPDATE rooms SET last_seq = ?2, people = ?3 WHERE id = ?1", room.id, room.last_seq,
                         room.people);
    return room.last_seq;
}

void log_membership(Transaction& transaction, RoomRow& room, const MembershipChange& change) {
    auto event = event_of(room, Event::Kind::Membership, next_seq(transaction, room), change.actor.name);
    transaction.db().run(
        "INSERT INTO events (room, seq, kind, actor, at, user, change, role) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        room.id, event.seq, event.kind, change.actor.id, transaction.now(), change.user.id, change.change, change.role);
    event.user = change.user;
    event.change = change.change;
    event.role = change.role;
    transaction.emit(std::move(event));
}

void log_hearing(Transaction& transaction, RoomRow& room, const User& bot, bool hears, const User& actor) {
    auto event = event_of(room, Event::Kind::Membership, next_seq(transaction, room), actor.name);
    transaction.db().run(
        "INSERT INTO events (room, seq, kind, actor, at, user, change, role, plugin, added) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        room.id, event.seq, event.kind, actor.id, transaction.now(), bot.id, Change::Role, Role::Member, bot.name,
        hears);
    event.user = bot;
    event.change = Change::Role;
    event.plugin = bot.name;
    event.added = hears;
    transaction.emit(std::move(event));
}

void log_room(Transaction& transaction, RoomRow& room, const User& actor) {
    auto event = event_of(room, Event::Kind::Room, next_seq(transaction, room), actor.name);
    transaction.db().run(
        "INSERT INTO events (room, seq, kind, actor, at, title, visibility, slow_mode_s, closed) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        room.id, event.seq, event.kind, row_of(actor), transaction.now(), room.title, room.visibility, room.slow_mode_s,
        room.closed);
    event.title = room.title;
    event.visibility = room.visibility;
    event.slow_mode_s = room.slow_mode_s;
    event.closed = room.closed;
    transaction.emit(std::move(event));
}

void log_edit(Transaction& transaction, RoomRow& room, const Message& message, const User& actor) {
    auto event = event_of(room, Event::Kind::Edit, next_seq(transaction, room), actor.name);
    transaction.db().run(
        "INSERT INTO events (room, seq, kind, actor, at, message) "
        "VALUES (?1, ?2, ?3, ?4, ?5, (SELECT id FROM messages WHERE uuid = ?6))",
        room.id, event.seq, event.kind, actor.id, transaction.now(), message.id);
    event.message = message;
    transaction.emit(std::move(event));
}

void log_delete(Transaction& transaction, RoomRow& room, MessageId message, const User& actor) {
    auto event = event_of(room, Event::Kind::Delete, next_seq(transaction, room), actor.name);
    transaction.db().run(
        "INSERT INTO events (room, seq, kind, actor, at, message) "
        "VALUES (?1, ?2, ?3, ?4, ?5, (SELECT id FROM messages WHERE uuid = ?6))",
        room.id, event.seq, event.kind, row_of(actor), transaction.now(), message);
    event.message_id = message;
    transaction.emit(std::move(event));
}

void log_reaction(Transaction& transaction, RoomRow& room, MessageId message, std::string_view emoji, bool added,
                  const User& actor) {
    auto event = event_of(room, Event::Kind::Reaction, next_seq(transaction, room), actor.name);
    transaction.db().run(
        "INSERT INTO events (room, seq, kind, actor, at, message, emoji, added) "
        "VALUES (?1, ?2, ?3, ?4, ?5, (SELECT id FROM messages WHERE uuid = ?6), ?7, ?8)",
        room.id, event.seq, event.kind, actor.id, transaction.now(), message, emoji, added);
    event.message_id = message;
    event.emoji = emoji;
    event.added = added;
    transaction.emit(std::move(event));
}

void log_command_failed(Transaction& transaction, RoomRow& room, const Invocation& invocation) {
    auto event = event_of(room, Event::Kind::CommandFailed, next_seq(transaction, room), "");
    const auto code = invocation.code.value_or(ErrorCode::Internal);
    transaction.db().run(
        "INSERT INTO events (room, seq, kind, at, message, invocation, plugin, code) "
        "VALUES (?1, ?2, ?3, ?4, (SELECT id FROM messages WHERE uuid = ?5), ?6, ?7, ?8)",
        room.id, event.seq, event.kind, transaction.now(), invocation.message_id, invocation.id, invocation.plugin,
        info(code).name);
    event.message_id = invocation.message_id;
    event.invocation = invocation.id;
    event.plugin = invocation.plugin;
    event.code = code;
    transaction.emit(std::move(event));
}

}  // namespace riposte::sqlite
