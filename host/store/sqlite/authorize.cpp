#include "store/sqlite/authorize.hpp"

#include "store/sqlite/rows.hpp"

#include <array>

namespace riposte::sqlite {
namespace {

enum class Standing : std::uint8_t { Stranger, Passer, BarredFromPublic, BarredFromPrivate, Member, Moderator, Owner };

using enum ErrorCode;
constexpr auto Yes = ErrorCode::Count_;

/// A row for each Standing, a column for each Right.
// clang-format off
constexpr ErrorCode decisions[][6] = {
    //                    See       Join      Read        Post        Moderate    Own
    /* Stranger      */ { NotFound, NotFound, NotFound,   NotFound,   NotFound,   NotFound   },
    /* Passer        */ { Yes,      Yes,      NotAMember, NotAMember, NotAMember, NotAMember },
    /* BarredPublic  */ { Yes,      Barred,   Barred,     Barred,     Barred,     Barred     },
    /* BarredPrivate */ { NotFound, NotFound, NotFound,   NotFound,   NotFound,   NotFound   },
    /* Member        */ { Yes,      Yes,      Yes,        Yes,        NotAllowed, NotAllowed },
    /* Moderator     */ { Yes,      Yes,      Yes,        Yes,        Yes,        NotAllowed },
    /* Owner         */ { Yes,      Yes,      Yes,        Yes,        Yes,        Yes        },
};
// clang-format on

#define RIPOSTE_ROOM_COLUMNS \
    "r.id, r.uri, r.kind, r.title, r.visibility, r.last_seq, r.people, r.member_count, r.slow_mode_s, r.closed"
constexpr int after_room = 10;

#define RIPOSTE_STANDING                                                                      \
    "SELECT " RIPOSTE_ROOM_COLUMNS                                                            \
    ", m.role, m.last_read_seq, m.barred, m.notify, m.muted, "                                \
    "u.id, u.name, u.display_name, u.plugin IS NOT NULL, u.admin "                            \
    "FROM rooms r CROSS JOIN users u LEFT JOIN members m ON m.room = r.id AND m.user = u.id " \
    "WHERE u.id = ?1 AND u.disabled = 0 AND u.deleted_at IS NULL AND "

RoomRow read_room(const Statement& row) {
    return {.id = row.column<RoomId>(0),
            .uri = row.column<std::string>(1),
            .kind = row.column<RoomKind>(2),
            .title = row.column<std::string>(3),
            .visibility = row.column<RoomVisibility>(4),
            .last_seq = row.column<Seq>(5),
            .people = row.column<std::int64_t>(6),
            .member_count = row.column<std::int64_t>(7),
            .slow_mode_s = row.column<std::int64_t>(8),
            .closed = row.column<bool>(9)};
}

Standing standing(const Granted& granted, bool barred) {
    const bool is_public = granted.room.visibility == RoomVisibility::Public;
    if (barred) return is_public ? Standing::BarredFromPublic : Standing::BarredFromPrivate;
    if (!granted.role) return is_public ? Standing::Passer : Standing::Stranger;
    switch (*granted.role) {
        case Role::Member: return Standing::Member;
        case Role::Moderator: return Standing::Moderator;
        case Role::Owner: return Standing::Owner;
    }
    return Standing::Stranger;
}

bool is_active(Database& db, UserId user) {
    return db.query("SELECT 1 FROM users WHERE id = ?1 AND disabled = 0 AND deleted_at IS NULL", user).step();
}

Result<Granted> decide(Database& db, UserId user, Statement row, Right right) {
    if (!row.step()) return Problem{.code = is_active(db, user) ? NotFound : Unauthenticated};
    Granted granted{.room = read_room(row),
                    .user = read_user(row, after_room + 5),
                    .role = row.column<std::optional<Role>>(after_room),
                    .last_read_seq = row.column<Seq>(after_room + 1),
                    .notify = row.column<std::optional<Notify>>(after_room + 3),
                    .muted = row.column<bool>(after_room + 4)};
    const bool barred = row.column<bool>(after_room + 2);
    const auto decision = decisions[static_cast<int>(standing(granted, barred))][static_cast<int>(right)];
    if (decision != Yes) return Problem{.code = decision};
    if (right == Right::Post && granted.room.closed) return Problem{.code = RoomClosed};
    if (barred) granted.role.reset();
    return granted;
}

}  // namespace

Result<Granted> authorize(Database& db, UserId user, std::string_view uri, Right right) {
    return decide(db, user, db.query(RIPOSTE_STANDING "r.uri = ?2", user, uri), right);
}

Result<Granted> authorize(Database& db, UserId user, RoomId room, Right right) {
    return decide(db, user, db.query(RIPOSTE_STANDING "r.id = ?2", user, room), right);
}

std::optional<RoomRow> find_room(Database& db, RoomId room) {
    auto row = db.query("SELECT " RIPOSTE_ROOM_COLUMNS " FROM rooms r WHERE r.id = ?1", room);
    if (!row.step()) return std::nullopt;
    return read_room(row);
}

std::optional<RoomRow> find_room(Database& db, std::string_view uri) {
    auto row = db.query("SELECT " RIPOSTE_ROOM_COLUMNS " FROM rooms r WHERE r.uri = ?1", uri);
    if (!row.step()) return std::nullopt;
    return read_room(row);
}

}  // namespace riposte::sqlite
