#pragma once

#include "store/messages.hpp"
#include "store/invocations.hpp"
#include "store/sqlite/authorize.hpp"
#include "store/sqlite/transaction.hpp"

namespace riposte::sqlite {

/// Stores the queued invocation of a post. `message_row` and `message` are there when the room sees the command.
Invocation begin_invocation(Transaction& transaction, const RoomRow& room, const NewMessage& wanted,
                            std::optional<std::int64_t> message_row, const std::optional<Message>& message);
Result<Invocation> finish(Transaction& transaction, const Outcome& outcome);
Result<Invocation> invocation(Database& db, UserId author, InvocationId id);
Result<std::vector<Invocation>> invocations_of(Database& db, UserId author, Timestamp since);
/// Also ends the streams that nobody will go on with.
Result<std::int64_t> interrupt_open(Transaction& transaction);

}  // namespace riposte::sqlite
