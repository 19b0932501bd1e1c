#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

namespace riposte::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Debug : public ::testing::Test {
protected:
    Debug() {
        world.options.first_output = 200ms;
        world.options.watch = {.heartbeat = 100ms, .cpu_window = 400ms, .renewal = 1min};
        world.install("trial_v1", "trial");
        world.start();
    }
    Result<PluginView> debug(std::chrono::milliseconds time) {
        return world.run(world.host->debug("trial", time, "alice, cli"));
    }
    /// Longer than the deadline, its grace and several heart-beats.
    bool comes_to_nothing(InvocationId call) { return world.outcome(call, 1s) == "nothing"; }
    World world;
};

TEST_F(Debug, ACallMayTakeAnyTimeUntilItIsOver) {
    const auto view = debug(1h);
    ASSERT_TRUE(view);
    EXPECT_GT(view->pid, 0);
    EXPECT_GT(view->debug_until, 0);
    const auto hung = world.says("/trial hang");
    EXPECT_TRUE(comes_to_nothing(hung)) << "its deadline is suspended";
    EXPECT_EQ(world.plugin("trial").pid, view->pid);
    const auto ended = debug(0ms);
    ASSERT_TRUE(ended);
    EXPECT_EQ(ended->debug_until, 0);
    EXPECT_EQ(world.outcome(hung), "timed_out") << "the deadline holds again, from now on";
    EXPECT_EQ(world.asks("/trial hello", "bob"), "v1 hello");
    EXPECT_NE(world.plugin("trial").pid, view->pid);
}

TEST_F(Debug, AWorkerThatIsStoppedIsNotMissed) {
    const auto view = debug(1h);
    ASSERT_TRUE(view);
    ASSERT_EQ(::kill(static_cast<pid_t>(view->pid), SIGSTOP), 0);
    const auto waiting = world.says("/trial hello");
    EXPECT_TRUE(comes_to_nothing(waiting));
    ASSERT_EQ(::kill(static_cast<pid_t>(view->pid), SIGCONT), 0);
    EXPECT_EQ(world.outcome(waiting), "done");
    EXPECT_EQ(world.plugin("trial").pid, view->pid);
}

TEST_F(Debug, EndsByItselfAndTheHistorySaysBoth) {
    ASSERT_TRUE(debug(300ms));
    const auto hung = world.says("/trial hang");
    EXPECT_EQ(world.outcome(hung), "timed_out");
    EXPECT_EQ(world.plugin("trial").debug_until, 0);
    std::vector<std::string> told;
    for (const auto& entry : world.services.entries)
        if (entry.verb == "debug") told.push_back(entry.by + " " + entry.result);
    ASSERT_EQ(told.size(), 2u);
    EXPECT_THAT(told[0], StartsWith("alice, cli until 20"));
    EXPECT_EQ(told[1], "riposte ended: its time is over");
}

TEST_F(Debug, HoldsForTheNextGenerationToo) {
    ASSERT_TRUE(debug(1h));
    world.run(world.host->reload("trial", "alice, cli", true));
    EXPECT_TRUE(comes_to_nothing(world.says("/trial hang")));
    EXPECT_GT(world.plugin("trial").debug_until, 0);
}

TEST_F(Debug, IsRefusedWhereItMakesNoSense) {
    ASSERT_TRUE(debug(1h));
    const auto inside = world.run(world.host->isolate("trial", Isolation::InProcess, "alice, cli"));
    ASSERT_TRUE(inside);
    EXPECT_EQ(inside->debug_until, 0) << "it has ended";
    EXPECT_EQ(inside->pid, 0);
    const auto refused = debug(1h);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidValue);
    EXPECT_EQ(refused.error().argument, "isolation");
    EXPECT_THAT(refused.error().detail, HasSubstr("riposte plugin isolation trial worker"));
    ASSERT_TRUE(world.run(world.host->disable("trial", "alice, cli")));
    const auto gone = debug(1h);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, ErrorCode::PluginDisabled);
    const auto nobody = world.run(world.host->debug("nobody", 1h, "alice, cli"));
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace riposte::test
