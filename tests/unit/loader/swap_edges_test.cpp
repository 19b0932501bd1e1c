#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

// What meets what while plugins are swapped; the table is in docs/architecture.md.
namespace riposte::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class SwapEdges : public ::testing::TestWithParam<Isolation> {
protected:
    SwapEdges() { world.options.isolation = GetParam(); }
    Result<ReloadReport> reload(const std::string& id) { return world.run(world.host->reload(id, "alice, cli", true)); }
    World world;
};
INSTANTIATE_TEST_SUITE_P(In, SwapEdges, ::testing::Values(Isolation::Worker, Isolation::InProcess),
                         [](const auto& info) { return info.param == Isolation::Worker ? "Worker" : "Process"; });

/// A plugin whose own command has it swapped: the call waits for the swap, and the swap must not wait for the call.
class SelfSwap : public SwapEdges {
protected:
    ReloadReport swapped_by_its_own(const std::string& command) {
        call_ = world.says(command);
        const auto folder = world.options.data_directory / "plugin-data" / "selfswap";
        for (int i = 0; i < 1000 && !std::filesystem::exists(folder / "wanted"); ++i) std::this_thread::sleep_for(5ms);
        EXPECT_TRUE(std::filesystem::exists(folder / "wanted"));
        auto report = reload("selfswap");
        std::ofstream(folder / "done") << "now";
        EXPECT_TRUE(report && report->live);
        return report ? *report : ReloadReport();
    }
    InvocationId call_;
};
INSTANTIATE_TEST_SUITE_P(In, SelfSwap, ::testing::Values(Isolation::Worker, Isolation::InProcess),
                         [](const auto& info) { return info.param == Isolation::Worker ? "Worker" : "Process"; });

TEST_P(SelfSwap, WithoutStateTheCallEndsInTheOldGeneration) {
    world.install("selfswap_plain", "selfswap");
    world.start();
    EXPECT_EQ(swapped_by_its_own("/swapme").plugin.generation, 2);
    EXPECT_EQ(world.outcome(call_), "done");
    EXPECT_THAT(world.answers(call_), ElementsAre("saw the swap"));
    EXPECT_EQ(world.asks("/swaps", "bob"), "0") << "the new generation";
}

TEST_P(SelfSwap, WithStateTheCallIsToldAndTheStateHasIt) {
    world.install("selfswap_state", "selfswap");
    world.start();
    const auto report = swapped_by_its_own("/swapme");
    EXPECT_EQ(report.lost, "");
    EXPECT_EQ(world.outcome(call_), "done");
    EXPECT_THAT(world.answers(call_), ElementsAre("told of the swap"));
    EXPECT_EQ(world.asks("/swaps", "bob"), "1");
}

TEST_P(SelfSwap, WithStateACallThatHearsNothingIsInterruptedAndTheLossIsNamed) {
    world.install("selfswap_state", "selfswap");
    world.start();
    const auto report = swapped_by_its_own("/swapme deaf");
    EXPECT_EQ(report.lost, "its state");
    EXPECT_EQ(world.outcome(call_), "interrupted");
    EXPECT_EQ(world.asks("/swaps", "bob"), "0");
}

TEST_P(SwapEdges, APendingCallOfAPluginWithoutStateEndsInTheOldGeneration) {
    world.install("later");
    world.start();
    const auto first = world.says("/later 600", "alice");
    const auto second = world.says("/later 700", "bob");
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(reload("later")->live);
    EXPECT_EQ(world.asks("/later 1", "carol"), "later");
    EXPECT_EQ(world.outcome(first), "done");
    EXPECT_EQ(world.outcome(second), "done");
}

TEST_P(SwapEdges, VerbsOfManyOperatorsAtOnceLeaveOneTruth) {
    world.options.queue = world.options.queue_per_user = 1000;
    world.install("counter_v1", "counter");
    world.start();
    std::vector<std::thread> operators;
    operators.emplace_back([&] {
        for (int i = 0; i < 5; ++i) reload("counter");
    });
    operators.emplace_back([&] {
        for (int i = 0; i < 5; ++i) {
            const auto other = i % 2 == 0 ? Isolation::InProcess : Isolation::Worker;
            world.run(world.host->isolate("counter", other, "bob, web"));
        }
    });
    operators.emplace_back([&] {
        for (int i = 0; i < 5; ++i) {
            world.run(world.host->disable("counter", "carol, web"));
            world.run(world.host->enable("counter", "carol, web"));
        }
    });
    for (auto& each : operators) each.join();
    if (world.plugin("counter").state == "disabled") {
        ASSERT_TRUE(world.run(world.host->enable("counter", "dan, cli")));
    }
    const auto view = world.plugin("counter");
    EXPECT_EQ(view.state, "live") << view.reason;
    EXPECT_EQ(world.services.records["counter"].generation, view.generation);
    EXPECT_EQ(world.services.records["counter"].enabled, true);
    EXPECT_EQ(world.services.records["counter"].isolation, view.isolation) << "what is shown is what is remembered";
    EXPECT_THAT(world.asks("/count"), HasSubstr("v1: "));
}

TEST_P(SwapEdges, ASwapThatMeetsTheStopChangesNothingOnDisk) {
    world.install("slow_start");
    world.start();
    const auto before = world.services.records["slow-start"];
    std::thread swapping([&] { EXPECT_FALSE(reload("slow-start")->live); });
    std::this_thread::sleep_for(300ms);  // it starts for 1.5 s
    world.stop();
    swapping.join();
    const auto& after = world.services.records["slow-start"];
    EXPECT_EQ(after.generation, before.generation);
    EXPECT_EQ(after.active_hash, before.active_hash);
    EXPECT_EQ(after.reason, before.reason);
}

}  // namespace
}  // namespace riposte::test
