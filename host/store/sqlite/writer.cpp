#include "store/sqlite/writer.hpp"

#include "base/log.hpp"

#include <pthread.h>
#include <sqlite3.h>

#include <algorithm>
#include <iterator>

namespace riposte::sqlite {
namespace {

using namespace std::chrono_literals;

/// Bounds how long the first of a batch waits for the last.
constexpr std::size_t largest_batch = 512;
constexpr auto idle_checkpoint_after = 1s;
/// Background work begins after this much quiet, and after `background_latest` even without any.
constexpr auto quiet = 100ms;
constexpr auto background_latest = 500ms;

int remember_wal_pages(void* pages, sqlite3*, const char*, int count) {
    *static_cast<std::int64_t*>(pages) = count;
    return SQLITE_OK;
}

void roll_back(Database& db) {
    if (db.in_transaction()) db.script("ROLLBACK");
}

Problem problem_of(const Failure& failure) { return {.code = ErrorCode::Internal, .detail = failure.what()}; }

}  // namespace

Writer::Writer(Database db, const StoreOptions& options, CommitSink& sink, Background& background)
    : db_(std::move(db)), page_size_(db_.page_size()), options_(options), sink_(sink), background_(background) {
    sqlite3_wal_hook(db_.handle(), remember_wal_pages, &wal_pages_);
    thread_ = std::thread([this] { run(); });
    ::pthread_setname_np(thread_.native_handle(), "writer");
}

Writer::~Writer() { stop(); }

std::size_t Writer::waiting() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void Writer::submit(std::unique_ptr<Write> write) {
    Problem problem;
    {
        const std::lock_guard lock(mutex_);
        if (!stopping_ && queue_.size() < options_.queue) {
            queue_.push_back(std::move(write));
            if (queue_.size() == 1) arrived_.notify_one();
            return;
        }
        problem = stopping_
                      ? Problem{.code = ErrorCode::ShuttingDown, .detail = "the store is closed"}
                      : Problem{.code = ErrorCode::Overloaded, .detail = "too many writes wait", .retry_after_s = 1};
    }
    write->refuse(problem);
    write->complete();
}

void Writer::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        arrived_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void Writer::run() {
    while (auto batch = take()) {
        if (batch->empty()) {
            rest();
        } else {
            commit(*batch);
            keep_up();
        }
    }
    checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
}

/// What waits, in the order of its arrival; empty when it is time to rest; none at the end.
std::optional<Writer::Batch> Writer::take() {
    std::unique_lock lock(mutex_);
    const auto something = [this] { return !queue_.empty() || stopping_; };
    if (const auto until = rest_at()) arrived_.wait_until(lock, *until, something);
    else arrived_.wait(lock, something);
    if (queue_.empty() && stopping_) return std::nullopt;
    Batch batch;
    if (queue_.size() <= largest_batch) {
        batch.swap(queue_);
    } else {
        const auto end = queue_.begin() + largest_batch;
        batch.assign(std::move_iterator(queue_.begin()), std::move_iterator(end));
        queue_.erase(queue_.begin(), end);
    }
    return batch;
}

std::optional<Writer::Clock::time_point> Writer::rest_at() const {
    if (background_waits_) return last_write_ + quiet;
    if (wal_pages_ > checkpointed_pages_) return last_write_ + idle_checkpoint_after;
    return std::nullopt;
}

void Writer::rest() {
    if (background_waits_) return step_background();
    checkpoint(SQLITE_CHECKPOINT_PASSIVE);
    last_write_ = Clock::now();  // a reader may have stood in the way: try again after the same pause
}

/// After a commit: what may not wait for a quiet moment for ever.
void Writer::keep_up() {
    last_write_ = Clock::now();
    if (!background_waits_) background_since_ = last_write_;
    background_waits_ = true;
    if (last_write_ - background_since_ > background_latest) step_background();
    if (wal_pages_ < checkpointed_pages_) checkpointed_pages_ = 0;  // SQLite began the log anew
    if ((wal_pages_ - checkpointed_pages_) * page_size_ > options_.wal_limit) checkpoint(SQLITE_CHECKPOINT_PASSIVE);
}

void Writer::commit(Batch& batch) {
    Transaction transaction(db_);
    try {
        if (!run_plainly(batch, transaction)) run_guarded(batch, transaction);
        db_.run("COMMIT");
    } catch (const Failure& failure) {
        log::error("commit failed", {{"what", failure.what()}, {"writes", batch.size()}});
        roll_back(db_);
        transaction.emitted_.clear();
        for (auto& write : batch) write->refuse(problem_of(failure));
    }
    publish(batch, std::move(transaction.emitted_));
    for (auto& write : batch) write->complete();
}

/// Without savepoints, which cost a fifth of a post. Most refusals change nothing. False, with everything undone, when a
/// write fails after it has changed something, or fails altogether.
bool Writer::run_plainly(Batch& batch, Transaction& transaction) {
    db_.run("BEGIN IMMEDIATE");
    try {
        for (auto& write : batch) {
            const auto changes = db_.total_changes();
            const auto emitted = transaction.emitted_.size();
            if (write->run(transaction)) continue;
            if (db_.total_changes() == changes && transaction.emitted_.size() == emitted) continue;
            roll_back(db_);
            transaction.emitted_.clear();
            return false;
        }
        return true;
    } catch (const Failure&) {
        roll_back(db_);
        transaction.emitted_.clear();
        return false;
    }
}

/// With a savepoint each, so that a refused write undoes only itself.
void Writer::run_guarded(Batch& batch, Transaction& transaction) {
    db_.run("BEGIN IMMEDIATE");
    for (auto& write : batch) run_guarded(*write, transaction);
}

void Writer::run_guarded(Write& write, Transaction& transaction) {
    const auto emitted = transaction.emitted_.size();
    db_.run("SAVEPOINT one");
    try {
        if (write.run(transaction)) {
            db_.run("RELEASE one");
            return;
        }
    } catch (const Failure& failure) {
        // A full disk may make SQLite roll back everything: then no write of this batch has happened.
        if (!db_.in_transaction()) throw;
        log::error("write failed", {{"what", failure.what()}});
        write.refuse(problem_of(failure));
    }
    db_.run("ROLLBACK TO one");
    db_.run("RELEASE one");
    transaction.emitted_.resize(emitted);
}

void Writer::publish(const Batch& batch, std::vector<Committed> events) {
    std::vector<Committed> all;
    all.reserve(batch.size() + events.size());
    for (const auto& write : batch)
        if (auto ack = write->ack()) all.emplace_back(std::move(*ack));
    std::move(events.begin(), events.end(), std::back_inserter(all));
    if (!all.empty()) sink_.committed(std::move(all));
}

void Writer::step_background() {
    try {
        background_waits_ = background_.step(db_);
    } catch (const Failure& failure) {
        log::error("background work failed", {{"what", failure.what()}});
        roll_back(db_);
        background_waits_ = false;  // the next commit tries again
    }
}

void Writer::checkpoint(int mode) {
    int pages = 0;
    int done = 0;
    const int code = sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, mode, &pages, &done);
    if (code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY)
        log::error("checkpoint failed", {{"what", sqlite3_errmsg(db_.handle())}});
    wal_pages_ = std::max(pages, 0);
    checkpointed_pages_ = std::max(done, 0);
}

}  // namespace riposte::sqlite
