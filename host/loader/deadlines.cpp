#include "loader/deadlines.hpp"

namespace riposte {

void Deadlines::Alarm::set(Clock::time_point due, std::function<void()> ring) {
    clear();
    ring_ = std::move(ring);
    place_ = deadlines_->alarms_.emplace(due, this);
    set_ = true;
    deadlines_->arm();
}

void Deadlines::Alarm::clear() {
    if (!set_) return;
    deadlines_->alarms_.erase(place_);
    set_ = false;
}

void Deadlines::arm() {
    if (alarms_.empty() || alarms_.begin()->first >= armed_) return;
    armed_ = alarms_.begin()->first;
    timer_.expires_at(armed_);
    timer_.async_wait([this, alive = std::weak_ptr(alive_)](const boost::system::error_code& failure) {
        if (!failure && !alive.expired()) ring_due();
    });
}

void Deadlines::ring_due() {
    armed_ = Clock::time_point::max();
    while (!alarms_.empty() && alarms_.begin()->first <= Clock::now()) {
        auto& alarm = *alarms_.begin()->second;
        const auto ring = std::move(alarm.ring_);
        alarm.clear();
        ring();  // may end the alarm's owner, set others, clear others
    }
    arm();
}

}  // namespace riposte
