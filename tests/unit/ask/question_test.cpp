#include "ask/question.hpp"

#include <gmock/gmock.h>

namespace riposte::ask {
namespace {

using testing::ElementsAre;

TEST(AskQuestion, DropsTheWordsEveryQuestionHas) {
    EXPECT_THAT(read_question("How do I invite somebody into the room?").terms, ElementsAre("invit", "room"));
    EXPECT_THAT(read_question("怎么邀请别人？").terms, testing::Contains("邀请"));
    EXPECT_THAT(read_question("什么是房间").terms, ElementsAre("是房", "房间"));
}

TEST(AskQuestion, WhenNothingElseIsThereTheyCount) {
    EXPECT_THAT(read_question("who").terms, ElementsAre("who"));
    EXPECT_THAT(read_question("是什么").terms, testing::Not(ElementsAre()));
}

TEST(AskQuestion, IsChineseAsSoonAsItHasChinese) {
    EXPECT_EQ(read_question("nginx 怎么配置").language, Language::Chinese);
    EXPECT_EQ(read_question("how to configure nginx").language, Language::English);
}

TEST(AskQuestion, AChineseCharacterIsMetByEitherPairItStandsIn) {
    const Question question = read_question("搜索消息");  // 搜索 索消 消息
    ASSERT_EQ(question.terms.size(), 3u);
    ASSERT_EQ(question.units.size(), 4u);
    EXPECT_THAT(question.units[0].terms, ElementsAre(0));
    EXPECT_THAT(question.units[1].terms, ElementsAre(0, 1));
    EXPECT_THAT(question.units[3].terms, ElementsAre(2));
}

TEST(AskQuestion, SyntaxOfTheIndexIsJustText) {
    EXPECT_EQ(read_question("title:x OR \"a\" NEAR(b) * -c").match(),
              "\"titl\" OR \"x\" OR \"near\" OR \"b\" OR \"c\"");
}

TEST(AskQuestion, ALoneCharacterFindsThePairsThatBeginWithIt) { EXPECT_EQ(read_question("锁").match(), "\"锁\"*"); }

}  // namespace
}  // namespace riposte::ask
