#include "store/sqlite/export.hpp"

namespace riposte::sqlite {
namespace {

/// A member of the document and the query, for the user ?1, of its JSON.
struct Section {
    const char* name;
    const char* sql;
};

// An id as it stands on the wire.
#define RIPOSTE_UUID(blob)                                                                   \
    "lower(substr(hex(" blob "),1,8)||'-'||substr(hex(" blob "),9,4)||'-'||substr(hex(" blob \
    "),13,4)||'-'||"                                                                         \
    "substr(hex(" blob "),17,4)||'-'||substr(hex(" blob "),21))"

constexpr Section sections[] = {
    {"account",
     "SELECT json_object('name', name, 'display_name', display_name, 'admin', json(iif(admin, 'true', 'false')), "
     "'locale', locale, 'created_at', created_at) FROM users WHERE id = ?1"},
    {"sessions",
     "SELECT json_group_array(json_object('address', address, 'user_agent', user_agent, 'created_at', created_at, "
     "'last_seen', last_seen, 'expires_at', expires_at)) FROM sessions WHERE user = ?1"},
    {"tokens",
     "SELECT json_group_array(json_object('name', name, 'created_at', created_at, 'last_used', last_used, "
     "'expires_at', expires_at)) FROM tokens WHERE user = ?1"},
    {"memberships",
     "SELECT json_group_array(json_object('room', r.uri, 'title', r.title, 'role', "
     "CASE m.role WHEN 0 THEN 'member' WHEN 1 THEN 'moderator' ELSE 'owner' END, 'joined_at', m.joined_at, "
     "'last_read_seq', m.last_read_seq, 'barred', json(iif(m.barred, 'true', 'false')), 'notify', "
     "CASE m.notify WHEN 0 THEN 'all' WHEN 1 THEN 'mentions' WHEN 2 THEN 'none' END, "
     "'muted', json(iif(m.muted, 'true', 'false')))) "
     "FROM members m JOIN rooms r ON r.id = m.room WHERE m.user = ?1"},
    {"messages", "SELECT json_group_array(json_object('id', " RIPOSTE_UUID(
                     "m.uuid") ", 'room', r.uri, 'seq', m.seq, 'text', m.text, "
                               "'created_at', m.created_at, 'edited_at', m.edited_at, 'deleted_at', m.deleted_at, "
                               "'client_msg_id', m.client_msg_id)) "
                               "FROM messages m JOIN rooms r ON r.id = m.room WHERE m.author = ?1"},
    {"mentions",
     "SELECT json_group_array(json_object('room', r.uri, 'seq', n.seq)) FROM mentions n JOIN rooms r ON r.id = n.room "
     "WHERE n.user = ?1"},
    {"invocations", "SELECT json_group_array(json_object('id', " RIPOSTE_UUID(
                        "i.id") ", 'room', r.uri, 'plugin', i.plugin, 'command', "
                                "i.command, 'text', coalesce(i.text, m.text), 'created_at', i.created_at, 'ended_at', "
                                "i.ended_at, 'code', i.code, "
                                "'detail', i.detail, 'replies', json((SELECT json_group_array(json_object('part', "
                                "part, 'text', text)) "
                                "FROM invocation_replies WHERE invocation = i.id AND text IS NOT NULL)))) "
                                "FROM invocations i JOIN rooms r ON r.id = i.room LEFT JOIN messages m ON m.id = "
                                "i.message WHERE i.author = ?1"},
    {"invites",
     "SELECT json_group_array(json_object('room', r.uri, 'created_at', i.created_at, 'expires_at', i.expires_at, "
     "'uses', "
     "i.uses)) FROM invites i JOIN rooms r ON r.id = i.room WHERE i.created_by = ?1"},
    {"reactions", "SELECT json_group_array(json_object('room', r.uri, 'message', " RIPOSTE_UUID(
                      "m.uuid") ", 'emoji', n.emoji, 'at', n.at)) FROM reactions n JOIN messages m ON m.id = n.message "
                                "JOIN rooms r ON r.id = m.room WHERE n.user = ?1"},
    {"files",
     "SELECT json_group_array(json_object('id', " RIPOSTE_UUID(
         "f.id") ", 'room', r.uri, 'name', f.name, 'type', f.type, 'size', f.size, 'created_at', f.created_at)) "
                 "FROM files f JOIN rooms r ON r.id = f.room WHERE f.owner = ?1"},
    {"reports",
     "SELECT json_group_array(json_object('room', r.uri, 'message', " RIPOSTE_UUID(
         "m.uuid") ", 'reason', p.reason, 'created_at', p.created_at)) FROM reports p "
                   "JOIN messages m ON m.id = p.message JOIN rooms r ON r.id = p.room WHERE p.reporter = ?1"},
    {"timers",
     "SELECT json_group_array(json_object('plugin', plugin, 'command', command, 'room', r.uri, 'due', due)) "
     "FROM plugin_timers t JOIN rooms r ON r.id = t.room WHERE t.user = ?1"},
};

}  // namespace

Result<std::string> export_user(Database& db, UserId user) {
    if (!db.query("SELECT 1 FROM users WHERE id = ?1 AND deleted_at IS NULL", user).step())
        return Problem{.code = ErrorCode::Unauthenticated};
    std::string document = "{";
    for (const auto& section : sections) {
        if (document.size() > 1) document += ',';
        document.append("\"").append(section.name).append("\":").append(db.value(section.sql, user));
    }
    return document + "}";
}

}  // namespace riposte::sqlite
