#pragma once

#include "auth/passwords.hpp"
#include "auth/throttle.hpp"
#include "base/rate_limit.hpp"
#include "store/accounts.hpp"
#include "store/tokens.hpp"

#include <string>

namespace riposte {

enum class Registration : std::uint8_t { Open, Link, Closed };  // Link: with an invite only

struct AccountOptions {
    Registration registration = Registration::Open;
    int session_days = 90;
    PasswordOptions passwords;
};

/// Whence a request comes, as the session's list shows it.
struct Visitor {
    std::string address;
    std::string user_agent;
};

struct SignUp {
    std::string name;
    std::string display_name;  // "" = the name
    std::string password;
    std::string locale;
    std::string invite;  // token of an invite
    std::string link;    // token of a one-time administrator's link
};

/// A user and the token of the session that was begun.
struct SignedIn {
    User user;
    std::string token;
};

/// A token for scripts, the only time that it is seen, and what is kept of it.
struct MadeToken {
    std::string token;
    AccessToken kept;
};

/// Accounts and sessions: passwords, tokens, throttling. Called on [net]; keeps the passwords' threads. Tokens and
/// passwords are neither stored nor logged, only their hashes are stored.
class Accounts {
public:
    Accounts(AccountStore& store, TokenStore& tokens, AccountOptions options);

    /// RegistrationClosed, NameTaken, BadLink, InvalidValue; the session begins at once.
    Awaitable<Result<SignedIn>> sign_up(SignUp request, Visitor visitor);
    /// WrongCredentials for an unknown name and for a wrong password alike, after the same time; RateLimited.
    Awaitable<Result<SignedIn>> sign_in(std::string name, std::string password, Visitor visitor);
    /// Unauthenticated.
    Awaitable<Result<Identity>> identify(std::string token);
    Awaitable<Result<>> sign_out(Identity identity);
    Awaitable<Result<>> sign_out_everywhere(Identity identity);
    /// Ends every other session. WrongCredentials when the old password is wrong.
    Awaitable<Result<>> change_password(Identity identity, std::string old_password, std::string new_password,
                                        Visitor visitor);
    /// By a one-time link; BadLink.
    Awaitable<Result<User>> reset_password(std::string link, std::string password);
    Awaitable<Result<>> delete_account(Identity identity, std::string password, Visitor visitor);

    /// A token with which a script acts as this person; `lifetime_s` none: until it is revoked. NotAllowed for who comes
    /// with such a token himself: one that leaked must not outlive itself. InvalidValue "name"; TooLarge "tokens".
    Awaitable<Result<MadeToken>> create_token(Identity identity, std::string name,
                                              std::optional<std::int64_t> lifetime_s);

    /// Tokens of one-time links, good for 24 h. NotFound for an unknown name.
    Awaitable<Result<std::string>> reset_link(std::string name);
    Awaitable<Result<std::string>> admin_link();

private:
    Awaitable<Result<>> check_throttle(std::string account, std::string address);
    Awaitable<Result<SignedIn>> begin_session(User user, Visitor visitor);
    Awaitable<Result<>> check_password(User user, std::string password, Visitor visitor);
    Awaitable<Result<std::string>> make_link(LinkPurpose purpose, std::optional<UserId> user);

    AccountStore& store_;
    TokenStore& tokens_;
    const AccountOptions options_;
    Passwords passwords_;
    Throttle throttle_;
    RateLimit sign_ups_{{.burst = 20, .period = std::chrono::minutes(10)}};  // an address; a class signs up at once
};

}  // namespace riposte
