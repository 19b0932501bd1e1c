#include "ask/readers/readers.hpp"

#include <gmock/gmock.h>

namespace riposte::ask {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Document from_markdown(std::string_view text) { return read_markdown("page.md", text); }

TEST(AskMarkdown, PassagesStandUnderTheirHeadings) {
    const Document page =
        from_markdown("# Rooms\n\nOpening.\n\n## Invite\n\nA link.\n\n### Revoke\n\nGone.\n\n## Leave\n\nBye.\n");
    EXPECT_EQ(page.title, "Rooms");
    ASSERT_EQ(page.passages.size(), 4u);
    EXPECT_THAT(page.passages[0].headings, ElementsAre());
    EXPECT_THAT(page.passages[2].headings, ElementsAre("Invite", "Revoke"));
    EXPECT_EQ(page.passages[2].text, "Gone.");
    EXPECT_THAT(page.passages[3].headings, ElementsAre("Leave"));
}

TEST(AskMarkdown, CodeIsNoHeadingAndStaysWhole) {
    const Document page = from_markdown("# T\n\n```sh\n# a comment\n\nls *\n```\n");
    ASSERT_EQ(page.passages.size(), 1u);
    EXPECT_EQ(page.passages[0].text, "```\n# a comment\n\nls *\n```");
}

TEST(AskMarkdown, LinksIntoTheDocumentsLoseTheirTarget) {
    EXPECT_EQ(
        from_markdown("See [rooms](rooms.md#x), ![shot](a.png) and [there](https://example.org/).").passages[0].text,
        "See rooms, shot and [there](https://example.org/).");
}

TEST(AskMarkdown, ListsAndTablesKeepTheirLines) {
    EXPECT_EQ(from_markdown("- one\n- two\n  goes on\n\n1. first\n").passages[0].text,
              "- one\n- two goes on\n1. first");
    EXPECT_EQ(from_markdown("| a | b |\n|---|---|\n| 1 | 2 |\n").passages[0].text, "| a | b |\n|---|---|\n| 1 | 2 |");
}

TEST(AskMarkdown, AWrappedChineseLineGetsNoSpace) {
    EXPECT_EQ(from_markdown("处\n理 a\nb").passages[0].text, "处理 a b");
}

TEST(AskMarkdown, FrontMatterAndCommentsAreNotText) {
    const Document page =
        from_markdown("---\ntitle: From the front\n---\n<!-- a secret -->\nText\n\nUnder\n-----\nMore");
    EXPECT_EQ(page.title, "From the front");
    EXPECT_EQ(page.passages[0].text, "Text");
    EXPECT_THAT(page.passages[1].headings, ElementsAre("Under"));
}

TEST(AskMarkdown, WithoutAHeadingTheFileNamesThePage) { EXPECT_EQ(from_markdown("Text.").title, "page"); }

TEST(AskMarkdown, LongSectionsBecomeSeveralPassages) {
    std::string text = "## Long\n\n";
    for (int paragraph = 0; paragraph < 40; ++paragraph) text += std::string(100, 'x') + "\n\n";
    const Document page = from_markdown(text);
    EXPECT_GE(page.passages.size(), 4u);
    for (const Passage& passage : page.passages) {
        EXPECT_LE(passage.text.size(), 1100u);
        EXPECT_THAT(passage.headings, ElementsAre("Long"));
    }
}

TEST(AskMarkdown, OneEndlessParagraphIsCutBetweenCharacters) {
    std::string text;
    for (int sign = 0; sign < 5000; ++sign) text += "字";
    for (const Passage& passage : from_markdown(text).passages) {
        EXPECT_LE(passage.text.size(), 2400u);
        EXPECT_EQ(passage.text.size() % 3, 0u) << "a character was cut in two";
    }
}

TEST(AskDocument, BilingualSectionsAreLeftOutByEitherName) {
    Document page = from_markdown("# T\n\n## NAME (名称)\n\na\n\n## 名称\n\nb\n\n## name\n\nc\n\n## FILE NAME\n\nd\n");
    leave_out(page, {"NAME", "名称"});
    ASSERT_EQ(page.passages.size(), 1u);
    EXPECT_EQ(page.passages[0].text, "d");
}

}  // namespace
}  // namespace riposte::ask
