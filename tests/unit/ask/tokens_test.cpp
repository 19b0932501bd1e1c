#include "ask/tokens.hpp"

#include "ask/stem.hpp"
#include "ask/utf8.hpp"

#include <gtest/gtest.h>

namespace riposte::ask {
namespace {

TEST(AskTokens, WordsAreFoldedAndStemmed) {
    EXPECT_EQ(terms_of("Invited, INVITING: the invites"), "invit invit the invit");
    EXPECT_EQ(terms_of("Café Ünïcode"), "cafe unicod");
    EXPECT_EQ(terms_of("Привет МИР"), "привет мир");
}

TEST(AskTokens, ChineseIsCutIntoOverlappingPairs) {
    EXPECT_EQ(terms_of("编辑消息"), "编辑 辑消 消息");
    EXPECT_EQ(terms_of("锁"), "锁");
    EXPECT_EQ(terms_of("天气，天空"), "天气 天空") << "no pair may straddle punctuation";
}

TEST(AskTokens, LanguagesMixInOneLine) {
    EXPECT_EQ(terms_of("用 Docker 部署2次"), "用 docker 部署 2 次");
    EXPECT_EQ(terms_of("ＨＴＴＰＳ（８０８０）"), "http 8080") << "full-width forms are the same letters";
}

TEST(AskTokens, NamesFallApartAtTheirMarks) {
    EXPECT_EQ(terms_of("mq_overview(7) /etc/ld.so.conf"), "mq overview 7 etc ld so conf");
    EXPECT_EQ(terms_of("the room's owner doesn't"), "the room owner doesn");
}

TEST(AskTokens, PlacesAreBytesOfTheText) {
    const std::vector<Token> tokens = tokenize("a 消息 b");
    ASSERT_EQ(tokens.size(), 3u);
    EXPECT_EQ(tokens[1].begin, 2u);
    EXPECT_EQ(tokens[1].end, 8u);
    EXPECT_TRUE(tokens[1].cjk);
    EXPECT_FALSE(tokens[2].cjk);
}

TEST(AskTokens, RubbishGivesNoTokens) {
    EXPECT_EQ(terms_of(""), "");
    EXPECT_EQ(terms_of("\xff\xfe\x80 ok \xe6\xb6"), "ok");
    EXPECT_EQ(terms_of(std::string(100'000, 'x')), "") << "no word is that long";
}

struct Stems {
    const char* word;
    const char* stem;
};

class AskStem : public testing::TestWithParam<Stems> {};

TEST_P(AskStem, IsPorters) { EXPECT_EQ(stem(GetParam().word), GetParam().stem); }

// From the examples in Porter's paper, a rule or more each.
INSTANTIATE_TEST_SUITE_P(
    Paper, AskStem,
    testing::Values(Stems{"caresses", "caress"}, Stems{"ponies", "poni"}, Stems{"cats", "cat"}, Stems{"feed", "feed"},
                    Stems{"agreed", "agre"}, Stems{"plastered", "plaster"}, Stems{"bled", "bled"},
                    Stems{"motoring", "motor"}, Stems{"sing", "sing"}, Stems{"conflated", "conflat"},
                    Stems{"sized", "size"}, Stems{"hopping", "hop"}, Stems{"falling", "fall"}, Stems{"hissing", "hiss"},
                    Stems{"filing", "file"}, Stems{"happy", "happi"}, Stems{"sky", "sky"}, Stems{"relational", "relat"},
                    Stems{"rational", "ration"}, Stems{"digitizer", "digit"}, Stems{"operator", "oper"},
                    Stems{"decisiveness", "decis"}, Stems{"hopefulness", "hope"}, Stems{"electrical", "electr"},
                    Stems{"goodness", "good"}, Stems{"adjustment", "adjust"}, Stems{"adoption", "adopt"},
                    Stems{"probate", "probat"}, Stems{"rate", "rate"}, Stems{"controlling", "control"},
                    Stems{"roll", "roll"}, Stems{"oscillators", "oscil"}, Stems{"is", "is"}, Stems{"x11", "x11"}));

TEST(AskUtf8, TellsGoodFromBad) {
    EXPECT_TRUE(is_utf8("plain, 中文, 😀"));
    for (const char* bad : {"\xc0\xaf", "\xe4\xb8", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\x80", "\xe0\x80\x80"})
        EXPECT_FALSE(is_utf8(bad)) << testing::PrintToString(std::string(bad));
}

TEST(AskUtf8, AChinesePageFullOfOptionsIsChinese) {
    EXPECT_TRUE(is_mostly_cjk("列出目录内容 --all --almost-all"));
    EXPECT_FALSE(is_mostly_cjk("English with one 字 in it, which says nothing of the rest of the page"));
    EXPECT_FALSE(is_mostly_cjk(""));
}

}  // namespace
}  // namespace riposte::ask
