#pragma once

#include <chrono>

namespace riposte {

/// How long a new build is watched; sources: docs/decisions/0023-probation.md.
struct ProbationRules {
    std::chrono::milliseconds time{60'000};            // at least, and
    int calls = 20;                                    // so many finished ones, but
    std::chrono::milliseconds longest{24 * 3600'000};  // no longer than this
};

/// Watches the calls of a build that has just replaced a good one. Knows no clock: it is told. [control]
class Probation {
public:
    using Clock = std::chrono::steady_clock;
    enum class Verdict { Watching, Proved, Bad };

    /// `watched`: for how long the build has been on probation already, before a restart of the host.
    void begin(const ProbationRules& rules, Clock::time_point now, std::chrono::milliseconds watched);
    void end() { on_ = false; }
    bool on() const { return on_; }

    /// A call of this build has finished.
    Verdict finished(bool failed, Clock::time_point now);
    /// What can be said now; after next_look() the answer may be another, without any call.
    Verdict verdict(Clock::time_point now) const;
    Clock::time_point next_look(Clock::time_point now) const;

    int calls() const { return calls_; }
    int failed() const { return failed_; }
    const ProbationRules& rules() const { return rules_; }

private:
    ProbationRules rules_;
    Clock::time_point earliest_;
    Clock::time_point latest_;
    int calls_ = 0;
    int failed_ = 0;
    bool on_ = false;
};

}  // namespace riposte
