#include "auth/throttle.hpp"

#include <gtest/gtest.h>

namespace riposte {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class Guessing : public testing::Test {
protected:
    /// Seconds one has to wait; 0 = may try.
    std::uint32_t wait(const std::string& account, const std::string& address) {
        const auto allowed = throttle_.check(account, address, now_);
        if (allowed) return 0;
        EXPECT_EQ(allowed.error().code, ErrorCode::RateLimited);
        EXPECT_GT(allowed.error().retry_after_s, 0u);
        return allowed.error().retry_after_s;
    }
    void fails(const std::string& account, const std::string& address, int times) {
        for (int i = 0; i < times; ++i) throttle_.failed(account, address, now_);
    }

    Throttle throttle_;
    Throttle::Clock::time_point now_ = Throttle::Clock::now();
};

TEST_F(Guessing, AFewMistypedPasswordsCostNothing) {
    fails("alice", "10.0.0.1", 5);
    EXPECT_EQ(wait("alice", "10.0.0.1"), 0u);
}

TEST_F(Guessing, ThenEachFailureDoublesTheWait) {
    fails("alice", "10.0.0.1", 6);
    EXPECT_EQ(wait("alice", "10.0.0.1"), 1u);
    fails("alice", "10.0.0.1", 3);
    EXPECT_EQ(wait("alice", "10.0.0.1"), 8u);
    now_ += seconds(8);
    EXPECT_EQ(wait("alice", "10.0.0.1"), 0u);
    fails("alice", "10.0.0.1", 20);
    EXPECT_EQ(wait("alice", "10.0.0.1"), 15u * 60);
}

TEST_F(Guessing, TheOwnerIsNotLockedOutByStrangers) {
    fails("alice", "10.6.6.6", 40);
    EXPECT_GT(wait("alice", "10.6.6.6"), 0u);
    EXPECT_EQ(wait("alice", "10.0.0.1"), 0u);
}

TEST_F(Guessing, OneAddressCannotTryManyAccounts) {
    for (int i = 0; i < 52; ++i) fails("user" + std::to_string(i), "10.6.6.6", 1);
    EXPECT_GT(wait("somebody-else", "10.6.6.6"), 0u);
    EXPECT_EQ(wait("somebody-else", "10.0.0.1"), 0u);
}

TEST_F(Guessing, AStrangerToTheAccountWaitsAMinuteAtMost) {
    for (int i = 0; i < 50; ++i) fails("alice", "10.6.6." + std::to_string(i), 1);
    EXPECT_TRUE(throttle_.check_stranger("alice", now_));
    for (int i = 0; i < 50; ++i) fails("alice", "10.7.7." + std::to_string(i), 1);
    const auto held = throttle_.check_stranger("alice", now_);
    ASSERT_FALSE(held);
    EXPECT_EQ(held.error().retry_after_s, 60u);
    EXPECT_TRUE(throttle_.check_stranger("bob", now_));
}

TEST_F(Guessing, ANetworkOfIPv6IsOneGuesser) {
    for (int i = 0; i < 6; ++i) fails("alice", "2001:db8:1:2::" + std::to_string(i), 1);
    EXPECT_GT(wait("alice", "2001:db8:1:2:ffff::1"), 0u);
    EXPECT_EQ(wait("alice", "2001:db8:1:3::1"), 0u);
    EXPECT_EQ(network_of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(network_of("10.0.0.1"), "10.0.0.1");
}

TEST_F(Guessing, SuccessForgetsTheMistakes) {
    fails("alice", "10.0.0.1", 8);
    throttle_.succeeded("alice", "10.0.0.1");
    EXPECT_EQ(wait("alice", "10.0.0.1"), 0u);
}

TEST_F(Guessing, AnHourForgetsThemToo) {
    fails("alice", "10.0.0.1", 5);
    now_ += hours(2);
    fails("alice", "10.0.0.1", 1);
    EXPECT_EQ(wait("alice", "10.0.0.1"), 0u);
}

TEST_F(Guessing, ThisMachineIsLimitedByAccountOnly) {
    for (int i = 0; i < 80; ++i) fails("user" + std::to_string(i), "127.0.0.1", 1);
    EXPECT_EQ(wait("somebody-else", "127.0.0.1"), 0u);
    fails("alice", "127.0.0.1", 6);
    EXPECT_GT(wait("alice", "127.0.0.1"), 0u);
}

}  // namespace
}  // namespace riposte
