#pragma once

#include "store/accounts.hpp"
#include "store/sqlite/transaction.hpp"

namespace riposte::sqlite {

inline constexpr Timestamp touch_every_ms = 60'000;

/// A session and whether its last_seen is older than a minute, so that it should be touched.
struct FoundSession {
    Identity identity;
    bool stale = false;
};

Result<> create_session(Transaction& transaction, const NewSession& session);
/// Of a session or of a token for scripts.
Result<FoundSession> session(Database& db, std::string_view token_hash);
Result<std::vector<std::string>> session_addresses(Database& db, std::string_view name);
Result<> touch_session(Transaction& transaction, std::string_view token_hash);
Result<> end_session(Transaction& transaction, std::string_view token_hash);
/// All of the user's, but for `except_token_hash` where it is not empty.
void end_sessions(Transaction& transaction, UserId user, std::string_view except_token_hash);

}  // namespace riposte::sqlite
