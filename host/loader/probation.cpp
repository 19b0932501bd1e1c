#include "loader/probation.hpp"

namespace riposte {
namespace {

constexpr int fewest_judged = 6;  // below, a few wrong arguments would look like a bad build

}  // namespace

void Probation::begin(const ProbationRules& rules, Clock::time_point now, std::chrono::milliseconds watched) {
    rules_ = rules;
    earliest_ = now + rules.time;
    latest_ = now + rules.longest - watched;
    calls_ = failed_ = 0;
    on_ = true;
}

Probation::Verdict Probation::finished(bool failed, Clock::time_point now) {
    if (!on_) return Verdict::Watching;
    ++calls_;
    if (failed) ++failed_;
    return verdict(now);
}

Probation::Verdict Probation::verdict(Clock::time_point now) const {
    if (!on_) return Verdict::Watching;
    if (calls_ >= fewest_judged && failed_ * 2 >= calls_) return Verdict::Bad;
    const bool proved = now >= latest_ || (now >= earliest_ && calls_ >= rules_.calls);
    return proved ? Verdict::Proved : Verdict::Watching;
}

Probation::Clock::time_point Probation::next_look(Clock::time_point now) const {
    return now < earliest_ && earliest_ < latest_ ? earliest_ : latest_;
}

}  // namespace riposte
