#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using Verdict = Probation::Verdict;

const auto now = Probation::Clock::time_point() + 1000h;

TEST(Verdicts, NeedBothTheTimeAndTheCalls) {
    Probation probation;
    probation.begin({.time = 60s, .calls = 3, .longest = 24h}, now, 0ms);
    EXPECT_EQ(probation.finished(false, now + 61s), Verdict::Watching);
    EXPECT_EQ(probation.finished(false, now + 61s), Verdict::Watching);
    EXPECT_EQ(probation.finished(false, now + 59s), Verdict::Watching) << "the calls alone are not enough";
    EXPECT_EQ(probation.verdict(probation.next_look(now)), Verdict::Proved) << "no call is needed for the time to pass";
}

TEST(Verdicts, ComeAfterADayAtMostWhereverTheHostWasStarted) {
    Probation probation;
    probation.begin({.time = 60s, .calls = 20, .longest = 24h}, now, 23h);
    EXPECT_EQ(probation.verdict(now + 59min), Verdict::Watching);
    EXPECT_EQ(probation.verdict(now + 1h), Verdict::Proved);
}

TEST(Verdicts, JudgeFailuresFromSixCallsOn) {
    struct Row {
        int good;
        int failed;
        Verdict verdict;
    };
    for (const auto& row : {Row{0, 5, Verdict::Watching}, Row{0, 6, Verdict::Bad}, Row{3, 3, Verdict::Bad},
                            Row{4, 3, Verdict::Watching}, Row{10, 9, Verdict::Watching}, Row{10, 10, Verdict::Bad}}) {
        Probation probation;
        probation.begin({}, now, 0ms);
        auto verdict = Verdict::Watching;
        for (int i = 0; i < row.good; ++i) verdict = probation.finished(false, now);
        for (int i = 0; i < row.failed; ++i) verdict = probation.finished(true, now);
        EXPECT_EQ(verdict, row.verdict) << row.good << " good, " << row.failed << " failed";
    }
}

class OnProbation : public ::testing::Test {
protected:
    void swap_to(const std::string& file, const std::string& version) {
        const auto id = file.substr(0, file.find('_'));
        world.install(file, id);
        ASSERT_TRUE(world.becomes(id, [&](const auto& view) { return view.version == version; }));
    }
    void begin(const std::string& first, const std::string& second) {
        const auto id = first.substr(0, first.find('_'));
        world.install(first, id);
        world.start();
        swap_to(second, "2");
    }
    bool is_back(const std::string& id) {
        return world.becomes(id, [](const auto& view) { return view.version == "1" && view.state == "live"; });
    }
    void restart() {
        world.stop();
        world.host.reset();
        world.start();
    }
    Result<ReloadReport> rollback(DataChoice data) {
        return world.run(world.host->rollback("trial", "alice, cli", data));
    }
    World world;
};

TEST_F(OnProbation, ACrashBringsTheGoodBuildBackAndOneCallIsToldOfIt) {
    begin("trial_v1", "trial_v2");
    EXPECT_EQ(world.plugin("trial").state, "probation 0/20");
    EXPECT_EQ(world.asks("/trial hello"), "v2 hello");
    EXPECT_EQ(world.plugin("trial").state, "probation 1/20");
    const auto deadly = world.says("/trial die", "alice");
    const auto waiting = world.says("/trial waited", "bob");
    EXPECT_EQ(world.outcome(deadly), "crashed: SIGABRT");
    EXPECT_EQ(world.outcome(waiting), "done");
    EXPECT_THAT(world.answers(waiting), ElementsAre("v1 waited")) << "answered by the good build, once";
    EXPECT_TRUE(is_back("trial"));
    EXPECT_EQ(world.plugin("trial").reason, "2 rolled back: SIGABRT");
    const auto& entry = world.services.entries.back();
    EXPECT_EQ(entry.verb, "rollback");
    EXPECT_EQ(entry.by, "riposte");
    EXPECT_EQ(entry.result, "live; 2 rolled back: SIGABRT");
    EXPECT_THAT(world.plugin("trial").by, HasSubstr("folder")) << "who made the good build live";
}

