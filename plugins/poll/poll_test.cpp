#include <riposte/testing.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using riposte::testing::Host;
using riposte::testing::Outcome;
using testing::HasSubstr;

struct Polls : testing::Test {
    Host host{RIPOSTE_PLUGIN_FILE};
};

TEST_F(Polls, ARoomDecides) {
    EXPECT_EQ(host.says("alice", "/poll Lunch? | noodles | fried rice").text(),
              "📊 **Lunch?**\n\n1. noodles — 0\n2. fried rice — 0\n\n0 votes\n\nVote with `/poll vote 1`");
    EXPECT_EQ(host.says("alice", "/poll vote 1").text(), "You voted for **noodles**");
    EXPECT_EQ(host.says("bob", "/poll vote fried rice").text(), "You voted for **fried rice**");
    EXPECT_EQ(host.says("carol", "/poll vote 2").text(), "You voted for **fried rice**");
    EXPECT_EQ(host.says("alice", "/poll close").text(), "🏁 **Lunch?**\n\n1. noodles — 1\n2. fried rice — 2\n\n3 votes");
    EXPECT_TRUE(host.store().empty());
}

TEST_F(Polls, AVoteIsOneAPersonAndMayChange) {
    host.says("alice", "/poll Lunch? | noodles | rice");
    host.says("bob", "/poll vote 1");
    host.says("bob", "/poll vote 2");
    EXPECT_THAT(host.says("bob", "/poll show").text(), HasSubstr("1. noodles — 0\n2. rice — 1\n\n1 vote\n"));
}

TEST_F(Polls, AVoteIsSeenByTheVoterOnly) {
    host.says("alice", "/poll Lunch? | noodles | rice");
    EXPECT_TRUE(host.says("bob", "/poll vote 1").replies.at(0).ephemeral);
    EXPECT_FALSE(host.says("bob", "/poll show").replies.at(0).ephemeral);
}

TEST_F(Polls, EachWayToAskGivesTheSamePoll) {
    const char* const ways[] = {"/poll Lunch? | noodles | fried rice", "/poll Lunch?｜noodles｜fried rice",
                                "/poll new \"Lunch?\" noodles \"fried rice\"", "/poll new Lunch? noodles | fried rice"};
    for (const char* way : ways) {
        EXPECT_THAT(host.says("alice", way).text(), HasSubstr("**Lunch?**\n\n1. noodles — 0\n2. fried rice — 0\n"))
            << way;
        host.says("alice", "/poll close");
    }
}

TEST_F(Polls, EachRoomHasItsOwn) {
    host.says("alice", "/poll Lunch? | noodles | rice", "kitchen");
    EXPECT_EQ(host.says("alice", "/poll", "office").outcome, Outcome::Failed);
    EXPECT_TRUE(host.says("alice", "/poll", "kitchen").done());
}

TEST_F(Polls, OnlyOneIsOpenAtATime) {
    host.says("alice", "/poll Lunch? | noodles | rice");
    EXPECT_THAT(host.says("bob", "/poll Dinner? | soup | bread").reason, HasSubstr("/poll close"));
    EXPECT_THAT(host.says("bob", "/poll").text(), HasSubstr("Lunch?"));
}

TEST_F(Polls, IsClosedByWhoAskedOrByAModerator) {
    host.says("alice", "/poll Lunch? | noodles | rice");
    EXPECT_EQ(host.says("bob", "/poll close").outcome, Outcome::Failed);
    host.person("bob").role = RIPOSTE_ROLE_MODERATOR;
    EXPECT_TRUE(host.says("bob", "/poll close").done());
}

TEST_F(Polls, MistakesAreExplained) {
    EXPECT_THAT(host.says("alice", "/poll Lunch? | noodles").reason, HasSubstr("2 to 10"));
    EXPECT_THAT(host.says("alice", "/poll |||").reason, HasSubstr("2 to 10"));
    EXPECT_THAT(host.says("alice", "/poll q|1|2|3|4|5|6|7|8|9|10|11").reason, HasSubstr("2 to 10"));
    EXPECT_THAT(host.says("alice", "/poll vote 1").reason, HasSubstr("No poll is open"));
    host.says("alice", "/poll Lunch? | noodles | rice");
    for (const char* line : {"/poll vote 0", "/poll vote 3", "/poll vote soup", "/poll vote 1x", "/poll vote -1"})
        EXPECT_THAT(host.says("alice", line).reason, HasSubstr("none of the choices")) << line;
}

TEST_F(Polls, SpeaksChinese) {
    host.person("李雷").locale = "zh-CN";
    EXPECT_THAT(host.says("李雷", "/投票 午饭吃什么？ | 面 | 饭").text(), HasSubstr("共 0 票"));
    EXPECT_EQ(host.says("李雷", "/投票 选 面").text(), "你投给了：**面**");
    EXPECT_THAT(host.says("李雷", "/投票 结束").text(), HasSubstr("1. 面 — 1\n2. 饭 — 0\n\n共 1 票"));
}

TEST_F(Polls, SurvivesARestart) {
    host.says("alice", "/poll Lunch? | noodles | rice");
    host.says("bob", "/poll vote 2");
    host.restart();
    EXPECT_THAT(host.says("alice", "/poll close").text(), HasSubstr("2. rice — 1"));
}

TEST_F(Polls, ForgetsAVoter) {
    host.says("alice", "/poll Lunch? | noodles | rice");
    host.says("bob", "/poll vote 2");
    host.forget("bob");
    EXPECT_THAT(host.says("alice", "/poll show").text(), HasSubstr("0 votes"));
}

}  // namespace
