#pragma once

#include "store/invocations.hpp"
#include "store/sqlite/transaction.hpp"

namespace riposte::sqlite {

Result<std::optional<Message>> reply(Transaction& transaction, const BotReply& reply);
/// The same for an invocation that has been found.
Result<std::optional<Message>> reply(Transaction& transaction, const BotReply& reply, const Invocation& invocation);
Result<Message> post_unasked(Transaction& transaction, std::string_view plugin, std::string_view uri,
                             std::string_view text);
Result<Message> edit_reply(Transaction& transaction, std::string_view plugin, MessageId id, std::string_view text);

}  // namespace riposte::sqlite
