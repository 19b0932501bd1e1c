#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace riposte {

/// A token bucket for each key (a user, an address). Any thread. At most `keys` are kept; the one unused for longest goes
/// first, so that strangers cannot make it grow.
class RateLimit {
public:
    struct Options {
        double burst = 30;  // takes at once, and in a full `period`
        std::chrono::milliseconds period{10'000};
        std::size_t keys = 10'000;
    };

    explicit RateLimit(Options options) : options_(options) {}

    /// RateLimited with `retry_after_s` when the bucket is empty. A burst of 0 or less never limits.
    Result<> take(std::string_view key);

private:
    using Clock = std::chrono::steady_clock;
    struct Bucket {
        std::string key;
        double left = 0;
        Clock::time_point filled;
    };

    Bucket& bucket(std::string_view key, Clock::time_point now);

    const Options options_;
    std::mutex mutex_;          // held for a look-up only
    std::list<Bucket> by_use_;  // the latest first
    std::unordered_map<std::string_view, std::list<Bucket>::iterator> by_key_;
};

}  // namespace riposte
