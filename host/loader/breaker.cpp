#include "loader/breaker.hpp"

#include <algorithm>

namespace riposte {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds first_wait = 100ms;
constexpr milliseconds longest_wait = 30s;
constexpr milliseconds wait_when_open = 60s;
constexpr auto window = 10min;
constexpr std::size_t most_failures = 5;

}  // namespace

milliseconds Breaker::failed(Clock::time_point now) {
    while (!failures_.empty() && failures_.front() + window < now) failures_.pop_front();
    failures_.push_back(now);
    open_ = failures_.size() >= most_failures;
    const auto doubled = first_wait * (1 << std::min<std::size_t>(failures_.size() - 1, 10));
    const auto wait = open_ ? wait_when_open : std::min(doubled, longest_wait);
    return wait + milliseconds(std::uniform_int_distribution<std::int64_t>(0, wait.count() / 5)(random_));
}

void Breaker::reset() {
    failures_.clear();
    open_ = false;
}

}  // namespace riposte
