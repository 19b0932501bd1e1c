#include "loader/worker_watch.hpp"

namespace riposte {

WorkerWatch::Verdict WorkerWatch::say(Verdict verdict, std::string reason) {
    reason_ = std::move(reason);
    return verdict;
}

WorkerWatch::Verdict WorkerWatch::look(const Sample& sample) {
    if (!sample.idle) {
        // Calls have deadlines of their own. One that came after a question is answered after it.
        idle_since_.reset();
        asked_.reset();
        return Verdict::Well;
    }
    if (asked_ && sample.at - *asked_ >= 2 * rules_.heartbeat)
        return say(Verdict::Silent,
                   "gave no sign of life for " + std::to_string((2 * rules_.heartbeat).count()) + " ms");
    if (!idle_since_) idle_since_ = sample;
    const auto window = std::chrono::duration_cast<std::chrono::milliseconds>(sample.at - idle_since_->at);
    if (window >= rules_.cpu_window) {
        const auto percent = (sample.cpu - idle_since_->cpu) * 100 / window;
        if (percent > rules_.cpu_percent)
            return say(Verdict::Busy, "used " + std::to_string(percent) + " % of a core for " +
                                          std::to_string(window.count() / 1000) + " s without a call");
        idle_since_ = sample;
    }
    const auto memory = static_cast<int>(sample.memory * 100);
    if (memory >= rules_.memory_percent)
        return say(Verdict::Full, "memory at " + std::to_string(memory) + " % of its ceiling");
    return Verdict::Well;
}

bool WorkerWatch::ask(Clock::time_point now, bool idle) {
    if (!idle || asked_) return false;
    asked_ = now;
    return true;
}

}  // namespace riposte
