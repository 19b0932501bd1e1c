#pragma once

#include "store/sqlite/authorize.hpp"
#include "store/sqlite/transaction.hpp"

#include <string>
#include <vector>

namespace riposte::sqlite {

/// The plugins that listen in a room. Cheap where there are none: asked with every message.
std::vector<std::string> listeners(Database& db, RoomId room);

/// An invocation of which nobody is told: it was begun by what somebody wrote, not by a command.
bool is_heard(const Invocation& invocation);
Result<Invocation> begin_heard(Transaction& transaction, std::string_view plugin, InvocationId id, RoomId room,
                               MessageId message);
/// What was heard and led to no answer leaves nothing behind.
void forget_if_silent(Database& db, const Invocation& invocation);

}  // namespace riposte::sqlite
