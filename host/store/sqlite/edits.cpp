#include "store/sqlite/edits.hpp"

#include "store/sqlite/mentions.hpp"
#include "store/sqlite/reports.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/search_index.hpp"

namespace riposte::sqlite {

Result<Message> living_message(Database& db, RoomId room, MessageId id) {
    auto message = find_message(db, room, id);
    if (!message) return Problem{.code = ErrorCode::NotFound, .detail = "no such message in the room"};
    if (message->deleted) return Problem{.code = ErrorCode::MessageDeleted};
    return std::move(*message);
}

Result<Message> edit(Transaction& transaction, UserId by, std::string_view uri, MessageId id, std::string_view text) {
    auto granted = authorize(transaction.db(), by, uri, Right::Post);
    if (!granted) return granted.error();
    auto message = living_message(transaction.db(), granted->room.id, id);
    if (!message) return message.error();
    if (message->author.id != by)
        return Problem{.code = ErrorCode::NotAllowed, .detail = "only its author edits a message"};
    replace_text(transaction, granted->room, *message, text);
    return std::move(*message);
}

Result<> remove(Transaction& transaction, UserId by, std::string_view uri, MessageId id) {
    auto& db = transaction.db();
    auto granted = authorize(db, by, uri, Right::Read);
    if (!granted) return granted.error();
    auto message = living_message(db, granted->room.id, id);
    if (!message) return message.error();
    if (message->author.id != by)
        if (const auto moderator = authorize(db, by, uri, Right::Moderate); !moderator) return moderator.error();
    erase(transaction, granted->room, *message, granted->user);
    return {};
}

void erase(Transaction& transaction, RoomRow& room, const Message& message, const User& by) {
    auto& db = transaction.db();
    const auto id = message.id;
    remove_from_index(db, message);
    remove_mentions(transaction, room.id, message.seq);
    db.run("UPDATE messages SET text = '', deleted_at = ?2, state = ?3 WHERE uuid = ?1", id, transaction.now(),
           MessageState::Posted);
    db.run("DELETE FROM reactions WHERE message = (SELECT id FROM messages WHERE uuid = ?1)", id);
    // The next sweep takes the bytes, too.
    db.run("UPDATE files SET message = NULL, created_at = 0 WHERE message = (SELECT id FROM messages WHERE uuid = ?1)",
           id);
    settle_reports_of(transaction, room, id, by);
    log_delete(transaction, room, id, by);
}

void replace_text(Transaction& transaction, RoomRow& room, Message& message, std::string_view text) {
    auto& db = transaction.db();
    remove_from_index(db, message);
    remove_mentions(transaction, room.id, message.seq);
    message.text = text;
    message.edited_at = transaction.now();
    message.state = MessageState::Posted;
    db.run("UPDATE messages SET text = ?2, edited_at = ?3, state = ?4 WHERE uuid = ?1", message.id, message.text,
           message.edited_at, message.state);
    add_to_index(db, message);
    add_mentions(transaction, room.id, message.seq, message.author.id, text);
    log_edit(transaction, room, message, message.author);
}

}  // namespace riposte::sqlite
