#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

/// Every story is told twice: the same library in a worker and in a thread of the host.
class Calls : public ::testing::TestWithParam<Isolation> {
protected:
    Calls() { world.options.isolation = GetParam(); }
    void host(std::initializer_list<const char*> plugins) {
        for (const auto* plugin : plugins) world.install(plugin);
        world.start();
    }
    World world;
};
INSTANTIATE_TEST_SUITE_P(In, Calls, ::testing::Values(Isolation::Worker, Isolation::InProcess),
                         [](const auto& info) { return info.param == Isolation::Worker ? "Worker" : "Process"; });

TEST_P(Calls, EchoAnswersInOneTransaction) {
    host({"echo"});
    const auto call = world.says("/echo hello there");
    EXPECT_EQ(world.outcome(call), "done");
    EXPECT_THAT(world.answers(call), ElementsAre("hello there"));
    EXPECT_TRUE(world.services.outcomes[call][0].last_reply) << "a reply before the end is a second transaction";
}

TEST_P(Calls, AliasesAndUnicodeFindTheirCommand) {
    host({"echo"});
    EXPECT_EQ(world.asks("/回声 你好"), "你好");
    EXPECT_EQ(world.asks("/ECHO loud"), "loud");
}

TEST_P(Calls, ManyCallsAreAnsweredOnceEach) {
    world.options.queue = 500;
    world.options.queue_per_user = 500;
    host({"echo"});
    std::vector<InvocationId> calls;
    for (int i = 0; i < 300; ++i) calls.push_back(world.says("/echo " + std::to_string(i)));
    for (int i = 0; i < 300; ++i) {
        EXPECT_EQ(world.outcome(calls[static_cast<std::size_t>(i)]), "done");
        EXPECT_THAT(world.answers(calls[static_cast<std::size_t>(i)]), ElementsAre(std::to_string(i)));
    }
}

TEST_P(Calls, APendingCallAnswersFromAThreadWhileAnotherRuns) {
    host({"later"});
    const auto slow = world.says("/later 300", "alice");
    const auto fast = world.says("/later 10", "bob");
    EXPECT_EQ(world.outcome(fast), "done");
    EXPECT_FALSE(world.services.wait(0ms, [&] { return world.services.outcomes.contains(slow); }));
    EXPECT_EQ(world.outcome(slow), "done");
    EXPECT_THAT(world.answers(slow), ElementsAre("later"));
}

TEST_P(Calls, AStreamGrowsAndEndsWhole) {
    host({"streamer"});
    const auto call = world.says("/stream 20 10");
    EXPECT_EQ(world.outcome(call), "done");
    const auto& message = world.services.posted.at(0);
    EXPECT_EQ(message.reply.state, MessageState::Streaming);
    EXPECT_THAT(message.streamed, HasSubstr(" 19")) << "watchers saw it grow";
    EXPECT_THAT(world.answers(call), ElementsAre("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20"));
}

TEST_P(Calls, AWhisperIsForItsAuthorOnly) {
    host({"whisper"});
    const auto call = world.says("/whisper psst");
    EXPECT_EQ(world.outcome(call), "done");
    EXPECT_EQ(world.services.posted.at(0).reply.visibility, CommandVisibility::Author);
}

TEST_P(Calls, ALongCallIsSaidToBeRunning) {
    host({"slow"});
    const auto quick = world.says("/slow 20");
    EXPECT_EQ(world.outcome(quick), "done");
    const auto call = world.says("/slow 600");
    EXPECT_TRUE(world.services.wait(2s, [&] { return !world.services.ran_long.empty(); }));
    EXPECT_EQ(world.outcome(call), "done");
    EXPECT_THAT(world.services.ran_long, ElementsAre(call));
}

TEST_P(Calls, ACancelledCallEndsAtOnceAndItsPluginGoesOn) {
    host({"slow"});
    const auto call = world.says("/slow 5000");
    EXPECT_TRUE(world.services.wait(2s, [&] { return !world.services.ran_long.empty(); }));
    world.cancel(call);
    EXPECT_EQ(world.outcome(call, 300ms), "cancelled");
    EXPECT_EQ(world.asks("/slow 1"), "waited");
}

TEST_P(Calls, OneThatWaitsItsTurnCanBeCancelled) {
    host({"slow"});
    const auto first = world.says("/slow 300");
    const auto second = world.says("/slow 1");
    world.cancel(second);
    EXPECT_EQ(world.outcome(second, 200ms), "cancelled");
    EXPECT_EQ(world.outcome(first), "done");
    EXPECT_THAT(world.answers(second), SizeIs(0));
}

TEST_P(Calls, APendingCallPastItsDeadlineIsDroppedAndNothingDies) {
    world.options.first_output = 150ms;
    host({"later"});
    const auto call = world.says("/later 400");
    EXPECT_EQ(world.outcome(call), "timed_out");
    EXPECT_EQ(world.asks("/later 10", "bob"), "later");
    EXPECT_EQ(world.plugin("later").state, "live");
}

