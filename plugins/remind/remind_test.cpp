#include <riposte/testing.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace {

using namespace std::chrono_literals;
using riposte::testing::Host;
using riposte::testing::Outcome;
using riposte::testing::Result;
using testing::HasSubstr;

struct Remind : testing::Test {
    Host host{RIPOSTE_PLUGIN_FILE};
};

TEST_F(Remind, ComesWhenItsTimeHasCome) {
    EXPECT_EQ(host.says("alice", "/remind 10m drink tea").text(), "⏰ I will remind you in 10 min.");
    EXPECT_TRUE(host.advance(9min + 59s).empty());
    const std::vector<Result> fired = host.advance(1s);
    ASSERT_EQ(fired.size(), 1u);
    EXPECT_EQ(fired[0].text(), "⏰ @alice drink tea");
    EXPECT_EQ(host.timers(), 0u);
}

TEST_F(Remind, TakesTimeAsPeopleWriteIt) {
    EXPECT_THAT(host.says("alice", "/remind 1h30m tea").text(), HasSubstr("in 1 h 30 min."));
    EXPECT_THAT(host.says("alice", "/remind 2 days water the plants").text(), HasSubstr("in 2 d."));
    EXPECT_THAT(host.says("alice", "/remind 90s tea").text(), HasSubstr("in 1 min 30 s."));
    EXPECT_EQ(host.says("alice", "/remind soon tea").outcome, Outcome::Rejected);
    EXPECT_EQ(host.says("alice", "/remind 0s tea").outcome, Outcome::Rejected);
    EXPECT_EQ(host.says("alice", "/remind 10m").reason, "text is missing");
}

TEST_F(Remind, SurvivesARestart) {
    host.says("alice", "/remind 10m tea");
    EXPECT_TRUE(host.restart(1min).empty());
    EXPECT_EQ(host.advance(9min).at(0).text(), "⏰ @alice tea");
}

TEST_F(Remind, SaysHowLateItIs) {
    host.says("alice", "/remind 10m tea");
    EXPECT_EQ(host.restart(1h).at(0).text(), "⏰ @alice tea (50 min late)");
    EXPECT_TRUE(host.restart().empty());
}

TEST_F(Remind, ListsMineInThisRoomByTime) {
    host.says("alice", "/remind 2h bread");
    host.says("alice", "/remind 10m tea");
    host.says("bob", "/remind 10m nap");
    host.says("alice", "/remind 10m secret", "office");
    const Result list = host.says("alice", "/remind list");
    EXPECT_EQ(list.text(), "1. 10 min — tea\n2. 2 h — bread");
    EXPECT_TRUE(list.replies.at(0).ephemeral);
    EXPECT_EQ(host.says("carol", "/remind list").text(), "You have no reminders here.");
}

TEST_F(Remind, ForgetsACancelledOne) {
    host.says("alice", "/remind 2h bread");
    host.says("alice", "/remind 10m tea");
    EXPECT_EQ(host.says("alice", "/remind cancel 1").text(), "Cancelled: tea");
    EXPECT_EQ(host.advance(24h).size(), 1u);
    EXPECT_EQ(host.says("alice", "/remind cancel 1").outcome, Outcome::Failed);
}

TEST_F(Remind, NobodyCancelsAnothersReminder) {
    host.says("alice", "/remind 10m tea");
    EXPECT_EQ(host.says("bob", "/remind cancel 1").outcome, Outcome::Failed);
    EXPECT_EQ(host.timers(), 1u);
}

TEST_F(Remind, OnePersonHasAtMostTwenty) {
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(host.says("alice", "/remind 10m tea").done());
    EXPECT_THAT(host.says("alice", "/remind 10m tea").reason, HasSubstr("20"));
    EXPECT_TRUE(host.says("bob", "/remind 10m tea").done());
}

TEST_F(Remind, SpeaksChinese) {
    host.person("李雷").locale = "zh-CN";
    EXPECT_EQ(host.says("李雷", "/提醒10分钟 喝水").text(), "⏰ 好的，10 分钟后提醒你。");
    EXPECT_EQ(host.says("李雷", "/提醒 列表").text(), "1. 10 分钟 — 喝水");
    EXPECT_EQ(host.restart(11min).at(0).text(), "⏰ @李雷 喝水（晚了 1 分钟）");
}

TEST_F(Remind, ForgetsAPerson) {
    host.says("alice", "/remind 10m tea");
    host.says("bob", "/remind 10m nap");
    host.forget("alice");
    EXPECT_EQ(host.timers(), 1u);
}

}  // namespace
