#include "store/sqlite/history.hpp"

#include "store/sqlite/authorize.hpp"
#include "store/sqlite/rows.hpp"

#include <algorithm>

namespace riposte::sqlite {
namespace {

Event post_event(Message message) {
    Event event;
    event.kind = Event::Kind::Post;
    event.room_id = message.room_id;
    event.room = message.room;
    event.seq = message.seq;
    event.actor = message.author.name;
    event.message = std::move(message);
    return event;
}

Event read_event(const Statement& row, const RoomRow& room) {
    Event event;
    event.room_id = room.id;
    event.room = room.uri;
    event.seq = row.column<Seq>(0);
    event.kind = row.column<Event::Kind>(1);
    event.actor = row.column<std::string>(2);
    event.message_id = row.column<std::optional<Uuid>>(3);
    event.change = row.column<Change>(4);
    event.role = row.column<Role>(5);
    event.title = row.column<std::string>(6);
    event.visibility = row.column<RoomVisibility>(7);
    event.invocation = row.column<std::optional<Uuid>>(8);
    event.plugin = row.column<std::string>(9);
    event.code = error_code(row.column<std::string>(10)).value_or(ErrorCode::Internal);
    event.emoji = row.column<std::string>(11);
    event.added = row.column<bool>(12);
    event.slow_mode_s = row.column<std::int64_t>(13);
    event.closed = row.column<bool>(14);
    if (event.kind == Event::Kind::Membership) event.user = read_user(row, 15);
    return event;
}

/// Everything but the posts.
std::vector<Event> other_events(Database& db, const RoomRow& room, Seq after, Seq up_to, int limit) {
    std::vector<Event> events;
    auto rows = db.query(
        "SELECT e.seq, e.kind, a.name, m.uuid, e.change, e.role, e.title, e.visibility, e.invocation, e.plugin, "
        "e.code, e.emoji, e.added, e.slow_mode_s, e.closed, u.* "
        "FROM events e LEFT JOIN users a ON a.id = e.actor LEFT JOIN messages m ON m.id = e.message "
        "LEFT JOIN user_rows u ON u.id = e.user WHERE e.room = ?1 AND e.seq > ?2 AND e.seq <= ?3 ORDER BY e.seq LIMIT "
        "?4",
        room.id, after, up_to, limit);
    while (rows.step()) events.push_back(read_event(rows, room));
    return events;
}

/// An edit shows the text as it is now; of a deleted message there is none.
void add_edited_message(Database& db, Event& event) {
    if (event.kind != Event::Kind::Edit || !event.message_id) return;
    event.message = find_message(db, event.room_id, *event.message_id);
    event.message_id.reset();
}

}  // namespace

Result<EventPage> events(Database& db, UserId user, std::string_view uri, Seq after, int limit) {
    const auto granted = authorize(db, user, uri, Right::Read);
    if (!granted) return granted.error();
    const auto& room = granted->room;
    limit = std::clamp(limit, 1, 200);
    EventPage page{.events = {}, .last_seq = room.last_seq};
    if (after >= room.last_seq) return page;

    // The seq is dense, so the page is known before it is read: posts and the others fill it without a gap.
    const auto up_to = std::min(room.last_seq, std::max<Seq>(after, 0) + limit);
    page.events = other_events(db, room, after, up_to, limit);
    {
        auto rows = db.query("SELECT * FROM message_rows WHERE room = ?1 AND seq > ?2 AND seq <= ?3 ORDER BY seq",
                             room.id, after, up_to);
        while (rows.step()) page.events.push_back(post_event(read_message(rows)));
    }
    std::sort(page.events.begin(), page.events.end(), [](const Event& a, const Event& b) { return a.seq < b.seq; });
    for (auto& event : page.events) add_edited_message(db, event);
    return page;
}

}  // namespace riposte::sqlite
