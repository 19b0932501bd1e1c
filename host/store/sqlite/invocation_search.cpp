#include "store/sqlite/invocation_search.hpp"

namespace riposte::sqlite {
namespace {

constexpr std::size_t fewest_digits = 4;

/// The upper-case hex digits of a part of an id for LIKE; a pattern that nothing matches for another text.
std::string id_pattern(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c == '-') continue;
        const bool small = c >= 'a' && c <= 'f';
        if (!small && !(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'F')) return "-";
        digits += small ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return digits.size() < fewest_digits ? "-" : "%" + digits + "%";
}

InvocationSummary read_summary(const Statement& row) {
    InvocationSummary found{.id = row.column<Uuid>(0),
                            .author = row.column<std::string>(1),
                            .room_title = row.column<std::string>(2),
                            .room_kind = row.column<RoomKind>(3),
                            .plugin = row.column<std::string>(4),
                            .command = row.column<std::string>(5),
                            .state = row.column<InvocationState>(6),
                            .code = {},
                            .detail = row.column<std::string>(8),
                            .created_at = row.column<Timestamp>(9),
                            .ended_at = row.column<std::optional<Timestamp>>(10)};
    if (const auto code = row.column<std::optional<std::string>>(7)) found.code = error_code(*code);
    return found;
}

}  // namespace

Result<std::vector<InvocationSummary>> find_invocations(Database& db, std::string_view text) {
    std::vector<InvocationSummary> found;
    auto rows = db.query(
        "SELECT i.id, coalesce(u.name, ''), r.title, r.kind, i.plugin, i.command, i.state, i.code, i.detail, "
        "i.created_at, i.ended_at FROM invocations i CROSS JOIN users u ON u.id = i.author "
        "CROSS JOIN rooms r ON r.id = i.room "
        "WHERE ?1 = '' OR i.plugin = ?1 OR u.name = ?1 OR hex(i.id) LIKE ?2 ORDER BY i.id DESC LIMIT 100",
        text, id_pattern(text));
    while (rows.step()) found.push_back(read_summary(rows));
    return found;
}

}  // namespace riposte::sqlite
