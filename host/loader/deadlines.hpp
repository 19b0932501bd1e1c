#pragma once

#include "base/async.hpp"

#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>

namespace riposte {

/// Many alarms on one timer: setting and clearing one costs no system call in the usual case, where it is cleared long
/// before it is due. [control]
class Deadlines {
public:
    using Clock = std::chrono::steady_clock;

    explicit Deadlines(asio::any_io_executor control) : timer_(control) {}

    /// Rings once, unless cleared before. Ends with its owner.
    class Alarm {
    public:
        explicit Alarm(Deadlines& deadlines) : deadlines_(&deadlines) {}
        ~Alarm() { clear(); }
        Alarm(const Alarm&) = delete;
        Alarm& operator=(const Alarm&) = delete;

        /// Replaces what was set before.
        void set(Clock::time_point due, std::function<void()> ring);
        void clear();
        bool is_set() const { return set_; }

    private:
        friend class Deadlines;
        Deadlines* deadlines_;
        bool set_ = false;
        std::multimap<Clock::time_point, Alarm*>::iterator place_;
        std::function<void()> ring_;
    };

private:
    void arm();
    void ring_due();

    asio::steady_timer timer_;
    std::shared_ptr<void> alive_ = std::make_shared<int>();  // a wake-up may be queued when this ends
    std::multimap<Clock::time_point, Alarm*> alarms_;
    Clock::time_point armed_ = Clock::time_point::max();  // when timer_ wakes; not later than the first alarm
};

}  // namespace riposte