TEST_F(OnProbation, ABuildThatWasRolledBackIsNotTriedAgainUnlessForced) {
    begin("trial_v1", "trial_v2");
    EXPECT_EQ(world.asks("/trial die"), "crashed: SIGABRT");
    EXPECT_TRUE(is_back("trial"));
    restart();  // the folder still holds build 2
    EXPECT_EQ(world.asks("/trial hello"), "v1 hello");
    EXPECT_EQ(world.plugin("trial").reason, "2 rolled back: SIGABRT") << "remembered";
    const auto refused = world.run(world.host->reload("trial", "alice, cli", false));
    ASSERT_TRUE(refused);
    EXPECT_FALSE(refused->live);
    const auto forced = world.run(world.host->reload("trial", "alice, cli", true));
    ASSERT_TRUE(forced && forced->live);
    EXPECT_EQ(world.plugin("trial").state, "probation 0/20");
    EXPECT_EQ(world.plugin("trial").reason, "");
}

TEST_F(OnProbation, AHangBringsTheGoodBuildBack) {
    world.options.first_output = 200ms;
    begin("trial_v1", "trial_v2");
    EXPECT_EQ(world.asks("/trial hang"), "timed_out");
    EXPECT_TRUE(is_back("trial"));
    EXPECT_THAT(world.plugin("trial").reason, StartsWith("2 rolled back: did not return from /trial"));
}

TEST_F(OnProbation, HalfOfSixFailedCallsBringTheGoodBuildBack) {
    begin("trial_v1", "trial_v2");
    for (int i = 0; i < 3; ++i) EXPECT_EQ(world.asks("/trial fine"), "v2 fine");
    for (int i = 0; i < 3; ++i) EXPECT_THAT(world.asks("/trial fail"), StartsWith("plugin_failed"));
    EXPECT_TRUE(is_back("trial"));
    EXPECT_EQ(world.plugin("trial").reason, "2 rolled back: 3 of 6 calls failed");
    EXPECT_EQ(world.asks("/trial hello"), "v1 hello");
}

TEST_F(OnProbation, EndsWhenTimeAndCallsAreOver) {
    world.options.probation = {.time = 50ms, .calls = 2, .longest = 24h};
    begin("trial_v1", "trial_v2");
    EXPECT_EQ(world.asks("/trial one"), "v2 one");
    EXPECT_EQ(world.asks("/trial two"), "v2 two");
    EXPECT_TRUE(world.becomes("trial", [](const auto& view) { return view.state == "live"; }));
    EXPECT_EQ(world.asks("/trial die"), "crashed: SIGABRT");
    EXPECT_TRUE(world.becomes("trial", [](const auto& view) { return view.reason == "SIGABRT"; }));
    EXPECT_EQ(world.asks("/trial hello"), "v2 hello") << "a good build that dies is restarted, not replaced";
}

TEST_F(OnProbation, IsContinuedAfterARestartOfTheHost) {
    begin("trial_v1", "trial_v2");
    restart();
    EXPECT_EQ(world.plugin("trial").state, "probation 0/20");
    EXPECT_EQ(world.asks("/trial die"), "crashed: SIGABRT");
    EXPECT_TRUE(is_back("trial"));
}

TEST_F(OnProbation, TheWayBackLeadsPastABuildThatNeverProvedGood) {
    begin("trial_v1", "trial_v2");
    swap_to("trial_v3", "3");
    EXPECT_EQ(world.asks("/trial die"), "crashed: SIGABRT");
    EXPECT_TRUE(is_back("trial"));
}

TEST_F(OnProbation, IsNoMatterForAFirstBuild) {
    world.install("trial_v1", "trial");
    world.start();
    EXPECT_EQ(world.plugin("trial").state, "live");
    EXPECT_EQ(world.asks("/trial die"), "crashed: SIGABRT");
    EXPECT_EQ(world.asks("/trial hello"), "v1 hello");
}

TEST_F(OnProbation, ABuildThatFailsItsCallsHandsItsStateBack) {
    begin("tally_v1", "tally_v2");
    EXPECT_EQ(world.asks("/tally"), "v2: 1");
    for (int i = 0; i < 6; ++i) world.asks("/tally fail");
    EXPECT_TRUE(is_back("tally"));
    EXPECT_EQ(world.asks("/tally"), "v1: 2") << "counted on";
}

