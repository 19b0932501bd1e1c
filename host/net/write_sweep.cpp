#include "net/write_sweep.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace riposte {
namespace {

using namespace std::chrono_literals;

/// Sockets written to before the thread looks up: about 0.1 ms, at some 6 µs for a write to a local socket.
constexpr std::size_t sockets_a_visit = 16;
/// A round through this many sockets that follows another without a rest is given `shortest_round`: a room of 1,000 in
/// which a message comes every few milliseconds would else take all of the thread for frames of one message each.
constexpr std::size_t large_round = 256;
constexpr auto shortest_round = 8ms;

/// The least time for one socket of a round.
std::chrono::nanoseconds pace_of(std::size_t round) {
    if (round < large_round) return 0ns;
    return std::chrono::nanoseconds(shortest_round) / static_cast<std::int64_t>(round);
}

}  // namespace

void WriteSweep::enlist(std::shared_ptr<Writer> writer) {
    waiting_.push_back(std::move(writer));
    if (under_way_) return;
    pace_ = Clock::duration::zero();
    go_on(Clock::time_point::min());
}

void WriteSweep::go_on(Clock::time_point not_before) {
    under_way_ = true;
    if (not_before <= Clock::now()) return boost::asio::post(io_, [this] { visit_some(); });
    pause_.expires_at(not_before);
    pause_.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled) visit_some();
    });
}

void WriteSweep::visit_some() {
    if (left_of_round_ == 0) left_of_round_ = waiting_.size();
    const auto began = Clock::now();
    const auto visits = std::min(sockets_a_visit, left_of_round_);
    for (auto left = visits; left > 0; --left) {
        const auto writer = std::move(waiting_.front());
        waiting_.pop_front();
        writer->write_now();
    }
    left_of_round_ -= visits;
    const auto not_before = began + pace_ * static_cast<Clock::rep>(visits);
    if (left_of_round_ == 0) pace_ = pace_of(waiting_.size());
    under_way_ = false;
    if (!waiting_.empty()) go_on(not_before);
}

}  // namespace riposte
