#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "protocol/types.hpp"

#include <string>
#include <vector>

namespace riposte {

struct NewUser {
    std::string name;  // already NFC and checked
    std::string display_name;
    std::string password_hash;
    std::string locale;
    std::string invite_hash;  // not empty: joins that room in the same transaction, or BadLink
    std::string link_hash;    // not empty: a one-time link that makes the account an administrator, or BadLink
};

struct NewSession {
    UserId user{};
    std::string token_hash;
    std::string address;
    std::string user_agent;
    Timestamp expires_at = 0;
};

struct Credentials {
    User user;
    std::string password_hash;
    bool disabled = false;
};

/// By what somebody is known: a sign-in, or a key that was made for a script.
enum class Credential : std::uint8_t { Session, Token };

/// Who a token belongs to.
struct Identity {
    User user;
    std::string locale;
    std::string token_hash;
    Credential by = Credential::Session;
};

enum class LinkPurpose : std::uint8_t { Administrator, PasswordReset };

/// Accounts, sessions and one-time links. Each call is one transaction; tokens arrive hashed. Callable from any
/// executor; the caller resumes on its own. NameTaken, BadLink, Unauthenticated, NotFound; Overloaded when the queue is full.
class AccountStore {
public:
    virtual ~AccountStore() = default;
    virtual Awaitable<Result<User>> create_user(NewUser user) = 0;
    /// A plugin's bot user; the same one when it exists. Its name never collides with a person's ("dice", else "dice-bot").
    virtual Awaitable<Result<User>> ensure_bot(std::string plugin, std::string display_name) = 0;
    virtual Awaitable<Result<Credentials>> credentials(std::string name) = 0;
    virtual Awaitable<Result<User>> user(std::string name) = 0;
    virtual Awaitable<Result<Me>> me(UserId user) = 0;
    virtual Awaitable<Result<Me>> update_me(UserId user, std::optional<std::string> display_name,
                                            std::optional<std::string> locale) = 0;
    virtual Awaitable<Result<>> create_session(NewSession session) = 0;
    /// Of a session or a token for scripts (TokenStore); touches last_seen at most once a minute. Unauthenticated when
    /// unknown, expired or disabled.
    virtual Awaitable<Result<Identity>> session(std::string token_hash) = 0;
    /// From where the person signed in: one address for each session that has not ended. Empty for an unknown name.
    virtual Awaitable<Result<std::vector<std::string>>> session_addresses(std::string name) = 0;
    virtual Awaitable<Result<>> end_session(std::string token_hash) = 0;
    virtual Awaitable<Result<>> end_all_sessions(UserId user) = 0;
    /// Ends every other session in the same transaction.
    virtual Awaitable<Result<>> change_password(UserId user, std::string password_hash,
                                                std::string keep_token_hash) = 0;
    virtual Awaitable<Result<>> create_link(LinkPurpose purpose, std::string link_hash, std::optional<UserId> user,
                                            Timestamp expires_at) = 0;
    /// Uses up a PasswordReset link, ends all sessions of its user and revokes the tokens.
    virtual Awaitable<Result<User>> reset_password(std::string link_hash, std::string password_hash) = 0;
    virtual Awaitable<Result<bool>> has_administrator() = 0;
    /// Everything kept about one person, as one JSON document.
    virtual Awaitable<Result<std::string>> export_user(UserId user) = 0;
    /// The name becomes free, the messages stay under a nameless "deleted user". Where the person was the only owner,
    /// the longest-standing moderator or member inherits.
    virtual Awaitable<Result<>> delete_user(UserId user) = 0;
};

}  // namespace riposte
