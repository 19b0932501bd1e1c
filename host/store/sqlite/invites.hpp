#pragma once

#include "store/rooms.hpp"
#include "store/sqlite/transaction.hpp"

namespace riposte::sqlite {

Result<Invite> create_invite(Transaction& transaction, UserId by, std::string_view uri, const NewInvite& wanted);
Result<std::vector<Invite>> invites(Database& db, UserId by, std::string_view uri);
Result<> revoke_invite(Transaction& transaction, UserId by, std::string_view uri, std::int64_t id);
Result<InviteView> invite(Database& db, std::string_view token_hash);
Result<Room> use_invite(Transaction& transaction, UserId user, std::string_view token_hash);

}  // namespace riposte::sqlite
