#include "auth/throttle.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstdint>

namespace riposte {
namespace {

constexpr std::chrono::hours forgotten_after{1};
constexpr std::size_t most_keys = 20'000;

std::string pair_key(const std::string& account, const std::string& network) { return account + '\n' + network; }

}  // namespace

bool is_local_address(const std::string& address) {
    return address.starts_with("127.") || address == "::1" || address == "unix";
}

std::string network_of(const std::string& address) {
    in6_addr parsed;
    if (::inet_pton(AF_INET6, address.c_str(), &parsed) != 1) return address;
    if (IN6_IS_ADDR_LOOPBACK(&parsed) || IN6_IS_ADDR_V4MAPPED(&parsed)) return address;
    std::fill(parsed.s6_addr + 8, parsed.s6_addr + 16, std::uint8_t{0});
    std::array<char, INET6_ADDRSTRLEN> text;
    return std::string(::inet_ntop(AF_INET6, &parsed, text.data(), text.size())) + "/64";
}

Result<> FailureCount::check(const std::string& key, Clock::time_point now) const {
    const auto known = failures_.find(key);
    if (known == failures_.end() || known->second.blocked_until <= now) return {};
    const auto wait = std::chrono::ceil<std::chrono::seconds>(known->second.blocked_until - now);
    return Problem{.code = ErrorCode::RateLimited,
                   .detail = "too many wrong passwords",
                   .retry_after_s = static_cast<std::uint32_t>(wait.count())};
}

void FailureCount::add(const std::string& key, Clock::time_point now) {
    make_room(now);
    auto& entry = failures_[key];
    if (now - entry.last > forgotten_after) entry = {};
    entry.last = now;
    if (++entry.count <= free_) return;
    const std::chrono::seconds doubled(1LL << std::min(entry.count - free_ - 1, 20));
    entry.blocked_until = now + std::min(longest_wait_, doubled);
}

void FailureCount::make_room(Clock::time_point now) {
    if (failures_.size() < most_keys) return;
    std::erase_if(failures_, [now](const auto& entry) { return now - entry.second.last > forgotten_after; });
    while (failures_.size() >= most_keys)
        failures_.erase(std::ranges::min_element(failures_, {}, [](const auto& entry) { return entry.second.last; }));
}

Result<> Throttle::check(const std::string& account, const std::string& address, Clock::time_point now) {
    const auto network = network_of(address);
    const std::lock_guard lock(mutex_);
    if (auto allowed = here_.check(pair_key(account, network), now); !allowed) return allowed;
    return networks_.check(network, now);
}

Result<> Throttle::check_stranger(const std::string& account, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    return accounts_.check(account, now);
}

void Throttle::failed(const std::string& account, const std::string& address, Clock::time_point now) {
    const auto network = network_of(address);
    const std::lock_guard lock(mutex_);
    here_.add(pair_key(account, network), now);
    if (is_local_address(address)) return;
    networks_.add(network, now);
    accounts_.add(account, now);
}

void Throttle::succeeded(const std::string& account, const std::string& address) {
    const std::lock_guard lock(mutex_);
    here_.forget(pair_key(account, network_of(address)));
}

}  // namespace riposte
