#include "loader/tickets.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <thread>
#include <vector>

namespace riposte::test {
namespace {

TEST(TicketsTest, GoToTheGuestInOrderAndTheRestBackToTheHost) {
    const auto tickets = Tickets::make().value();
    EXPECT_TRUE(tickets->take(1));
    EXPECT_TRUE(tickets->take(2));
    EXPECT_FALSE(tickets->take(2)) << "twice";
    EXPECT_EQ(tickets->take_back(5), 2u);
    EXPECT_FALSE(tickets->take(3)) << "the host has it";
    EXPECT_TRUE(tickets->take(6)) << "the first after those";
    EXPECT_EQ(tickets->taken(), 6u);
}

TEST(TicketsTest, EveryCallHasOneTakerHoweverTheyRace) {
    constexpr CallNumber calls = 200'000;
    const auto tickets = Tickets::make().value();
    std::vector<int> takers(calls + 1);
    std::thread guest([&] {
        for (CallNumber call = 1; call <= calls; ++call)
            if (tickets->take(call)) ++takers[call];
    });
    CallNumber mine = 0;
    for (CallNumber handed_over = 0; handed_over < calls;) {
        handed_over = std::min(calls, handed_over + 7);
        for (auto call = std::max(mine, tickets->take_back(handed_over)) + 1; call <= handed_over; ++call)
            ++takers[call];
        mine = handed_over;
    }
    guest.join();
    for (CallNumber call = 1; call <= calls; ++call) ASSERT_EQ(takers[call], 1) << call;
}

TEST(TicketsTest, AreSeenByBothEndsAndCannotBeCutShort) {
    const auto host = Tickets::make().value();
    const int file = ::dup(host->file());
    EXPECT_NE(::ftruncate(file, 0), 0) << "the host would die of SIGBUS";
    const auto guest = Tickets::open(file);
    ASSERT_TRUE(guest);
    EXPECT_LT(::fcntl(file, F_GETFD), 0) << "the plugin inherits no descriptor";
    EXPECT_TRUE(guest->take(1));
    EXPECT_EQ(host->take_back(9), 1u);
    EXPECT_FALSE(guest->take(2));
}

TEST(TicketsTest, AreNotFoundInAnotherFile) { EXPECT_FALSE(Tickets::open(::memfd_create("empty", MFD_CLOEXEC))); }

}  // namespace
}  // namespace riposte::test
