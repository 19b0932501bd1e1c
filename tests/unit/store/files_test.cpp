#include "unit/store/world.hpp"

#include "store/sqlite/database.hpp"
#include "store/sqlite/schema.hpp"

#include <gmock/gmock.h>

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <thread>

namespace riposte {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class Files : public World {
protected:
    std::filesystem::path file() const { return folder_.path() / "riposte.db"; }

    /// What open_sqlite_store says when it refuses.
    std::string refusal() {
        try {
            open_sqlite_store({.directory = folder_.path()}, recorder_);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "opened";
    }
};

TEST_F(Files, ASecondHostIsKeptAwayAndToldWhoIsThere) {
    EXPECT_THAT(refusal(), HasSubstr("in use by another riposte (process " + std::to_string(::getpid()) + ")"));
    store_.reset();
    EXPECT_EQ(refusal(), "opened");
}

TEST_F(Files, ANewerSchemaIsRefused) {
    store_.reset();
    sqlite::Database(file(), sqlite::Mode::ReadWrite).script("PRAGMA user_version = 9999");
    EXPECT_THAT(refusal(), HasSubstr("newer riposte (schema 9999"));
}

TEST_F(Files, AnotherProgramsDatabaseIsRefused) {
    store_.reset();
    std::filesystem::remove(file());
    sqlite::Database(file(), sqlite::Mode::ReadWrite).script("CREATE TABLE theirs (x)");
    EXPECT_THAT(refusal(), HasSubstr("another program"));
}

TEST_F(Files, AFileThatIsNoDatabaseIsRefused) {
    store_.reset();
    std::ofstream(file()) << std::string(4096, 'x');
    EXPECT_THAT(refusal(), HasSubstr("cannot open"));
}

TEST_F(Files, AMigrationKeepsACopyOfWhatWasThere) {
    const auto alice = person("alice");
    store_.reset();
    {
        sqlite::Database db(file(), sqlite::Mode::ReadWrite);
        auto migrations = sqlite::shipped_migrations();
        const auto version = std::to_string(migrations.size() + 1);
        migrations.push_back("ALTER TABLE users ADD COLUMN nickname TEXT");
        sqlite::migrate(db, file(), migrations);
        EXPECT_EQ(db.value("PRAGMA user_version"), version);
        EXPECT_EQ(db.value("SELECT count(*) FROM users WHERE nickname IS NULL"), "1");
        sqlite::Database copy(file().string() + ".before-" + version, sqlite::Mode::ReadOnly);
        EXPECT_EQ(copy.value("SELECT name FROM users"), "alice");
        EXPECT_EQ(copy.value("PRAGMA user_version"), std::to_string(sqlite::shipped_migrations().size()));

        migrations.push_back("CREATE TABLE half (x); CREATE TABLE half (x)");
        EXPECT_THROW(sqlite::migrate(db, file(), migrations), sqlite::Failure);
        EXPECT_EQ(db.value("PRAGMA user_version"), version) << "a migration happens whole or not at all";
        EXPECT_EQ(db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), "0");
    }
    EXPECT_THAT(refusal(), HasSubstr("newer riposte"));
}

TEST_F(Files, ABackupIsWholeAndTakenWhileServing) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    for (int i = 0; i < 50; ++i) says(alice, uri, "line " + std::to_string(i));
    TemporaryFolder elsewhere;
    const auto copy = elsewhere.path() / "riposte.db";
    const auto bytes = must(store_->backup(copy));
    EXPECT_EQ(bytes, static_cast<std::int64_t>(std::filesystem::file_size(copy)));
    EXPECT_EQ(outcome(store_->backup(copy)), "invalid_value") << "nothing is overwritten";
    EXPECT_EQ(answer(store_->backup(elsewhere.path() / "none" / "x.db")).error().code, ErrorCode::Internal);
    says(alice, uri, "after the backup");

    Recorder recorder;
    const auto restored = open_sqlite_store({.directory = elsewhere.path()}, recorder);
    EXPECT_THAT(must(restored->history(alice.id, uri, {.limit = 100})).messages, SizeIs(50));
}

TEST_F(Files, AreReadableByTheirOwnerOnlyAndNotInherited) {
    const auto permissions = std::filesystem::status(file()).permissions();
    EXPECT_EQ(permissions & std::filesystem::perms::all,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    int ours = 0;
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone;
        const auto target = std::filesystem::read_symlink(entry.path(), gone).string();
        if (gone || target.find(folder_.path().string()) != 0) continue;
        ++ours;
        const int descriptor = std::stoi(entry.path().filename().string());
        EXPECT_TRUE(::fcntl(descriptor, F_GETFD) & FD_CLOEXEC) << target;
    }
    EXPECT_GE(ours, 3);
}

TEST_F(Files, TheLogIsFoldedIntoTheDatabaseInQuietMoments) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    says(alice, uri, "hello");
    // The database file alone, as a careless backup would take it.
    const auto has_message = [&] {
        TemporaryFolder elsewhere;
        std::filesystem::copy_file(file(), elsewhere.path() / "copy.db");
        sqlite::Database db(elsewhere.path() / "copy.db", sqlite::Mode::ReadWrite);
        return db.value("SELECT count(*) FROM sqlite_schema WHERE name = 'messages'") == "1" &&
               db.value("SELECT count(*) FROM messages") == "1";
    };
    EXPECT_FALSE(has_message()) << "at first it stands in the log only";
    const auto until = std::chrono::steady_clock::now() + deadline;
    while (!has_message()) {
        ASSERT_LT(std::chrono::steady_clock::now(), until);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

}  // namespace
}  // namespace riposte
