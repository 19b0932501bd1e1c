#include <riposte/testing.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace {

using riposte::testing::Host;
using riposte::testing::Outcome;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

struct Ask : testing::Test {
    Host host{RIPOSTE_PLUGIN_FILE};
};

TEST_F(Ask, KnowsRiposteOutOfTheBox) {
    EXPECT_THAT(host.says("alice", "/ask how do I invite somebody?").text(),
                AllOf(StartsWith("**Invite people into a room**"), HasSubstr("en/rooms.md"), HasSubstr("See also")));
}

TEST_F(Ask, AnswersInChinese) {
    for (const char* line : {"/ask 怎么邀请别人？", "/问 怎么邀请别人", "/问怎么邀请别人"})
        EXPECT_THAT(host.says("李雷", line).text(), AllOf(StartsWith("**邀请别人加入房间**"), HasSubstr("来源：")))
            << line;
}

TEST_F(Ask, SaysThatItDoesNotKnow) {
    EXPECT_THAT(host.says("alice", "/ask how do I bake bread").text(), StartsWith("I don't know"));
    EXPECT_THAT(host.says("李雷", "/问 怎么烤面包").text(), StartsWith("我不知道"));
}

TEST_F(Ask, NeedsAQuestion) { EXPECT_EQ(host.says("alice", "/ask").outcome, Outcome::Rejected); }

TEST_F(Ask, QuotesAndQuerySyntaxAreJustText) {
    for (const char* line :
         {"/ask \"unbalanced", "/ask a OR b AND (c NEAR d) * -e", "/ask title:rooms", "/ask '; DROP TABLE sources"})
        EXPECT_TRUE(host.says("alice", line).done()) << line;
}

TEST(AskStart, RefusesAnIndexThatIsNotThere) {
    EXPECT_THROW(Host(RIPOSTE_PLUGIN_FILE, {{"index", "/nowhere/ask.db"}}), riposte::testing::Refused);
}

}  // namespace
