#pragma once

#include "base/result.hpp"
#include "store/sqlite/database.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace riposte::sqlite {

/// One queued read: `run` in a read transaction, or `refuse` when that cannot be.
class Read {
public:
    virtual ~Read() = default;
    virtual void run(Database& db) = 0;
    virtual void refuse(const Problem& problem) = 0;
};

template <class T>
class ReadOf : public Read {
public:
    using Body = std::function<Result<T>(Database&)>;
    using Done = std::function<void(Result<T>)>;

    ReadOf(Body body, Done done) : body_(std::move(body)), done_(std::move(done)) {}
    void run(Database& db) override { done_(body_(db)); }
    void refuse(const Problem& problem) override { done_(problem); }

private:
    Body body_;
    Done done_;
};

/// Threads with a read-only connection each. A read sees one snapshot: everything committed before it began.
class Readers {
public:
    /// A thread for each of the connections.
    Readers(std::vector<Database> connections, std::size_t queue);
    ~Readers();

    /// Any thread. A read that is not taken (Overloaded, ShuttingDown) is refused before this returns.
    void submit(std::unique_ptr<Read> read);
    /// Answers what is queued, then ends the threads. Idempotent.
    void stop();

private:
    void run(Database& db);
    std::unique_ptr<Read> take();

    const std::size_t limit_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::unique_ptr<Read>> queue_;  // under mutex_
    bool stopping_ = false;                    // under mutex_
    std::vector<Database> connections_;
    std::vector<std::thread> threads_;
};

}  // namespace riposte::sqlite
