#pragma once

#include "store/sqlite/authorize.hpp"
#include "store/sqlite/transaction.hpp"

#include <vector>

namespace riposte::sqlite {

/// Who is where. Each change is a membership event and, for a person, tells the [net] threads at once.

/// Makes `user` a member and lifts a bar; nothing when they are one already. The first person in an empty room owns it.
void join(Transaction& transaction, RoomRow& room, const User& user, Role role, const User& actor);
enum class Bar : bool { No, Yes };
void leave(Transaction& transaction, RoomRow& room, const User& user, const User& actor, Bar bar);
/// After the only owner has gone: the longest-standing moderator, or else member, inherits. Never a bot.
void pass_on_ownership(Transaction& transaction, RoomRow& room, const User& actor);

Result<std::vector<Member>> members(Database& db, UserId user, std::string_view uri);
Result<Room> join_public(Transaction& transaction, UserId user, std::string_view uri);
Result<> add_member(Transaction& transaction, UserId by, std::string_view uri, std::string_view name);
Result<> set_role(Transaction& transaction, UserId by, std::string_view uri, std::string_view name, Role role);
Result<> remove_member(Transaction& transaction, UserId by, std::string_view uri, std::string_view name);

}  // namespace riposte::sqlite
