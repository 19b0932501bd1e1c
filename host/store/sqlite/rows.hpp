#pragma once

#include "protocol/types.hpp"
#include "store/sqlite/database.hpp"

#include <optional>

namespace riposte::sqlite {

/// The views from which rows are read, made in each connection's temporary schema: the order of their columns and the
/// readers below belong together.
///   user_rows (id, name, display_name, bot, admin)
///   message_rows (…, row: messages.id, reactions, attachments), invocation_rows
void create_row_views(Database& db);

/// Reads `SELECT … FROM user_rows` from column `first` on.
User read_user(const Statement& row, int first = 0);
/// Reads `SELECT * FROM message_rows`.
Message read_message(const Statement& row);
/// Reads `SELECT * FROM invocation_rows`; without its replies.
Invocation read_invocation(const Statement& row);

/// A user that is not deleted.
std::optional<User> find_user(Database& db, std::string_view name);
std::optional<User> find_user(Database& db, UserId id);
std::optional<Message> find_message(Database& db, RoomId room, Seq seq);
std::optional<Message> find_message(Database& db, RoomId room, MessageId id);
/// With its ephemeral replies.
std::optional<Invocation> find_invocation(Database& db, InvocationId id);
void read_replies(Database& db, Invocation& invocation);

}  // namespace riposte::sqlite
