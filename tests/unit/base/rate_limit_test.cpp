#include "base/rate_limit.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace riposte {
namespace {

using namespace std::chrono_literals;

constexpr RateLimit::Options three_an_hour{.burst = 3, .period = 1h};

TEST(RateLimit, GivesTheBurstAtOnceAndThenSaysHowLongToWait) {
    RateLimit limit(three_an_hour);
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.take("ann")) << i;
    const auto refused = limit.take("ann");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::RateLimited);
    EXPECT_GT(refused.error().retry_after_s, 1190U);  // a third of the period
    EXPECT_LE(refused.error().retry_after_s, 1200U);
}

TEST(RateLimit, CountsEachKeyForItself) {
    RateLimit limit(three_an_hour);
    for (int i = 0; i < 4; ++i) (void)limit.take("ann");
    EXPECT_FALSE(limit.take("ann"));
    EXPECT_TRUE(limit.take("bo"));
}

TEST(RateLimit, FillsAgainAsTimePasses) {
    RateLimit limit({.burst = 2, .period = 100ms});
    EXPECT_TRUE(limit.take("ann"));
    EXPECT_TRUE(limit.take("ann"));
    EXPECT_FALSE(limit.take("ann"));
    std::this_thread::sleep_for(60ms);
    EXPECT_TRUE(limit.take("ann"));
}

TEST(RateLimit, NeverLimitsWithoutABurst) {
    RateLimit limit({.burst = 0});
    for (int i = 0; i < 1000; ++i) ASSERT_TRUE(limit.take("ann"));
}

TEST(RateLimit, ForgetsTheKeyUnusedForLongestWhenStrangersCome) {
    RateLimit limit({.burst = 1, .period = 1h, .keys = 10});
    EXPECT_TRUE(limit.take("ann"));
    for (int i = 0; i < 9; ++i) EXPECT_TRUE(limit.take("stranger " + std::to_string(i)));
    EXPECT_FALSE(limit.take("ann"));  // and used just now, so the first stranger is the one to go
    EXPECT_TRUE(limit.take("one more"));
    EXPECT_FALSE(limit.take("ann"));
    EXPECT_TRUE(limit.take("stranger 0"));
}

}  // namespace
}  // namespace riposte
