#include "store/sqlite/sessions.hpp"

#include "base/clock.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/tokens.hpp"

namespace riposte::sqlite {
Result<> create_session(Transaction& transaction, const NewSession& session) {
    auto& db = transaction.db();
    if (!find_user(db, session.user)) return Problem{.code = ErrorCode::Unauthenticated};
    db.run("DELETE FROM sessions WHERE user = ?1 AND expires_at <= ?2", session.user, transaction.now());
    db.run(
        "INSERT INTO sessions (token_hash, user, address, user_agent, created_at, last_seen, expires_at) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)",
        session.token_hash, session.user, session.address, session.user_agent, transaction.now(), session.expires_at);
    return {};
}

Result<FoundSession> session(Database& db, std::string_view token_hash) {
    const auto now = now_ms();
    auto row = db.query(
        "SELECT r.*, u.locale, s.last_seen FROM sessions s CROSS JOIN users u ON u.id = s.user "
        "CROSS JOIN user_rows r ON r.id = u.id "
        "WHERE s.token_hash = ?1 AND s.expires_at > ?2 AND u.disabled = 0 AND u.deleted_at IS NULL",
        token_hash, now);
    if (!row.step()) return token_owner(db, token_hash);
    return FoundSession{{read_user(row), row.column<std::string>(5), std::string(token_hash), Credential::Session},
                        row.column<Timestamp>(6) < now - touch_every_ms};
}

Result<std::vector<std::string>> session_addresses(Database& db, std::string_view name) {
    std::vector<std::string> addresses;
    auto row = db.query(
        "SELECT DISTINCT s.address FROM users u JOIN sessions s ON s.user = u.id WHERE u.name = ?1 AND s.expires_at > "
        "?2",
        name, now_ms());
    while (row.step()) addresses.push_back(row.column<std::string>(0));
    return addresses;
}

Result<> touch_session(Transaction& transaction, std::string_view token_hash) {
    const auto touched =
        transaction.db().run("UPDATE sessions SET last_seen = ?2 WHERE token_hash = ?1", token_hash, transaction.now());
    if (touched == 0) touch_token(transaction, token_hash);
    return {};
}

Result<> end_session(Transaction& transaction, std::string_view token_hash) {
    auto& db = transaction.db();
    std::optional<UserId> user;
    {
        auto row = db.query("SELECT user FROM sessions WHERE token_hash = ?1", token_hash);
        if (row.step()) user = row.column<UserId>(0);
    }
    if (!user) return {};
    db.run("DELETE FROM sessions WHERE token_hash = ?1", token_hash);
    transaction.emit(SessionsEnded{.user = *user, .only_token_hash = std::string(token_hash)});
    return {};
}

void end_sessions(Transaction& transaction, UserId user, std::string_view except_token_hash) {
    transaction.db().run("DELETE FROM sessions WHERE user = ?1 AND token_hash <> ?2", user, except_token_hash);
    transaction.emit(SessionsEnded{.user = user, .except_token_hash = std::string(except_token_hash)});
}

}  // namespace riposte::sqlite
