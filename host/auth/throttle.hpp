#pragma once

#include "base/result.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace riposte {

/// Loopback or the Unix socket. Nobody is limited by this address: whoever sits behind a proxy on this machine that is not
/// named in http.trusted_proxies shares it, and one guesser would lock all of them out.
bool is_local_address(const std::string& address);

/// What one person is likely to hold alone: an IPv4 address, or the /64 of an IPv6 address (RFC 6177: a site has at
/// least that). Anything else is returned as it is.
std::string network_of(const std::string& address);

/// Failures by key, and how long a key has to wait: after its free tries 1, 2, 4, … s up to the longest wait; an hour without a
/// failure forgives. Bounded: with too many keys those that failed longest ago are forgotten. Not thread-safe.
class FailureCount {
public:
    using Clock = std::chrono::steady_clock;

    FailureCount(int free_tries, std::chrono::seconds longest_wait) : free_(free_tries), longest_wait_(longest_wait) {}

    /// RateLimited with the seconds to wait.
    Result<> check(const std::string& key, Clock::time_point now) const;
    void add(const std::string& key, Clock::time_point now);
    void forget(const std::string& key) { failures_.erase(key); }

private:
    struct Failures {
        int count = 0;
        Clock::time_point blocked_until;
        Clock::time_point last;
    };

    void make_room(Clock::time_point now);

    const int free_;
    const std::chrono::seconds longest_wait_;
    std::map<std::string, Failures> failures_;
};

/// Slows down guessing of passwords. Failures count by account and network together, by network alone, and by account
/// alone. The last holds strangers only: who has a session from a network is asked nothing by it, so that its owner is not
/// locked out by those who guess from everywhere, and from a new place waits a minute at most. Any thread; bounded.
class Throttle {
public:
    using Clock = FailureCount::Clock;

    /// RateLimited for anybody at this address.
    Result<> check(const std::string& account, const std::string& address, Clock::time_point now = Clock::now());
    /// RateLimited for whoever has no session at this address.
    Result<> check_stranger(const std::string& account, Clock::time_point now = Clock::now());
    void failed(const std::string& account, const std::string& address, Clock::time_point now = Clock::now());
    void succeeded(const std::string& account, const std::string& address);

private:
    std::mutex mutex_;
    FailureCount here_{5, std::chrono::minutes(15)};       // account and network: a person mistypes
    FailureCount networks_{50, std::chrono::minutes(15)};  // an office behind one address
    FailureCount accounts_{50, std::chrono::minutes(1)};   // then 1,440 guesses a day, from wherever they come
};

}  // namespace riposte