TEST_P(Calls, MoreThanTwoOfOnePersonAreBusyButOthersAreNot) {
    host({"slow"});
    const auto first = world.says("/slow 300", "alice");
    const auto second = world.says("/slow 1", "alice");
    const auto third = world.says("/slow 1", "alice");
    const auto other = world.says("/slow 1", "bob");
    EXPECT_EQ(world.outcome(third, 200ms), "busy");
    EXPECT_EQ(world.outcome(other), "done");
    EXPECT_EQ(world.outcome(first), "done");
    EXPECT_EQ(world.outcome(second), "done");
}

TEST_P(Calls, SomebodysSecondCommandLetsOthersPass) {
    host({"slow"});
    const auto first = world.says("/slow 200", "alice");
    const auto second = world.says("/slow 150", "alice");
    const auto other = world.says("/slow 1", "bob");
    EXPECT_EQ(world.outcome(other), "done");
    EXPECT_FALSE(world.services.wait(0ms, [&] { return world.services.outcomes.contains(second); }));
    EXPECT_EQ(world.outcome(first), "done");
    EXPECT_EQ(world.outcome(second), "done");
}

TEST_P(Calls, AFullQueueIsBusy) {
    world.options.queue = 3;
    host({"slow"});
    std::vector<InvocationId> calls;
    for (int i = 0; i < 6; ++i) calls.push_back(world.says("/slow 50", "user" + std::to_string(i)));
    int busy = 0;
    for (const auto& call : calls) busy += world.outcome(call) == "busy";
    EXPECT_EQ(busy, 2) << "one runs, three wait";
}

TEST_P(Calls, AnOverloadedStoreIsAskedAgain) {
    host({"echo"});
    world.services.refusals_to_come = 2;
    EXPECT_EQ(world.asks("/echo patient"), "patient");
}

TEST_P(Calls, AStreamIsKeptWholeByAnOverloadedStore) {
    host({"streamer"});
    world.services.refusals_to_come = 1;
    const auto call = world.says("/stream 4 60");
    ASSERT_TRUE(world.services.wait(5s, [&] { return !world.services.posted.empty(); })) << "its first piece";
    {
        const std::lock_guard lock(world.services.mutex);
        world.services.refusals_to_come = 2;
    }
    EXPECT_EQ(world.outcome(call), "done");
    EXPECT_THAT(world.answers(call), ElementsAre("1 2 3 4")) << "its end was refused twice";
    EXPECT_EQ(world.services.refusals_to_come, 0);
}

TEST_P(Calls, WhatAFailedCallWroteIsNotKept) {
    host({"keeper"});
    EXPECT_EQ(world.asks("/kept"), "nothing");
    EXPECT_EQ(world.asks("/keep gold"), "done");
    EXPECT_EQ(world.asks("/spill water"), "plugin_failed: spilled");
    EXPECT_EQ(world.asks("/kept"), "gold");
}

TEST_P(Calls, AnExceptionIsAFailureAndNoCrash) {
    host({"throws"});
    EXPECT_THAT(world.asks("/throw"), StartsWith("plugin_failed"));
    EXPECT_THAT(world.asks("/throw int"), StartsWith("plugin_failed"));
    EXPECT_EQ(world.plugin("throws").state, "live");
}

TEST_P(Calls, AFloodStopsAtTheLimit) {
    host({"flood"});
    const auto call = world.says("/flood");
    EXPECT_THAT(world.outcome(call), StartsWith("plugin_failed"));
    EXPECT_THAT(world.answers(call), SizeIs(32));
    EXPECT_THAT(world.asks("/flood large", "bob"), HasSubstr("large"));
}

TEST_P(Calls, TheListCountsAndTimes) {
    host({"echo", "slow"});
    for (int i = 0; i < 5; ++i) world.asks("/slow 20");
    const auto view = world.plugin("slow");
    EXPECT_EQ(view.calls, 5);
    EXPECT_GE(view.p50_ms, 19);
    EXPECT_LE(view.p50_ms, view.p99_ms);
    EXPECT_EQ(view.isolation, GetParam());
    EXPECT_EQ(view.memory_bytes > 1 << 20, GetParam() == Isolation::Worker);
}

TEST_P(Calls, AtTheEndRunningCallsMayFinishAndTheRestIsInterrupted) {
    world.options.queue_per_user = 5;
    host({"slow", "later"});
    const auto quick = world.says("/later 600");
    const auto slow = world.says("/later 60000", "bob");
    ASSERT_TRUE(world.services.wait(5s, [&] { return world.services.ran_long.size() == 2; })) << "both have begun";
    const auto waiting = world.says("/slow 60000");
    const auto behind = world.says("/slow 1");
    world.stop(3s);  // of which plugins get the last two to end
    EXPECT_EQ(world.outcome(quick, 0ms), "done");
    EXPECT_EQ(world.outcome(slow, 0ms), "interrupted");
    EXPECT_THAT(world.outcome(waiting, 0ms), ::testing::AnyOf("interrupted", "done"));
    EXPECT_EQ(world.outcome(behind, 0ms), "interrupted");
}

}  // namespace
}  // namespace riposte::test
