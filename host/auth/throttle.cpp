#include "auth/throttle.hpp"

#include <algorithm>
#include <cmath>

namespace riposte {
namespace {

constexpr int free_tries_on_account = 5;   // a person mistypes; then 1, 2, 4, … s
constexpr int free_tries_on_address = 50;  // an office behind one address
constexpr std::chrono::seconds longest_wait{15 * 60};
constexpr std::chrono::hours forgotten_after{1};
constexpr std::size_t most_keys = 20'000;

std::string pair_key(const std::string& account, const std::string& address) { return account + '\n' + address; }

std::chrono::seconds wait_after(int failures) {
    return std::min(longest_wait, std::chrono::seconds(1LL << std::min(failures, 20)));
}

}  // namespace

bool is_local_address(const std::string& address) {
    return address.starts_with("127.") || address == "::1" || address == "unix";
}

Result<> Throttle::check(const std::string& account, const std::string& address, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    for (const auto& key : {pair_key(account, address), address}) {
        const auto known = failures_.find(key);
        if (known == failures_.end() || known->second.blocked_until <= now) continue;
        const auto wait = std::chrono::ceil<std::chrono::seconds>(known->second.blocked_until - now);
        return Problem{.code = ErrorCode::RateLimited,
                       .detail = "too many wrong passwords",
                       .retry_after_s = static_cast<std::uint32_t>(wait.count())};
    }
    return {};
}

void Throttle::failed(const std::string& account, const std::string& address, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    make_room(now);
    add(pair_key(account, address), free_tries_on_account, now);
    if (!is_local_address(address)) add(address, free_tries_on_address, now);
}

void Throttle::succeeded(const std::string& account, const std::string& address) {
    const std::lock_guard lock(mutex_);
    failures_.erase(pair_key(account, address));
}

void Throttle::add(const std::string& key, int free, Clock::time_point now) {
    auto& entry = failures_[key];
    if (now - entry.last > forgotten_after) entry = {};
    entry.last = now;
    if (++entry.count > free) entry.blocked_until = now + wait_after(entry.count - free - 1);
}

void Throttle::make_room(Clock::time_point now) {
    if (failures_.size() < most_keys) return;
    std::erase_if(failures_, [now](const auto& entry) { return now - entry.second.last > forgotten_after; });
    while (failures_.size() >= most_keys) failures_.erase(failures_.begin());
}

}  // namespace riposte