TEST_F(OnProbation, ABuildThatDiedLeavesTheStateThatItWasGiven) {
    world.install("tally_v1", "tally");
    world.start();
    EXPECT_EQ(world.asks("/tally"), "v1: 1");
    swap_to("tally_v2", "2");
    EXPECT_EQ(world.asks("/tally"), "v2: 2");
    EXPECT_EQ(world.asks("/tally die"), "crashed: SIGABRT");
    EXPECT_TRUE(is_back("tally"));
    EXPECT_EQ(world.asks("/tally"), "v1: 2");
}

class DataOfAHigherSchema : public OnProbation {
protected:
    void SetUp() override {
        world.install("trial_v1", "trial");
        world.start();
        world.asks("/write before");
    }
};

TEST_F(DataOfAHigherSchema, IsUndoneByAnAutomaticRollBack) {
    swap_to("trial_v3", "3");
    EXPECT_EQ(world.asks("/read"), "migrated");
    EXPECT_EQ(world.asks("/trial die"), "crashed: SIGABRT");
    EXPECT_TRUE(is_back("trial"));
    EXPECT_EQ(world.asks("/read"), "before");
}

TEST_F(DataOfAHigherSchema, NeedsAWordOfTheOperator) {
    swap_to("trial_v3", "3");
    const auto unsaid = rollback(DataChoice::Unsaid);
    ASSERT_FALSE(unsaid);
    EXPECT_EQ(unsaid.error().code, ErrorCode::InvalidValue);
    EXPECT_EQ(unsaid.error().argument, "data");
    EXPECT_EQ(world.asks("/read"), "migrated") << "nothing has happened";
}

TEST_F(DataOfAHigherSchema, IsRestoredOnDemandAndTheLossIsNamed) {
    swap_to("trial_v3", "3");
    const auto report = rollback(DataChoice::Restore);
    ASSERT_TRUE(report && report->live);
    EXPECT_THAT(report->lost, StartsWith("what was stored since 20"));
    EXPECT_EQ(world.asks("/read"), "before");
    EXPECT_EQ(world.plugin("trial").reason, "3 rolled back: by alice, cli");
}

TEST_F(DataOfAHigherSchema, IsKeptOnDemand) {
    swap_to("trial_v3", "3");
    const auto report = rollback(DataChoice::Keep);
    ASSERT_TRUE(report && report->live);
    EXPECT_EQ(report->lost, "");
    EXPECT_EQ(world.asks("/read"), "migrated");
}

TEST_F(DataOfAHigherSchema, OfARefusedBuildLeavesNoTrace) {
    world.install("trial_v4", "trial");
    EXPECT_TRUE(world.becomes("trial", [](const auto& view) { return !view.reason.empty(); }));
    EXPECT_THAT(world.plugin("trial").reason, HasSubstr("no index"));
    EXPECT_EQ(world.asks("/read"), "before");
}

TEST_F(DataOfAHigherSchema, OfAThirdBuildThatIsRefusedLeavesNoTraceEither) {
    swap_to("trial_v3", "3");
    world.asks("/write on");
    world.install("trial_v4", "trial");
    EXPECT_TRUE(world.becomes("trial", [](const auto& view) { return !view.reason.empty(); }));
    EXPECT_EQ(world.asks("/read"), "on") << "build 3 has its own data";
    EXPECT_THAT(world.services.trial_store, IsEmpty());
    EXPECT_EQ(world.asks("/trial die"), "crashed: SIGABRT");
    EXPECT_TRUE(is_back("trial"));
    EXPECT_EQ(world.asks("/read"), "before") << "and build 1 its own";
}

TEST_F(DataOfAHigherSchema, IsNotThereWhenNoBuildRaisedIt) {
    swap_to("trial_v2", "2");
    world.asks("/write after");
    const auto impossible = rollback(DataChoice::Restore);
    ASSERT_FALSE(impossible);
    EXPECT_EQ(impossible.error().code, ErrorCode::NotFound);
    const auto report = rollback(DataChoice::Unsaid);
    ASSERT_TRUE(report && report->live);
    EXPECT_EQ(world.asks("/read"), "after");
}

}  // namespace
}  // namespace riposte::test
