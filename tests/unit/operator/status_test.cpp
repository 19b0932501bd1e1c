#include "operator/status.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace riposte {
namespace {

TEST(CommandTiming, IsNothingWhereNothingEnded) {
    const auto timing = timing_of({}, 0);
    EXPECT_EQ(timing.ended, 0);
    EXPECT_EQ(timing.p50_ms, 0);
    EXPECT_EQ(timing.p99_ms, 0);
}

TEST(CommandTiming, TakesTheNearestRankWhateverTheOrder) {
    std::vector<std::int64_t> times(100);
    std::iota(times.rbegin(), times.rend(), 1);  // 100, 99, …, 1
    const auto timing = timing_of(times, 7);
    EXPECT_EQ(timing.ended, 100);
    EXPECT_EQ(timing.failed, 7);
    EXPECT_EQ(timing.p50_ms, 50);
    EXPECT_EQ(timing.p99_ms, 99);
}

TEST(CommandTiming, OfOneIsThatOne) {
    const auto timing = timing_of({42}, 0);
    EXPECT_EQ(timing.p50_ms, 42);
    EXPECT_EQ(timing.p99_ms, 42);
}

}  // namespace
}  // namespace riposte
