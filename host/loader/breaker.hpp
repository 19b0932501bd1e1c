#pragma once

#include <chrono>
#include <deque>
#include <random>

namespace riposte {

/// When a plugin that died may be started again: after 0.1 s, doubling to 30 s, with jitter; 5 failures in 10 minutes
/// open the circuit, and it is tried once a minute until it has lived for one. [control]
class Breaker {
public:
    using Clock = std::chrono::steady_clock;

    /// Notes a death; returns how long to wait.
    std::chrono::milliseconds failed(Clock::time_point now);
    /// Whether commands are refused instead of waiting for the next start.
    bool open() const { return open_; }
    void reset();
    std::size_t failures() const { return failures_.size(); }

private:
    std::deque<Clock::time_point> failures_;
    bool open_ = false;
    std::minstd_rand random_{std::random_device{}()};
};

}  // namespace riposte
