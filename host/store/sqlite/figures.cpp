#include "store/sqlite/figures.hpp"

#include "base/clock.hpp"

namespace riposte::sqlite {
namespace {

constexpr Timestamp minute_ms = 60'000;

/// The smallest UUIDv7 of a moment: ids sort by their millisecond, so a range of them is a range of time.
Uuid first_at(Timestamp moment) {
    Uuid id;
    for (std::size_t i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(moment >> (40 - 8 * i));
    return id;
}

/// 0 for a file that is not there: the log is gone after a checkpoint at the end.
std::int64_t size_of(const std::filesystem::path& file) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(file, missing);
    return missing ? 0 : static_cast<std::int64_t>(size);
}

}  // namespace

Result<StoreFigures> figures(Database& db, const std::filesystem::path& file) {
    StoreFigures figures;
    const auto now = now_ms();
    {
        auto row = db.query("SELECT count(*) FROM messages WHERE uuid >= ?1", first_at(now - minute_ms));
        row.step();
        figures.messages = row.column<std::int64_t>(0);
    }
    auto rows = db.query(
        "SELECT ended_at - created_at, code IS NOT NULL FROM invocations WHERE id >= ?1 AND ended_at IS NOT NULL "
        "AND command <> '' ORDER BY id DESC LIMIT 10000",
        first_at(now - 10 * minute_ms));
    while (rows.step()) {
        figures.command_times.push_back(rows.column<std::int64_t>(0));
        figures.commands_failed += rows.column<std::int64_t>(1);
    }
    std::error_code unknown;
    const auto space = std::filesystem::space(file.parent_path(), unknown);
    figures.database_bytes = size_of(file);
    figures.log_bytes = size_of(file.string() + "-wal");
    if (!unknown) figures.disk_free_bytes = static_cast<std::int64_t>(space.available);
    return figures;
}

}  // namespace riposte::sqlite
