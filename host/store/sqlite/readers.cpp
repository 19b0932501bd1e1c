#include "store/sqlite/readers.hpp"

#include "base/log.hpp"

#include <pthread.h>

namespace riposte::sqlite {
namespace {

/// Ends the read transaction whatever happens in it.
class Snapshot {
public:
    explicit Snapshot(Database& db) : db_(db) { db_.run("BEGIN"); }
    ~Snapshot() {
        if (db_.in_transaction()) db_.script("ROLLBACK");
    }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Database& db_;
};

void answer(Read& read, Database& db) {
    try {
        const Snapshot snapshot(db);
        read.run(db);
    } catch (const Failure& failure) {
        log::error("read failed", {{"what", failure.what()}});
        read.refuse({.code = ErrorCode::Internal, .detail = failure.what()});
    }
}

}  // namespace

Readers::Readers(std::vector<Database> connections, std::size_t queue)
    : limit_(queue), connections_(std::move(connections)) {
    for (auto& db : connections_) {
        threads_.emplace_back([this, &db] { run(db); });
        ::pthread_setname_np(threads_.back().native_handle(), "reader");
    }
}

Readers::~Readers() { stop(); }

void Readers::submit(std::unique_ptr<Read> read) {
    Problem problem;
    {
        const std::lock_guard lock(mutex_);
        if (!stopping_ && queue_.size() < limit_) {
            queue_.push_back(std::move(read));
            arrived_.notify_one();
            return;
        }
        problem = stopping_
                      ? Problem{.code = ErrorCode::ShuttingDown, .detail = "the store is closed"}
                      : Problem{.code = ErrorCode::Overloaded, .detail = "too many reads wait", .retry_after_s = 1};
    }
    read->refuse(problem);
}

void Readers::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        arrived_.notify_all();
    }
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

void Readers::run(Database& db) {
    while (auto read = take()) answer(*read, db);
}

std::unique_ptr<Read> Readers::take() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return !queue_.empty() || stopping_; });
    if (queue_.empty()) return nullptr;
    auto read = std::move(queue_.front());
    queue_.pop_front();
    return read;
}

}  // namespace riposte::sqlite
