#include "store/sqlite/sqlite_store.hpp"

#include "store/sqlite/accounts.hpp"
#include "store/sqlite/export.hpp"
#include "store/sqlite/sessions.hpp"
#include "store/sqlite/tokens.hpp"

namespace riposte::sqlite {

Awaitable<Result<User>> SqliteStore::create_user(NewUser user) {
    return write<User>(
        [user = std::move(user)](Transaction& transaction) { return sqlite::create_user(transaction, user); });
}

Awaitable<Result<User>> SqliteStore::ensure_bot(std::string plugin, std::string display_name) {
    return write<User>([plugin = std::move(plugin), display_name = std::move(display_name)](Transaction& transaction) {
        return sqlite::ensure_bot(transaction, plugin, display_name);
    });
}

Awaitable<Result<Credentials>> SqliteStore::credentials(std::string name) {
    return read<Credentials>([name = std::move(name)](Database& db) { return sqlite::credentials(db, name); });
}

Awaitable<Result<std::vector<std::string>>> SqliteStore::session_addresses(std::string name) {
    return read<std::vector<std::string>>(
        [name = std::move(name)](Database& db) { return sqlite::session_addresses(db, name); });
}

Awaitable<Result<User>> SqliteStore::user(std::string name) {
    return read<User>([name = std::move(name)](Database& db) { return sqlite::user(db, name); });
}

Awaitable<Result<Me>> SqliteStore::me(UserId user) {
    return read<Me>([user](Database& db) { return sqlite::me(db, user); });
}

Awaitable<Result<Me>> SqliteStore::update_me(UserId user, std::optional<std::string> display_name,
                                             std::optional<std::string> locale) {
    return write<Me>(
        [user, display_name = std::move(display_name), locale = std::move(locale)](Transaction& transaction) {
            return sqlite::update_me(transaction, user, display_name, locale);
        });
}

Awaitable<Result<>> SqliteStore::create_session(NewSession session) {
    return write([session = std::move(session)](Transaction& transaction) {
        return sqlite::create_session(transaction, session);
    });
}

Awaitable<Result<>> SqliteStore::end_session(std::string token_hash) {
    return write([token_hash = std::move(token_hash)](Transaction& transaction) {
        return sqlite::end_session(transaction, token_hash);
    });
}

Awaitable<Result<>> SqliteStore::change_password(UserId user, std::string password_hash, std::string keep_token_hash) {
    return write([user, password_hash = std::move(password_hash),
                  keep_token_hash = std::move(keep_token_hash)](Transaction& transaction) {
        return sqlite::change_password(transaction, user, password_hash, keep_token_hash);
    });
}

Awaitable<Result<>> SqliteStore::create_link(LinkPurpose purpose, std::string link_hash, std::optional<UserId> user,
                                             Timestamp expires_at) {
    return write([purpose, link_hash = std::move(link_hash), user, expires_at](Transaction& transaction) {
        return sqlite::create_link(transaction, purpose, link_hash, user, expires_at);
    });
}

Awaitable<Result<User>> SqliteStore::reset_password(std::string link_hash, std::string password_hash) {
    return write<User>(
        [link_hash = std::move(link_hash), password_hash = std::move(password_hash)](Transaction& transaction) {
            return sqlite::reset_password(transaction, link_hash, password_hash);
        });
}

Awaitable<Result<bool>> SqliteStore::has_administrator() {
    return read<bool>([](Database& db) { return sqlite::has_administrator(db); });
}

Awaitable<Result<>> SqliteStore::delete_user(UserId user) {
    return write([user](Transaction& transaction) { return sqlite::delete_user(transaction, user); });
}

Awaitable<Result<Identity>> SqliteStore::session(std::string token_hash) {
    return read<Identity>([this, token_hash = std::move(token_hash)](Database& db) -> Result<Identity> {
        auto found = sqlite::session(db, token_hash);
        if (!found) return found.error();
        if (found->stale) {
            auto touch = [token_hash](Transaction& transaction) { return touch_session(transaction, token_hash); };
            writer_.submit(std::make_unique<WriteOf<void>>(std::move(touch), nullptr));
        }
        return std::move(found->identity);
    });
}

Awaitable<Result<>> SqliteStore::end_all_sessions(UserId user) {
    return write([user](Transaction& transaction) -> Result<> {
        end_sessions(transaction, user, "");
        return {};
    });
}

Awaitable<Result<AccessToken>> SqliteStore::create_token(NewToken token) {
    return write<AccessToken>(
        [token = std::move(token)](Transaction& transaction) { return sqlite::create_token(transaction, token); });
}

Awaitable<Result<std::vector<AccessToken>>> SqliteStore::tokens_of(UserId user) {
    return read<std::vector<AccessToken>>([user](Database& db) { return sqlite::tokens_of(db, user); });
}

Awaitable<Result<>> SqliteStore::revoke_token(UserId user, std::int64_t id) {
    return write([user, id](Transaction& transaction) { return sqlite::revoke_token(transaction, user, id); });
}

Awaitable<Result<>> SqliteStore::drop_expired_tokens() {
    return write([](Transaction& transaction) { return sqlite::drop_expired_tokens(transaction); });
}

Awaitable<Result<Listed<OwnedToken>>> SqliteStore::all_tokens(Listing listing) {
    return read<Listed<OwnedToken>>(
        [listing = std::move(listing)](Database& db) { return sqlite::all_tokens(db, listing); });
}

Awaitable<Result<>> SqliteStore::revoke_any_token(ActingOperator by, std::int64_t id) {
    return write(
        [by = std::move(by), id](Transaction& transaction) { return sqlite::revoke_any_token(transaction, by, id); });
}

Awaitable<Result<std::string>> SqliteStore::export_user(UserId user) {
    return read_from<std::string>(slow_readers_, [user](Database& db) { return sqlite::export_user(db, user); });
}

}  // namespace riposte::sqlite
