#include "unit/store/forgetful_vfs.hpp"
#include "unit/store/world.hpp"

#include "store/sqlite/database.hpp"

#include <set>
#include <semaphore>
#include <thread>

namespace riposte {
namespace {

constexpr Seq posts = 3000;

/// Everything acknowledged before the power went is there, and the log has no hole.
void expect_all(const std::filesystem::path& folder, UserId user, const std::string& uri,
                const std::set<Seq>& acknowledged) {
    Recorder recorder;
    const auto store = open_sqlite_store({.directory = folder}, recorder);
    Seq seq = 0;
    for (Seq before = -1; seq > before;) {
        before = seq;
        for (const auto& event : must(store->events(user, uri, seq, 200)).events) ASSERT_EQ(event.seq, ++seq);
    }
    EXPECT_GE(seq, acknowledged.empty() ? 0 : *acknowledged.rbegin());
    sqlite::Database db(folder / "riposte.db", sqlite::Mode::ReadOnly);
    EXPECT_EQ(db.value("PRAGMA integrity_check(1)"), "ok");
}

TEST(PowerLoss, KeepsWhatWasAcknowledged) {
    TemporaryFolder folder;
    ForgetfulVfs disk(folder.path());
    Recorder recorder;
    // A small log: the power also goes in the middle of checkpoints.
    auto store = open_sqlite_store({.directory = folder.path(), .wal_limit = 128 << 10}, recorder);
    const auto alice = must(store->create_user({.name = "alice", .password_hash = "x"})).id;
    const auto uri = must(store->create_room(alice, {.title = "Room"})).uri;

    std::mutex mutex;
    std::set<Seq> acknowledged;
    std::counting_semaphore<32> in_flight(32);
    std::jthread poster([&] {
        for (Seq i = 0; i < posts; ++i) {
            in_flight.acquire();
            store->post(
                {.author = alice, .room = uri, .client_msg_id = std::to_string(i), .text = std::string(200, 'x')}, {},
                [&](Result<Posted> posted) {
                    const std::lock_guard lock(mutex);
                    if (posted) acknowledged.insert(posted->message->seq);
                    in_flight.release();
                });
        }
    });

    std::mt19937 random(20260101);
    const auto count = [&] {
        const std::lock_guard lock(mutex);
        return static_cast<Seq>(acknowledged.size());
    };
    const auto until = std::chrono::steady_clock::now() + 3 * deadline;
    for (int loss = 1; loss <= 12; ++loss) {
        while (count() < posts * loss / 13) {
            ASSERT_LT(std::chrono::steady_clock::now(), until);
            std::this_thread::yield();
        }
        TemporaryFolder after;
        std::set<Seq> told;
        {
            const std::lock_guard lock(mutex);
            told = acknowledged;
        }
        disk.lose_power(after.path(), loss % 3 == 0 ? nullptr : &random);
        expect_all(after.path(), alice, uri, told);
    }
    poster.join();
    store->stop();
    store.reset();
}

TEST(PowerLoss, WouldShowACommitThatIsNotSynced) {
    TemporaryFolder folder;
    ForgetfulVfs disk(folder.path());
    TemporaryFolder after;
    sqlite::Database db(folder.path() / "x.db", sqlite::Mode::ReadWrite);
    db.script("CREATE TABLE t (x); INSERT INTO t VALUES ('synced')");
    db.script("PRAGMA synchronous = NORMAL; INSERT INTO t VALUES ('not synced')");
    disk.lose_power(after.path());
    EXPECT_EQ(sqlite::Database(after.path() / "x.db", sqlite::Mode::ReadWrite).value("SELECT group_concat(x) FROM t"),
              "synced");
}

}  // namespace
}  // namespace riposte
