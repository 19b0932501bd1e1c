#include "store/sqlite/rows.hpp"

#include "store/sqlite/files.hpp"
#include "store/sqlite/reactions.hpp"

namespace riposte::sqlite {
namespace {

// CROSS JOIN keeps the order of the tables: from the message to its author and room, never the other way round.
constexpr auto views = R"sql(
CREATE TEMP VIEW user_rows AS
    SELECT id, name, display_name, plugin IS NOT NULL AS bot, admin FROM main.users;

CREATE TEMP VIEW message_rows AS
    SELECT m.uuid, m.room, r.uri, m.seq,
           u.id AS author, u.name, u.display_name, u.plugin IS NOT NULL, u.admin,
           m.text, m.created_at, m.edited_at, m.deleted_at, m.reply_to, m.invocation, m.client_msg_id, m.state, m.command,
           m.id AS row,
           (SELECT group_concat(emoji || char(9) || name, char(10)) FROM
               (SELECT n.emoji, g.name FROM main.reactions n CROSS JOIN main.users g
                WHERE n.message = m.id AND g.id = n.user AND g.name IS NOT NULL ORDER BY n.at)) AS reactions,
           (SELECT group_concat(line, char(10)) FROM
               (SELECT hex(f.id) || char(9) || f.name || char(9) || f.type || char(9) || f.size || char(9) || f.width
                       || char(9) || f.height || char(9) || f.thumbnail AS line
                FROM main.files f WHERE f.message = m.id ORDER BY f.position)) AS attachments
    FROM main.messages m CROSS JOIN main.users u CROSS JOIN main.rooms r
    WHERE u.id = m.author AND r.id = m.room;

CREATE TEMP VIEW invocation_rows AS
    SELECT i.id, i.author, i.room, r.uri, m.uuid, i.plugin, i.command, coalesce(i.text, m.text, ''), i.visibility, i.state,
           i.code, i.detail, i.created_at, i.ended_at, i.message
    FROM main.invocations i CROSS JOIN main.rooms r LEFT JOIN main.messages m ON m.id = i.message
    WHERE r.id = i.room;
)sql";

template <class Read>
auto first(Statement statement, Read read) -> std::optional<decltype(read(statement))> {
    if (!statement.step()) return std::nullopt;
    return read(statement);
}

User read_whole_user(const Statement& row) { return read_user(row); }

}  // namespace

void create_row_views(Database& db) { db.script(views); }

User read_user(const Statement& row, int first) {
    return {.id = row.column<UserId>(first),
            .name = row.column<std::string>(first + 1),
            .display_name = row.column<std::string>(first + 2),
            .bot = row.column<bool>(first + 3),
            .admin = row.column<bool>(first + 4)};
}

Message read_message(const Statement& row) {
    return {.id = row.column<Uuid>(0),
            .room_id = row.column<RoomId>(1),
            .room = row.column<std::string>(2),
            .seq = row.column<Seq>(3),
            .author = read_user(row, 4),
            .text = row.column<std::string>(9),
            .created_at = row.column<Timestamp>(10),
            .edited_at = row.column<std::optional<Timestamp>>(11),
            .deleted = row.column<std::optional<Timestamp>>(12).has_value(),
            .reply_to = row.column<std::optional<Uuid>>(13),
            .invocation = row.column<std::optional<Uuid>>(14),
            .client_msg_id = row.column<std::string>(15),
            .state = row.column<MessageState>(16),
            .command = row.column<bool>(17),
            .reactions = read_reactions(row.column<std::string>(19)),
            .attachments = read_attachments(row.column<std::string>(20))};
}

Invocation read_invocation(const Statement& row) {
    Invocation invocation{.id = row.column<Uuid>(0),
                          .author = row.column<UserId>(1),
                          .room_id = row.column<RoomId>(2),
                          .room = row.column<std::string>(3),
                          .message_id = row.column<std::optional<Uuid>>(4),
                          .plugin = row.column<std::string>(5),
                          .command = row.column<std::string>(6),
                          .text = row.column<std::string>(7),
                          .visibility = row.column<CommandVisibility>(8),
                          .state = row.column<InvocationState>(9),
                          .detail = row.column<std::string>(11),
                          .created_at = row.column<Timestamp>(12),
                          .ended_at = row.column<std::optional<Timestamp>>(13)};
    if (const auto code = row.column<std::optional<std::string>>(10)) invocation.code = error_code(*code);
    return invocation;
}

std::optional<User> find_user(Database& db, std::string_view name) {
    return first(db.query("SELECT * FROM user_rows WHERE name = ?1", name), read_whole_user);
}

std::optional<User> find_user(Database& db, UserId id) {
    return first(db.query("SELECT * FROM user_rows WHERE id = ?1 AND name IS NOT NULL", id), read_whole_user);
}

std::optional<Message> find_message(Database& db, RoomId room, Seq seq) {
    return first(db.query("SELECT * FROM message_rows WHERE room = ?1 AND seq = ?2", room, seq), read_message);
}

std::optional<Message> find_message(Database& db, RoomId room, MessageId id) {
    auto found = first(db.query("SELECT * FROM message_rows WHERE uuid = ?1", id), read_message);
    if (found && found->room_id != room) return std::nullopt;
    return found;
}

std::optional<Invocation> find_invocation(Database& db, InvocationId id) {
    auto found = first(db.query("SELECT * FROM invocation_rows WHERE id = ?1", id), read_invocation);
    if (found) read_replies(db, *found);
    return found;
}

void read_replies(Database& db, Invocation& invocation) {
    auto rows =
        db.query("SELECT part, text FROM invocation_replies WHERE invocation = ?1 AND text IS NOT NULL ORDER BY part",
                 invocation.id);
    while (rows.step()) invocation.replies.push_back({rows.column<std::uint32_t>(0), rows.column<std::string>(1)});
}

}  // namespace riposte::sqlite
