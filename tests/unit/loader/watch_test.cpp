#include "loader/worker_watch.hpp"
#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using Verdict = WorkerWatch::Verdict;

const auto begin = WorkerWatch::Clock::time_point() + 1000h;

TEST(Watch, MissesTwoBeatsBeforeItSaysSilent) {
    WorkerWatch watch({.heartbeat = 5s});
    EXPECT_TRUE(watch.ask(begin, true));
    EXPECT_FALSE(watch.ask(begin + 1s, true)) << "one question at a time";
    EXPECT_EQ(watch.look({begin + 9s}), Verdict::Well);
    EXPECT_EQ(watch.look({begin + 10s}), Verdict::Silent);
    watch.answered();
    EXPECT_EQ(watch.look({begin + 11s}), Verdict::Well);
}

TEST(Watch, LeavesAWorkerWithACallToItsDeadline) {
    WorkerWatch watch({.heartbeat = 5s});
    EXPECT_FALSE(watch.ask(begin, false));
    EXPECT_TRUE(watch.ask(begin, true));
    EXPECT_EQ(watch.look({begin + 60s, 60s, 0.99, false}), Verdict::Well);
    EXPECT_EQ(watch.look({begin + 61s, 61s, 0.1, true}), Verdict::Well) << "the call was answered after the question";
}

TEST(Watch, CountsProcessorTimeOfAWholeWindowWithoutCalls) {
    struct Row {
        std::chrono::milliseconds used;
        Verdict verdict;
    };
    for (const auto& row : {Row{47s, Verdict::Well}, Row{49s, Verdict::Busy}}) {
        WorkerWatch watch({.cpu_window = 60s, .cpu_percent = 80});
        EXPECT_EQ(watch.look({begin, 100s}), Verdict::Well);
        EXPECT_EQ(watch.look({begin + 59s, 100s + row.used}), Verdict::Well);
        EXPECT_EQ(watch.look({begin + 60s, 100s + row.used}), row.verdict);
    }
    WorkerWatch watch({.cpu_window = 60s, .cpu_percent = 80});
    watch.look({begin, 0s});
    watch.look({begin + 30s, 30s, 0, false});
    EXPECT_EQ(watch.look({begin + 60s, 60s}), Verdict::Well) << "a call came between";
}

TEST(Watch, SaysFullAtTheShare) {
    WorkerWatch watch({.memory_percent = 80});
    EXPECT_EQ(watch.look({begin, 0s, 0.79}), Verdict::Well);
    EXPECT_EQ(watch.look({begin, 0s, 0.81}), Verdict::Full);
    EXPECT_EQ(watch.reason(), "memory at 81 % of its ceiling");
}

class IdleWorkers : public ::testing::Test {
protected:
    IdleWorkers() { world.options.watch = {.heartbeat = 100ms, .cpu_window = 400ms, .renewal = 1min}; }
    void start() {
        world.install("idler");
        world.start();
    }
    World world;
};

TEST_F(IdleWorkers, ThatStopAreReplacedBeforeSomebodyAsks) {
    start();
    EXPECT_EQ(world.asks("/idle stop"), "1");
    EXPECT_TRUE(world.becomes("idler", [](const auto& view) { return !view.reason.empty(); }));
    EXPECT_THAT(world.plugin("idler").reason, StartsWith("gave no sign of life"));
    EXPECT_TRUE(world.becomes("idler", [](const auto& view) { return view.state == "live"; }));
    EXPECT_NE(world.outcome(world.says("/idle")), "nothing");
}

TEST_F(IdleWorkers, ThatSpinAreReplaced) {
    world.options.watch.cpu_percent = 10;  // a busy machine gives it little
    start();
    EXPECT_EQ(world.asks("/idle spin"), "1");
    EXPECT_TRUE(world.becomes("idler", [](const auto& view) { return !view.reason.empty(); }));
    EXPECT_THAT(world.plugin("idler").reason, HasSubstr("% of a core"));
    EXPECT_TRUE(world.becomes("idler", [](const auto& view) { return view.state == "live"; }));
}

TEST_F(IdleWorkers, ThatDoNothingLiveOn) {
    start();
    EXPECT_EQ(world.asks("/idle"), "1");
    std::this_thread::sleep_for(1500ms);
    EXPECT_EQ(world.asks("/idle"), "2");
    EXPECT_EQ(world.plugin("idler").generation, 1);
    EXPECT_EQ(world.plugin("idler").reason, "");
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // workers have no memory limit there
TEST_F(IdleWorkers, ThatFillUpAreSwappedOnceWithTheirState) {
    world.options.limits.memory_bytes = 256 << 20;
    start();
    int count = 0;
    const auto renewed = [](const auto& view) { return view.generation == 2; };
    while (count < 15 && !world.becomes("idler", renewed, 250ms))
        EXPECT_EQ(world.asks("/idle grow"), std::to_string(++count));
    EXPECT_EQ(world.plugin("idler").generation, 2);
    EXPECT_EQ(world.asks("/idle"), std::to_string(count + 1)) << "counted on";
    EXPECT_EQ(world.plugin("idler").state, "live");
    const auto& entry = world.services.entries.back();
    EXPECT_EQ(entry.verb, "renew");
    EXPECT_EQ(entry.by, "riposte");
    EXPECT_THAT(entry.result, StartsWith("live; memory at "));
    EXPECT_THAT(world.plugin("idler").by, HasSubstr("folder"));
    while (count++ < 20 && world.asks("/idle grow") != "plugin_failed: it threw an exception") {}
    std::this_thread::sleep_for(300ms);
    EXPECT_EQ(world.plugin("idler").generation, 2) << "not without end, though it is full";
}
#endif

}  // namespace
}  // namespace riposte::test
