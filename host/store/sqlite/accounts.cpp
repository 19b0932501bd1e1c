#include "store/sqlite/accounts.hpp"

#include "store/sqlite/invites.hpp"
#include "store/sqlite/rows.hpp"
#include "store/sqlite/sessions.hpp"
#include "store/sqlite/tokens.hpp"

namespace riposte::sqlite {
namespace {

/// Marks the link as used; the user it is for, if it names one.
Result<std::optional<UserId>> use_link(Transaction& transaction, LinkPurpose purpose, std::string_view link_hash) {
    auto& db = transaction.db();
    const auto used = db.run(
        "UPDATE one_time_links SET used_at = ?3 "
        "WHERE link_hash = ?1 AND purpose = ?2 AND used_at IS NULL AND expires_at > ?3",
        link_hash, purpose, transaction.now());
    if (used == 0) return Problem{.code = ErrorCode::BadLink};
    auto row = db.query("SELECT user FROM one_time_links WHERE link_hash = ?1", link_hash);
    row.step();
    return row.column<std::optional<UserId>>(0);
}

bool is_name_taken(Database& db, std::string_view name) { return find_user(db, name).has_value(); }

/// "dice", else "dice-bot", else "dice-bot-2", …
std::string free_bot_name(Database& db, std::string_view plugin) {
    std::string name(plugin);
    for (int attempt = 1; is_name_taken(db, name); ++attempt) {
        name = std::string(plugin) + "-bot";
        if (attempt > 1) name += "-" + std::to_string(attempt);
    }
    return name;
}

std::optional<User> bot_of(Database& db, std::string_view plugin) {
    auto row = db.query("SELECT u.* FROM users b JOIN user_rows u ON u.id = b.id WHERE b.plugin = ?1", plugin);
    if (!row.step()) return std::nullopt;
    return read_user(row);
}

}  // namespace

Result<User> create_user(Transaction& transaction, const NewUser& wanted) {
    auto& db = transaction.db();
    if (is_name_taken(db, wanted.name)) return Problem{.code = ErrorCode::NameTaken, .argument = "name"};
    const bool admin = !wanted.link_hash.empty();
    if (admin)
        if (const auto link = use_link(transaction, LinkPurpose::Administrator, wanted.link_hash); !link)
            return link.error();
    db.run(
        "INSERT INTO users (name, display_name, password_hash, admin, locale, created_at) VALUES (?1, ?2, ?3, ?4, ?5, "
        "?6)",
        wanted.name, wanted.display_name, wanted.password_hash, admin, wanted.locale, transaction.now());
    const UserId id{db.last_insert_id()};
    if (!wanted.invite_hash.empty())
        if (const auto room = use_invite(transaction, id, wanted.invite_hash); !room) return room.error();
    return *find_user(db, id);
}

Result<User> ensure_bot(Transaction& transaction, std::string_view plugin, std::string_view display_name) {
    auto& db = transaction.db();
    if (!bot_of(db, plugin))
        db.run("INSERT INTO users (name, display_name, plugin, created_at) VALUES (?1, ?2, ?3, ?4)",
               free_bot_name(db, plugin), display_name, plugin, transaction.now());
    db.run("UPDATE users SET display_name = ?2 WHERE plugin = ?1 AND display_name <> ?2", plugin, display_name);
    return *bot_of(db, plugin);
}

Result<Credentials> credentials(Database& db, std::string_view name) {
    auto row = db.query(
        "SELECT r.*, u.password_hash, u.disabled FROM users u CROSS JOIN user_rows r ON r.id = u.id "
        "WHERE u.name = ?1 AND u.plugin IS NULL",
        name);
    if (!row.step()) return Problem{.code = ErrorCode::NotFound};
    return Credentials{read_user(row), row.column<std::string>(5), row.column<bool>(6)};
}

Result<User> user(Database& db, std::string_view name) {
    const auto found = find_user(db, name);
    if (!found) return Problem{.code = ErrorCode::NotFound};
    return *found;
}

Result<Me> me(Database& db, UserId user) {
    auto row = db.query(
        "SELECT r.*, u.created_at, u.locale FROM users u CROSS JOIN user_rows r ON r.id = u.id "
        "WHERE u.id = ?1 AND u.deleted_at IS NULL",
        user);
    if (!row.step()) return Problem{.code = ErrorCode::Unauthenticated};
    return Me{read_user(row), row.column<Timestamp>(5), row.column<std::string>(6)};
}

Result<Me> update_me(Transaction& transaction, UserId user, const std::optional<std::string>& display_name,
                     const std::optional<std::string>& locale) {
    transaction.db().run(
        "UPDATE users SET display_name = coalesce(?2, display_name), locale = coalesce(?3, locale) "
        "WHERE id = ?1 AND deleted_at IS NULL",
        user, display_name, locale);
    return me(transaction.db(), user);
}

Result<> change_password(Transaction& transaction, UserId user, std::string_view password_hash,
                         std::string_view keep_token_hash) {
    const auto changed = transaction.db().run(
        "UPDATE users SET password_hash = ?2 WHERE id = ?1 AND plugin IS NULL AND deleted_at IS NULL", user,
        password_hash);
    if (changed == 0) return Problem{.code = ErrorCode::Unauthenticated};
    end_sessions(transaction, user, keep_token_hash);
    return {};
}

Result<> create_link(Transaction& transaction, LinkPurpose purpose, std::string_view link_hash,
                     std::optional<UserId> user, Timestamp expires_at) {
    auto& db = transaction.db();
    if (user && !find_user(db, *user)) return Problem{.code = ErrorCode::NotFound};
    db.run(
        "INSERT INTO one_time_links (link_hash, purpose, user, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5) "
        "ON CONFLICT DO UPDATE SET expires_at = ?5",
        link_hash, purpose, user, transaction.now(), expires_at);
    return {};
}

Result<User> reset_password(Transaction& transaction, std::string_view link_hash, std::string_view password_hash) {
    const auto link = use_link(transaction, LinkPurpose::PasswordReset, link_hash);
    if (!link) return link.error();
    const auto user = *link ? find_user(transaction.db(), **link) : std::nullopt;
    if (!user) return Problem{.code = ErrorCode::BadLink};
    drop_tokens(transaction, user->id);
    if (const auto changed = change_password(transaction, user->id, password_hash, ""); !changed)
        return changed.error();
    return *user;
}

Result<bool> has_administrator(Database& db) {
    return db.query("SELECT 1 FROM users WHERE admin = 1 AND disabled = 0 AND deleted_at IS NULL LIMIT 1").step();
}

}  // namespace riposte::sqlite
