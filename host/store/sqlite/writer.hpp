#pragma once

#include "store/sqlite/database.hpp"
#include "store/sqlite/write.hpp"
#include "store/store.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace riposte::sqlite {

/// Work that may wait for a quiet moment, such as indexing for search.
class Background {
public:
    virtual ~Background() = default;
    /// [writer] A small piece in a transaction of its own; true when there is more.
    virtual bool step(Database& db) = 0;
};

/// The one thread, with the one connection, that writes and checkpoints. What waits in its queue becomes one commit.
class Writer {
public:
    /// Takes over an open, migrated database. `sink` and `background` must outlive it.
    Writer(Database db, const StoreOptions& options, CommitSink& sink, Background& background);
    ~Writer();

    /// Any thread. A write that is not taken (Overloaded, ShuttingDown) is completed before this returns.
    void submit(std::unique_ptr<Write> write);
    /// Commits what is queued, checkpoints, ends the thread. Idempotent.
    void stop();
    /// Writes in the queue. Any thread.
    std::size_t waiting() const;

private:
    using Batch = std::vector<std::unique_ptr<Write>>;
    using Clock = std::chrono::steady_clock;

    void run();
    std::optional<Batch> take();
    std::optional<Clock::time_point> rest_at() const;
    void rest();
    void keep_up();

    void commit(Batch& batch);
    bool run_plainly(Batch& batch, Transaction& transaction);
    void run_guarded(Batch& batch, Transaction& transaction);
    void run_guarded(Write& write, Transaction& transaction);
    void publish(const Batch& batch, std::vector<Committed> events);

    void step_background();
    void checkpoint(int mode);

    Database db_;
    const std::int64_t page_size_;  // bytes
    const StoreOptions options_;
    CommitSink& sink_;
    Background& background_;

    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    Batch queue_;            // under mutex_
    bool stopping_ = false;  // under mutex_

    Clock::time_point last_write_ = Clock::now();
    bool background_waits_ = true;  // a start finds out what the last run left
    Clock::time_point background_since_ = Clock::now();
    std::int64_t wal_pages_ = 0;           // in the log, as of the last commit
    std::int64_t checkpointed_pages_ = 0;  // of them, those that are in the database file
    std::thread thread_;
};

}  // namespace riposte::sqlite
