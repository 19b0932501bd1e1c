#pragma once

#include "base/async.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <utility>

namespace riposte {

/// One coroutine after another: what one begins, the next finds done. [control]
class Turns {
public:
    /// Held until it ends.
    class Turn {
    public:
        explicit Turn(Turns* turns) : turns_(turns) {}
        Turn(Turn&& other) noexcept : turns_(std::exchange(other.turns_, nullptr)) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn() {
            if (turns_ != nullptr) turns_->next();
        }

    private:
        Turns* turns_;
    };

    Awaitable<Turn> take() {
        if (std::exchange(taken_, true)) {
            auto wait =
                await_callback<bool>([this](std::function<void(bool)> go) { waiting_.push_back(std::move(go)); });
            co_await std::move(wait);
        }
        co_return Turn(this);
    }

private:
    void next() {
        if (waiting_.empty()) {
            taken_ = false;
            return;
        }
        const auto go = std::move(waiting_.front());
        waiting_.pop_front();
        go(true);
    }

    bool taken_ = false;
    std::deque<std::function<void(bool)>> waiting_;
};

}  // namespace riposte
