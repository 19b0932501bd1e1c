#pragma once

#include "store/accounts.hpp"
#include "store/sqlite/transaction.hpp"

namespace riposte::sqlite {

Result<User> create_user(Transaction& transaction, const NewUser& wanted);
Result<User> ensure_bot(Transaction& transaction, std::string_view plugin, std::string_view display_name);
Result<Credentials> credentials(Database& db, std::string_view name);
Result<User> user(Database& db, std::string_view name);
Result<Me> me(Database& db, UserId user);
Result<Me> update_me(Transaction& transaction, UserId user, const std::optional<std::string>& display_name,
                     const std::optional<std::string>& locale);
Result<> change_password(Transaction& transaction, UserId user, std::string_view password_hash,
                         std::string_view keep_token_hash);
Result<> create_link(Transaction& transaction, LinkPurpose purpose, std::string_view link_hash,
                     std::optional<UserId> user, Timestamp expires_at);
Result<User> reset_password(Transaction& transaction, std::string_view link_hash, std::string_view password_hash);
Result<bool> has_administrator(Database& db);
Result<> delete_user(Transaction& transaction, UserId user);

}  // namespace riposte::sqlite
