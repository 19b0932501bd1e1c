#include "store/sqlite/tokens.hpp"

#include "base/clock.hpp"
#include "store/sqlite/audit.hpp"
#include "store/sqlite/listing.hpp"
#include "store/sqlite/rows.hpp"

namespace riposte::sqlite {
namespace {

#define RIPOSTE_TOKEN "SELECT t.id, t.name, t.created_at, t.last_used, t.expires_at"

AccessToken read_token(const Statement& row) {
    return {.id = row.column<std::int64_t>(0),
            .name = row.column<std::string>(1),
            .created_at = row.column<Timestamp>(2),
            .last_used = row.column<std::optional<Timestamp>>(3),
            .expires_at = row.column<std::optional<Timestamp>>(4)};
}

struct Found {
    UserId user{};
    std::string token_hash;
    std::string name;
};

std::optional<Found> find_token(Database& db, std::int64_t id) {
    auto row = db.query("SELECT user, token_hash, name FROM tokens WHERE id = ?1", id);
    if (!row.step()) return std::nullopt;
    return Found{row.column<UserId>(0), row.column<std::string>(1), row.column<std::string>(2)};
}

void revoke(Transaction& transaction, std::int64_t id, const Found& token) {
    transaction.db().run("DELETE FROM tokens WHERE id = ?1", id);
    transaction.emit(SessionsEnded{.user = token.user, .only_token_hash = token.token_hash});
}

Problem no_such_token() { return {.code = ErrorCode::NotFound, .detail = "no such token"}; }

}  // namespace

Result<AccessToken> create_token(Transaction& transaction, const NewToken& token) {
    auto& db = transaction.db();
    {
        auto row = db.query("SELECT count(*) FROM tokens WHERE user = ?1", token.user);
        row.step();
        if (row.column<std::int64_t>(0) >= static_cast<std::int64_t>(most_tokens))
            return Problem{.code = ErrorCode::TooLarge, .detail = "at most 50 tokens", .argument = "tokens"};
    }
    db.run("INSERT INTO tokens (user, name, token_hash, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5)",
           token.user, token.name, token.token_hash, transaction.now(), token.expires_at);
    return AccessToken{.id = db.last_insert_id(),
                       .name = token.name,
                       .created_at = transaction.now(),
                       .last_used = {},
                       .expires_at = token.expires_at};
}

Result<std::vector<AccessToken>> tokens_of(Database& db, UserId user) {
    std::vector<AccessToken> tokens;
    auto rows = db.query(RIPOSTE_TOKEN " FROM tokens t WHERE t.user = ?1 ORDER BY t.id DESC", user);
    while (rows.step()) tokens.push_back(read_token(rows));
    return tokens;
}

Result<> revoke_token(Transaction& transaction, UserId user, std::int64_t id) {
    const auto token = find_token(transaction.db(), id);
    if (!token || token->user != user) return no_such_token();
    revoke(transaction, id, *token);
    return {};
}

Result<> drop_expired_tokens(Transaction& transaction) {
    std::vector<std::pair<std::int64_t, Found>> expired;
    {
        auto rows = transaction.db().query("SELECT id, user, token_hash, name FROM tokens WHERE expires_at <= ?1",
                                           transaction.now());
        while (rows.step())
            expired.emplace_back(
                rows.column<std::int64_t>(0),
                Found{rows.column<UserId>(1), rows.column<std::string>(2), rows.column<std::string>(3)});
    }
    for (const auto& [id, token] : expired) revoke(transaction, id, token);
    return {};
}

Result<Listed<OwnedToken>> all_tokens(Database& db, const Listing& listing) {
    auto rows =
        db.query(RIPOSTE_TOKEN
                 ", u.* FROM tokens t CROSS JOIN user_rows u ON u.id = t.user WHERE t.id < ?1 AND "
                 "(t.name LIKE ?2 ESCAPE '\\' OR u.name LIKE ?2 ESCAPE '\\' OR u.display_name LIKE ?2 ESCAPE '\\') "
                 "ORDER BY t.id DESC LIMIT ?3",
                 before(listing), pattern(listing), listing.limit + 1);
    return listed<OwnedToken>(std::move(rows), listing.limit, [](const Statement& row) {
        return OwnedToken{read_token(row), read_user(row, 5)};
    });
}

Result<> revoke_any_token(Transaction& transaction, const ActingOperator& by, std::int64_t id) {
    const auto token = find_token(transaction.db(), id);
    if (!token) return no_such_token();
    const auto owner = find_user(transaction.db(), token->user);
    revoke(transaction, id, *token);
    add_audit(transaction,
              {.by = by.name, .verb = "token revoke", .subject = owner ? owner->name : "", .detail = token->name});
    return {};
}

Result<FoundSession> token_owner(Database& db, std::string_view token_hash) {
    const auto now = now_ms();
    auto row = db.query(
        "SELECT r.*, u.locale, t.last_used FROM tokens t CROSS JOIN users u ON u.id = t.user "
        "CROSS JOIN user_rows r ON r.id = u.id "
        "WHERE t.token_hash = ?1 AND (t.expires_at IS NULL OR t.expires_at > ?2) AND u.disabled = 0 AND u.deleted_at "
        "IS NULL",
        token_hash, now);
    if (!row.step()) return Problem{.code = ErrorCode::Unauthenticated};
    const auto last_used = row.column<std::optional<Timestamp>>(6).value_or(0);
    return FoundSession{{read_user(row), row.column<std::string>(5), std::string(token_hash), Credential::Token},
                        last_used < now - touch_every_ms};
}

void touch_token(Transaction& transaction, std::string_view token_hash) {
    transaction.db().run("UPDATE tokens SET last_used = ?2 WHERE token_hash = ?1", token_hash, transaction.now());
}

void drop_tokens(Transaction& transaction, UserId user) {
    transaction.db().run("DELETE FROM tokens WHERE user = ?1", user);
}

}  // namespace riposte::sqlite
