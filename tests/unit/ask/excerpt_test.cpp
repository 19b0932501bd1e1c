#include "ask/excerpt.hpp"

#include <gtest/gtest.h>

namespace riposte::ask {
namespace {

TEST(AskShorten, CutsWhereAReaderWould) {
    EXPECT_EQ(shorten("short", 100), "short");
    EXPECT_EQ(shorten("one two three\n\nfour five six", 20), "one two three\n\n…");
    EXPECT_EQ(shorten("One two. Three four. Five", 22), "One two. Three four.\n\n…");
    EXPECT_EQ(shorten("一二三。四五六。七八九", 26), "一二三。四五六。\n\n…");
}

TEST(AskShorten, NeverCutsACharacterOrLeavesCodeOpen) {
    EXPECT_EQ(shorten("字字字字", 7), "字字\n\n…");
    EXPECT_EQ(shorten("```\nline 1\nline 2\nline 3\n```", 20), "```\nline 1\nline 2\n```\n\n…");
}

std::string list(int items) {
    std::string text = "Options:";
    for (int item = 0; item < items; ++item)
        text += "\n- `-" + std::string(1, static_cast<char>('a' + item)) + "`: sorts by number " + std::to_string(item);
    return text;
}

TEST(AskExcerpt, AShortPassageStaysWhole) { EXPECT_EQ(excerpt(read_question("sort"), list(3), 1000), list(3)); }

TEST(AskExcerpt, ShowsTheItemsThatWereAskedFor) {
    const std::string text = excerpt(read_question("sort by number 17"), list(26), 100);
    EXPECT_NE(text.find("number 17"), std::string::npos) << text;
    EXPECT_TRUE(text.starts_with("…\n\n- `-")) << text;
    EXPECT_TRUE(text.ends_with("\n\n…")) << text;
    EXPECT_LT(text.size(), 120u);
}

TEST(AskExcerpt, KeepsCodeWhole) {
    const std::string code = "```\nfirst\n\n- second\n```";
    EXPECT_EQ(excerpt(read_question("second"), std::string(90, 'x') + "\n\n" + code, 60), "…\n\n" + code);
}

TEST(AskExcerpt, WithoutAMatchItBeginsAtTheBeginning) {
    EXPECT_EQ(excerpt(read_question("zebra"), "One.\n\nTwo.\n\nThree.", 12), "One.\n\nTwo.\n\n…");
}

}  // namespace
}  // namespace riposte::ask
