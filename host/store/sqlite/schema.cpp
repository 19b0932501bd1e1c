#include "store/sqlite/schema.hpp"

#include "base/log.hpp"
#include "store/sqlite/migrations.hpp"

#include <stdexcept>
#include <string>

namespace riposte::sqlite {
namespace {

/// "Rip1", in the file's header: tells our database from another program's.
constexpr int application_id = 0x52697031;

void copy_before(Database& db, const std::filesystem::path& file, int version) {
    const auto copy = file.string() + ".before-" + std::to_string(version);
    std::filesystem::remove(copy);  // left by an attempt that did not end
    std::string quoted;
    for (const char c : copy) quoted.append(c == '\'' ? 2 : 1, c);
    db.script("VACUUM INTO '" + quoted + "'");
    log::info("database copied before its migration", {{"file", copy}});
}

void apply(Database& db, int version, const char* sql) {
    db.script("BEGIN IMMEDIATE");
    try {
        db.script(sql);
        db.script("PRAGMA user_version = " + std::to_string(version));
        db.script("PRAGMA application_id = " + std::to_string(application_id));
        db.script("COMMIT");
    } catch (const Failure&) {
        if (db.in_transaction()) db.script("ROLLBACK");
        throw;
    }
}

}  // namespace

Migrations shipped_migrations() { return {migrations.begin(), migrations.end()}; }

void migrate(Database& db, const std::filesystem::path& file, const Migrations& migrations) {
    const int found = std::stoi(db.value("PRAGMA user_version"));
    const int wanted = static_cast<int>(migrations.size());
    const bool empty = db.value("SELECT count(*) FROM sqlite_schema") == "0";
    if (!empty && std::stoi(db.value("PRAGMA application_id")) != application_id)
        throw std::runtime_error(file.string() + " is a database of another program; choose another data directory");
    if (found > wanted)
        throw std::runtime_error(file.string() + " was written by a newer riposte (schema " + std::to_string(found) +
                                 ", this one knows " + std::to_string(wanted) +
                                 "); install that version, or go back to the copy made before the migration");
    if (!empty && found < wanted) copy_before(db, file, found + 1);
    for (int version = found + 1; version <= wanted; ++version)
        apply(db, version, migrations[static_cast<std::size_t>(version - 1)]);
}

}  // namespace riposte::sqlite
