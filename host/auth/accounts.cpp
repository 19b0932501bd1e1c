#include "auth/accounts.hpp"

#include "auth/token.hpp"
#include "base/clock.hpp"
#include "protocol/text.hpp"
#include "protocol/unicode.hpp"

#include <utility>

namespace riposte {
namespace {

constexpr Timestamp day_ms = 24 * 60 * 60 * 1000LL;
constexpr std::size_t shortest_password = 8;   // NIST SP 800-63B
constexpr std::size_t longest_password = 256;  // characters
constexpr std::size_t longest_password_bytes = 4 * longest_password;

/// The password as it is hashed: one form, whatever keyboard it was typed on (NIST SP 800-63B, 5.1.1.2).
Result<std::string> check_new_password(const std::string& password, const std::string& name) {
    auto plain = composed(password, Composition::Compatible);
    if (!plain) return invalid_value("password", "is not UTF-8");
    if (code_points(*plain) < shortest_password) return invalid_value("password", "must have at least 8 characters");
    if (code_points(*plain) > longest_password) return invalid_value("password", "must have at most 256 characters");
    if (ascii_lower(*plain) == name) return invalid_value("password", "must not be the name itself");
    return *plain;
}

std::string as_hashed(std::string password) {
    return composed(password, Composition::Compatible).value_or(std::move(password));
}

Result<std::string> check_token_name(const std::string& name) {
    auto checked = check_title(name);
    if (!checked) return invalid_value("name", checked.error().detail);
    return checked;
}

std::string hash_if_given(const std::string& token) { return token.empty() ? std::string() : token_hash(token); }

}  // namespace

Accounts::Accounts(AccountStore& store, TokenStore& tokens, AccountOptions options)
    : store_(store), tokens_(tokens), options_(options), passwords_(options.passwords) {}

Awaitable<Result<SignedIn>> Accounts::sign_up(SignUp request, Visitor visitor) {
    const bool invited = !request.invite.empty();
    const bool has_link = !request.link.empty();
    const bool allowed = options_.registration == Registration::Open || has_link ||
                         (options_.registration == Registration::Link && invited);
    if (!allowed) co_return Problem{.code = ErrorCode::RegistrationClosed};
    auto name = check_user_name(request.name);
    if (!name) co_return name.error();
    auto display_name = check_display_name(request.display_name.empty() ? request.name : request.display_name);
    if (!display_name) co_return display_name.error();
    if (auto checked = check_locale(request.locale); !checked) co_return checked.error();
    auto password = check_new_password(request.password, *name);
    if (!password) co_return password.error();
    if (!is_local_address(visitor.address))
        if (auto limited = sign_ups_.take(visitor.address); !limited) co_return limited.error();

    auto hash = co_await passwords_.hash(std::move(*password));
    if (!hash) co_return hash.error();
    // A name of its own: gcc 12 destroys a braced or chosen temporary inside a co_await expression twice.
    NewUser wanted{.name = std::move(*name),
                   .display_name = std::move(*display_name),
                   .password_hash = std::move(*hash),
                   .locale = std::move(request.locale),
                   .invite_hash = hash_if_given(request.invite),
                   .link_hash = hash_if_given(request.link)};
    auto user = co_await store_.create_user(std::move(wanted));
    if (!user) co_return user.error();
    co_return co_await begin_session(std::move(*user), std::move(visitor));
}

Awaitable<Result<SignedIn>> Accounts::sign_in(std::string name, std::string password, Visitor visitor) {
    const auto checked = check_user_name(name);
    const std::string account = checked ? *checked : std::string();
    auto allowed = co_await check_throttle(account, visitor.address);
    if (!allowed) co_return allowed.error();
    if (password.size() > longest_password_bytes) co_return Problem{.code = ErrorCode::WrongCredentials};

    auto credentials = co_await store_.credentials(account);
    if (!credentials && credentials.error().code != ErrorCode::NotFound) co_return credentials.error();
    const bool usable = credentials && !credentials->disabled && !credentials->user.bot;
    auto hash = usable ? credentials->password_hash : std::string();
    auto right = co_await passwords_.verify(std::move(hash), as_hashed(std::move(password)));
    if (!right) co_return right.error();
    if (!*right) {
        throttle_.failed(account, visitor.address);
        co_return Problem{.code = ErrorCode::WrongCredentials};
    }
    throttle_.succeeded(account, visitor.address);
    co_return co_await begin_session(std::move(credentials->user), std::move(visitor));
}

Awaitable<Result<>> Accounts::check_throttle(std::string account, std::string address) {
    if (auto allowed = throttle_.check(account, address); !allowed) co_return allowed;
    auto stranger = throttle_.check_stranger(account);
    if (stranger) co_return stranger;
    const auto known = co_await store_.session_addresses(account);
    if (!known) co_return known.error();
    const auto network = network_of(address);
    for (const auto& place : *known)
        if (network_of(place) == network) co_return Result<>{};
    co_return stranger;
}

Awaitable<Result<SignedIn>> Accounts::begin_session(User user, Visitor visitor) {
    auto token = make_token();
    NewSession session{.user = user.id,
                       .token_hash = token_hash(token),
                       .address = std::move(visitor.address),
                       .user_agent = std::move(visitor.user_agent),
                       .expires_at = now_ms() + options_.session_days * day_ms};
    auto begun = co_await store_.create_session(std::move(session));
    if (!begun) co_return begun.error();
    co_return SignedIn{std::move(user), std::move(token)};
}

Awaitable<Result<Identity>> Accounts::identify(std::string token) { return store_.session(token_hash(token)); }

Awaitable<Result<>> Accounts::sign_out(Identity identity) { return store_.end_session(std::move(identity.token_hash)); }

Awaitable<Result<>> Accounts::sign_out_everywhere(Identity identity) {
    return store_.end_all_sessions(identity.user.id);
}

Awaitable<Result<>> Accounts::change_password(Identity identity, std::string old_password, std::string new_password,
                                              Visitor visitor) {
    auto password = check_new_password(new_password, identity.user.name);
    if (!password) co_return password.error();
    auto right = co_await check_password(identity.user, std::move(old_password), std::move(visitor));
    if (!right) co_return right.error();
    auto hash = co_await passwords_.hash(std::move(*password));
    if (!hash) co_return hash.error();
    co_return co_await store_.change_password(identity.user.id, std::move(*hash), std::move(identity.token_hash));
}

Awaitable<Result<User>> Accounts::reset_password(std::string link, std::string password) {
    auto checked = check_new_password(password, {});
    if (!checked) co_return checked.error();
    auto hash = co_await passwords_.hash(std::move(*checked));
    if (!hash) co_return hash.error();
    co_return co_await store_.reset_password(token_hash(link), std::move(*hash));
}

Awaitable<Result<>> Accounts::delete_account(Identity identity, std::string password, Visitor visitor) {
    auto right = co_await check_password(identity.user, std::move(password), std::move(visitor));
    if (!right) co_return right.error();
    co_return co_await store_.delete_user(identity.user.id);
}

Awaitable<Result<>> Accounts::check_password(User user, std::string password, Visitor visitor) {
    if (auto allowed = throttle_.check(user.name, visitor.address); !allowed) co_return allowed.error();
    auto credentials = co_await store_.credentials(user.name);
    if (!credentials) co_return credentials.error();
    auto right = co_await passwords_.verify(std::move(credentials->password_hash), as_hashed(std::move(password)));
    if (!right) co_return right.error();
    if (*right) co_return Result<>{};
    throttle_.failed(user.name, visitor.address);
    co_return Problem{.code = ErrorCode::WrongCredentials};
}

Awaitable<Result<MadeToken>> Accounts::create_token(Identity identity, std::string name,
                                                    std::optional<std::int64_t> lifetime_s) {
    if (identity.by == Credential::Token)
        co_return Problem{.code = ErrorCode::NotAllowed, .detail = "a token makes no tokens: sign in"};
    auto checked = check_token_name(name);
    if (!checked) co_return checked.error();
    auto token = make_access_token();
    NewToken wanted{
        .user = identity.user.id, .name = std::move(*checked), .token_hash = token_hash(token), .expires_at = {}};
    if (lifetime_s) wanted.expires_at = now_ms() + *lifetime_s * 1000;
    auto kept = co_await tokens_.create_token(std::move(wanted));
    if (!kept) co_return kept.error();
    co_return MadeToken{std::move(token), std::move(*kept)};
}

Awaitable<Result<std::string>> Accounts::reset_link(std::string name) {
    auto checked = check_user_name(name);
    if (!checked) co_return Problem{.code = ErrorCode::NotFound, .detail = "no user is called " + name};
    auto user = co_await store_.user(std::move(*checked));
    if (!user) co_return user.error();
    co_return co_await make_link(LinkPurpose::PasswordReset, user->id);
}

Awaitable<Result<std::string>> Accounts::admin_link() { return make_link(LinkPurpose::Administrator, std::nullopt); }

Awaitable<Result<std::string>> Accounts::make_link(LinkPurpose purpose, std::optional<UserId> user) {
    auto token = make_token();
    auto made = co_await store_.create_link(purpose, token_hash(token), user, now_ms() + day_ms);
    if (!made) co_return made.error();
    co_return token;
}

}  // namespace riposte
