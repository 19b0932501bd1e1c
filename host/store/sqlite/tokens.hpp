#pragma once

#include "store/sqlite/sessions.hpp"
#include "store/tokens.hpp"

namespace riposte::sqlite {

Result<AccessToken> create_token(Transaction& transaction, const NewToken& token);
Result<std::vector<AccessToken>> tokens_of(Database& db, UserId user);
Result<> revoke_token(Transaction& transaction, UserId user, std::int64_t id);
Result<> drop_expired_tokens(Transaction& transaction);
Result<Listed<OwnedToken>> all_tokens(Database& db, const Listing& listing);
Result<> revoke_any_token(Transaction& transaction, const ActingOperator& by, std::int64_t id);

/// Who a token belongs to. Unauthenticated.
Result<FoundSession> token_owner(Database& db, std::string_view token_hash);
void touch_token(Transaction& transaction, std::string_view token_hash);
/// Whoever uses one is signed out by end_sessions(), which follows.
void drop_tokens(Transaction& transaction, UserId user);

}  // namespace riposte::sqlite
