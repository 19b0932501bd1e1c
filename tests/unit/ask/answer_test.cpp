#include "documents.hpp"

#include <gmock/gmock.h>

namespace riposte::ask {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class AskAnswer : public testing::Test {
protected:
    AskAnswer() {
        documents.write("en/tea.md", "# Tea\n\n## Green tea\n\nGreen tea wants water of 80 degrees.\n");
        documents.write("en/water.md", "# Water\n\n## Boiling water\n\nBoil the water for tea, then let it cool.\n");
        documents.write("en/cups.md", "# Cups\n\nA cup of tea holds 200 ml of water.\n");
        documents.write("zh/tea.md", "# 茶\n\n## 绿茶\n\n绿茶要用八十度的水冲泡。\n");
        documents.refresh();
    }

    std::string answer(std::string_view question) {
        Search search = documents.search();
        return ask::answer(search, question);
    }

    Documents documents;
};

TEST_F(AskAnswer, GivesThePassageItsSourceAndTwoMore) {
    EXPECT_THAT(
        answer("water for green tea"),
        AllOf(StartsWith(
                  "**Green tea**\n\nGreen tea wants water of 80 degrees.\n\nSource: Tea › Green tea (`en/tea.md`)"),
              HasSubstr("See also: "), HasSubstr("en/water.md"), HasSubstr("en/cups.md")));
}

TEST_F(AskAnswer, AnswersInTheLanguageOfTheQuestion) {
    EXPECT_EQ(answer("绿茶用多少度的水？"), "**绿茶**\n\n绿茶要用八十度的水冲泡。\n\n来源：茶 › 绿茶（`zh/tea.md`）");
}

TEST_F(AskAnswer, SaysThatItDoesNotKnow) {
    for (const char* question : {"who won the football world cup", "zebra", "", "how much does a green elephant weigh"})
        EXPECT_THAT(answer(question), StartsWith("I don't know")) << question;
    for (const char* question : {"谁赢得了世界杯", "斑马", "绿色的大象有多重"})
        EXPECT_THAT(answer(question), StartsWith("我不知道")) << question;
}

TEST_F(AskAnswer, NeverOutgrowsAReply) {
    documents.write("en/long.md", "# Long\n\n" + std::string(2300, 'x') + " giraffe\n");
    documents.refresh();
    EXPECT_LT(answer("giraffe").size(), 3072u);
}

}  // namespace
}  // namespace riposte::ask
