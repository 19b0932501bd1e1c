#pragma once

#include "store/sqlite/authorize.hpp"
#include "store/sqlite/transaction.hpp"

#include <string_view>
#include <vector>

namespace riposte::sqlite {

/// What may be a name after an "@", longest first: the run of letters after it and, because Chinese leaves no space,
/// every shorter piece that ends at a CJK character. An "@" inside a word (an address) names nobody.
std::vector<std::vector<std::string_view>> mention_candidates(std::string_view text);

/// The people among the members whom the text names, by name or display name; never its author.
std::vector<UserId> mentioned(Database& db, RoomId room, UserId author, std::string_view text);
void add_mentions(Transaction& transaction, RoomId room, Seq seq, UserId author, std::string_view text);
void remove_mentions(Transaction& transaction, RoomId room, Seq seq);

}  // namespace riposte::sqlite
