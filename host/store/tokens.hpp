#pragma once

#include "store/oversight.hpp"

#include <optional>
#include <string>
#include <vector>

namespace riposte {

/// A person's key for scripts, without the key.
struct AccessToken {
    std::int64_t id = 0;
    std::string name;
    Timestamp created_at = 0;
    std::optional<Timestamp> last_used;   // a minute late at most
    std::optional<Timestamp> expires_at;  // none: until it is revoked
};

struct NewToken {
    UserId user{};
    std::string name;  // checked
    std::string token_hash;
    std::optional<Timestamp> expires_at;
};

struct OwnedToken {
    AccessToken token;
    User owner;
};

inline constexpr std::size_t most_tokens = 50;  // of one person

/// Keys that authenticate as their owner until they expire, are revoked, or the account is disabled or deleted. A new
/// password by an operator's link revokes them all. AccountStore::session() knows them. Any executor.
class TokenStore {
public:
    virtual ~TokenStore() = default;
    /// TooLarge "tokens" when there are 50.
    virtual Awaitable<Result<AccessToken>> create_token(NewToken token) = 0;
    /// The newest first.
    virtual Awaitable<Result<std::vector<AccessToken>>> tokens_of(UserId user) = 0;
    /// Ends its sockets. NotFound.
    virtual Awaitable<Result<>> revoke_token(UserId user, std::int64_t id) = 0;
    /// Expired ones do not sign in; this ends the sockets that they have, too.
    virtual Awaitable<Result<>> drop_expired_tokens() = 0;

    /// Everybody's; the text is part of a token's or its owner's name.
    virtual Awaitable<Result<Listed<OwnedToken>>> all_tokens(Listing listing) = 0;
    /// With its line in the audit. NotFound.
    virtual Awaitable<Result<>> revoke_any_token(ActingOperator by, std::int64_t id) = 0;
};

}  // namespace riposte
