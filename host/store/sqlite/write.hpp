#pragma once

#include "base/result.hpp"
#include "protocol/committed.hpp"
#include "store/sqlite/transaction.hpp"

#include <functional>
#include <optional>

namespace riposte::sqlite {

/// One queued write of the application. Made on any thread, then run and completed on [writer]; when the queue does not
/// take it, it is refused and completed at once by the thread that came with it.
class Write {
public:
    virtual ~Write() = default;
    /// False when the write refuses itself; what it changed is then undone. May be called again after a batch that
    /// could not be committed as a whole.
    virtual bool run(Transaction& transaction) = 0;
    /// Replaces the result: the commit failed, or the queue is full.
    virtual void refuse(const Problem& problem) = 0;
    /// What a socket is told, before the events of the batch.
    virtual std::optional<Ack> ack() const { return std::nullopt; }
    /// Hands the result over.
    virtual void complete() = 0;
};

template <class T>
class WriteOf : public Write {
public:
    using Body = std::function<Result<T>(Transaction&)>;
    using Done = std::function<void(Result<T>)>;

    WriteOf(Body body, Done done) : body_(std::move(body)), done_(std::move(done)) {}

    bool run(Transaction& transaction) override {
        result_.emplace(body_(transaction));
        return result_->has_value();
    }
    void refuse(const Problem& problem) override { result_.emplace(problem); }
    void complete() override {
        if (done_) done_(std::move(*result_));
    }

protected:
    const Result<T>& result() const { return *result_; }

private:
    Body body_;
    Done done_;
    std::optional<Result<T>> result_;
};

}  // namespace riposte::sqlite
