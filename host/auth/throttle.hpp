#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>

namespace riposte {

/// Loopback or the Unix socket. Nobody is limited by this address: whoever sits behind a proxy on this machine that is not
/// named in http.trusted_proxies shares it, and one guesser would lock all of them out.
bool is_local_address(const std::string& address);

/// Slows down guessing of passwords: failures count by account and address together, and by address alone. The owner of
/// an account is not locked out by strangers' failures, since those come from other addresses. Any thread; bounded.
class Throttle {
public:
    using Clock = std::chrono::steady_clock;

    /// RateLimited with the seconds to wait.
    Result<> check(const std::string& account, const std::string& address, Clock::time_point now = Clock::now());
    void failed(const std::string& account, const std::string& address, Clock::time_point now = Clock::now());
    void succeeded(const std::string& account, const std::string& address);

private:
    struct Failures {
        int count = 0;
        Clock::time_point blocked_until;
        Clock::time_point last;
    };

    void add(const std::string& key, int free, Clock::time_point now);
    void make_room(Clock::time_point now);

    std::mutex mutex_;
    std::map<std::string, Failures> failures_;
};

}  // namespace riposte
