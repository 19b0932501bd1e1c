#include "base/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace riposte {

Result<> RateLimit::take(std::string_view key) {
    if (options_.burst <= 0) return {};
    const auto now = Clock::now();
    const double per_ms = options_.burst / static_cast<double>(options_.period.count());
    const std::lock_guard lock(mutex_);
    auto& bucket = this->bucket(key, now);
    const auto passed = std::chrono::duration<double, std::milli>(now - bucket.filled).count();
    bucket.left = std::min(options_.burst, bucket.left + passed * per_ms);
    bucket.filled = now;
    if (bucket.left < 1) {
        const auto wait_s = std::ceil((1 - bucket.left) / per_ms / 1000);
        return Problem{.code = ErrorCode::RateLimited,
                       .retry_after_s = static_cast<std::uint32_t>(std::max(1.0, wait_s))};
    }
    bucket.left -= 1;
    return {};
}

RateLimit::Bucket& RateLimit::bucket(std::string_view key, Clock::time_point now) {
    if (const auto known = by_key_.find(key); known != by_key_.end()) {
        by_use_.splice(by_use_.begin(), by_use_, known->second);
        return by_use_.front();
    }
    if (by_key_.size() >= options_.keys) {
        by_key_.erase(by_use_.back().key);
        by_use_.pop_back();
    }
    by_use_.push_front({std::string(key), options_.burst, now});
    by_key_.emplace(by_use_.front().key, by_use_.begin());
    return by_use_.front();
}

}  // namespace riposte
