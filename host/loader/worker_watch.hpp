#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace riposte {

/// What a worker may do while nobody has asked it for anything; sources: docs/decisions/0024-idle-workers.md.
struct WatchRules {
    std::chrono::milliseconds heartbeat{5'000};    // between two looks; 0 = never looked at
    std::chrono::milliseconds cpu_window{60'000};  // over which processor time is averaged
    int cpu_percent = 80;                          // of one core
    int memory_percent = 80;                       // of its ceiling
    std::chrono::milliseconds renewal{600'000};    // between two swaps for the sake of memory
};

/// Judges one worker between calls. Knows no clock and no process: it is told. [control]
class WorkerWatch {
public:
    using Clock = std::chrono::steady_clock;

    struct Sample {
        Clock::time_point at;
        std::chrono::milliseconds cpu{};  // used since its start
        double memory = 0;                // share of its ceiling
        bool idle = true;                 // no call is in it
    };
    enum class Verdict { Well, Silent, Busy, Full };

    explicit WorkerWatch(const WatchRules& rules) : rules_(rules) {}

    /// After Silent and Busy it should be ended, after Full replaced.
    Verdict look(const Sample& sample);
    /// Whether it should be asked for a sign of life now; it is asked if so.
    bool ask(Clock::time_point now, bool idle);
    void answered() { asked_.reset(); }
    /// Of the last verdict: "does not answer".
    const std::string& reason() const { return reason_; }

private:
    Verdict say(Verdict verdict, std::string reason);

    WatchRules rules_;
    std::optional<Clock::time_point> asked_;  // and has not answered
    std::optional<Sample> idle_since_;
    std::string reason_;
};

}  // namespace riposte
