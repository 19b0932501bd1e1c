#pragma once

#include "store/sqlite/room_log.hpp"
#include "store/sqlite/transaction.hpp"

namespace riposte::sqlite {

Result<Message> edit(Transaction& transaction, UserId by, std::string_view uri, MessageId id, std::string_view text);
Result<> remove(Transaction& transaction, UserId by, std::string_view uri, MessageId id);

/// Scrubs the text, takes reactions and files, settles what is reported of it, and logs the delete.
void erase(Transaction& transaction, RoomRow& room, const Message& message, const User& by);

/// NotFound, MessageDeleted.
Result<Message> living_message(Database& db, RoomId room, MessageId id);

/// Gives the message its new text and state, in the index too, and logs the edit.
void replace_text(Transaction& transaction, RoomRow& room, Message& message, std::string_view text);

}  // namespace riposte::sqlite
