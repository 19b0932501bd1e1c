#pragma once

#include "base/result.hpp"
#include "store/sqlite/transaction.hpp"

#include <string_view>
#include <vector>

namespace riposte::sqlite {

Result<> react(Transaction& transaction, UserId by, std::string_view uri, MessageId id, std::string_view emoji,
               bool on);

/// The lines of message_rows.reactions, "emoji TAB name" in the order of giving, as one entry an emoji.
std::vector<Reaction> read_reactions(std::string_view lines);

}  // namespace riposte::sqlite
