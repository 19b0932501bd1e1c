#include "commands/catalogue.hpp"
#include "commands/catalogue_json.hpp"
#include "unit/commands/declare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Catalogue catalogue() {
    std::vector<CommandSpecification> commands;
    commands.push_back(declare("dice", "/dice", {"/骰子", "/d"}));
    commands.push_back(declare("poll", "/poll"));
    commands.push_back(declare("poll", "/poll close"));
    commands.push_back(declare("weather", "/weather", {"/天气"}));
    commands.push_back(declare("forecast", "/天气预报"));
    commands.push_back(declare("cafe", "/caf\xC3\xA9"));
    commands.push_back(declare("remind", "/Remind-Me"));
    commands.push_back(declare("deep", "/a b c d"));
    return {std::move(commands), 7};
}

/// "prefix|arguments" of the match, or "?".
std::string matched(std::string_view line) {
    static const Catalogue all = catalogue();
    const auto match = all.match(line);
    return match ? match->command->prefix + '|' + std::string(line.substr(match->arguments_begin)) : "?";
}

struct Line {
    const char* line;
    const char* matched;
};

class Matching : public testing::TestWithParam<Line> {};

TEST_P(Matching, FindsTheLongestPrefix) { EXPECT_EQ(matched(GetParam().line), GetParam().matched) << GetParam().line; }

INSTANTIATE_TEST_SUITE_P(WordBoundary, Matching,
                         testing::Values(Line{"/dice", "/dice|"}, Line{"/dice 2d6", "/dice|2d6"},
                                         Line{"/dice   2d6 ", "/dice|2d6 "}, Line{"/dice\t2", "/dice|2"},
                                         Line{"/dice\n2", "/dice|2"}, Line{"/d 6", "/dice|6"}, Line{"/dices", "?"},
                                         Line{"/dic", "?"}, Line{"/dice!", "?"}, Line{"/dice-2", "?"}, Line{"/", "?"},
                                         Line{"/ dice", "?"}, Line{"/usr/bin/dice", "?"}));

INSTANTIATE_TEST_SUITE_P(SeveralWords, Matching,
                         testing::Values(Line{"/poll close", "/poll close|"},
                                         Line{"/poll close now", "/poll close|now"},
                                         Line{"/poll  \t close now", "/poll close|now"},
                                         Line{"/poll closed", "/poll|closed"}, Line{"/poll", "/poll|"},
                                         Line{"/poll open", "/poll|open"}, Line{"/a b c d e", "/a b c d|e"},
                                         Line{"/a b c", "?"}));

INSTANTIATE_TEST_SUITE_P(Case, Matching,
                         testing::Values(Line{"/DICE 2", "/dice|2"}, Line{"/Poll CLOSE", "/poll close|"},
                                         Line{"/remind-me x", "/Remind-Me|x"}, Line{"/CAF\xC3\xA9", "/caf\xC3\xA9|"},
                                         Line{"/CAF\xC3\x89", "?"}));

INSTANTIATE_TEST_SUITE_P(Chinese, Matching,
                         testing::Values(Line{"/天气 北京", "/weather|北京"}, Line{"/天气北京", "/weather|北京"},
                                         Line{"／天气　北京", "/weather|北京"}, Line{"、天气北京", "/weather|北京"},
                                         Line{"/天气预报北京", "/天气预报|北京"}, Line{"/天气预", "/weather|预"},
                                         Line{"/骰子2d6", "/dice|2d6"}, Line{"／ｄｉｃｅ　２", "/dice|２"},
                                         Line{"/天", "?"}, Line{"/dice北京", "?"}));

INSTANTIATE_TEST_SUITE_P(Composed, Matching,
                         testing::Values(Line{"/caf\xC3\xA9 noir", "/caf\xC3\xA9|noir"},
                                         Line{"/cafe\xCC\x81 noir", "/caf\xC3\xA9|noir"}, Line{"/cafe noir", "?"}));

INSTANTIATE_TEST_SUITE_P(Qualified, Matching,
                         testing::Values(Line{"/dice:dice 2", "/dice|2"}, Line{"/Poll:Poll close x", "/poll close|x"},
                                         Line{"/weather:天气北京", "/weather|北京"},
                                         Line{"/forecast:天气预报", "/天气预报|"}, Line{"/poll:dice", "?"},
                                         Line{"/:dice", "?"}, Line{"/riposte:help", "/help|"}));

INSTANTIATE_TEST_SUITE_P(Broken, Matching,
                         testing::Values(Line{"", "?"}, Line{"\xFF\xFF", "?"}, Line{"/\xFF", "?"},
                                         Line{"/dice \xFF", "/dice|\xFF"}));

TEST(Catalogue, AlwaysHasHelp) {
    const Catalogue empty;
    EXPECT_EQ(empty.match("/help dice")->command->prefix, "/help");
    EXPECT_EQ(empty.match("/帮助")->command->prefix, "/help");
    EXPECT_EQ(empty.version(), 0u);
    EXPECT_EQ(catalogue().version(), 7u);
}

TEST(Catalogue, AVeryLongLineIsSearchedAtItsBeginningOnly) {
    EXPECT_EQ(matched("/poll " + std::string(100'000, 'x')).substr(0, 6), "/poll|");
    EXPECT_EQ(matched("/" + std::string(100'000, 'x')), "?");
    std::string han = "/天气";
    for (int i = 0; i < 10'000; ++i) han += "天";
    EXPECT_EQ(matched(han).substr(0, 9), "/weather|");
}

TEST(Catalogue, ASlipIsAnsweredWithTheClosestNames) {
    const auto all = catalogue();
    const auto problem = all.match("/dcie 2d6").error();
    EXPECT_EQ(problem.code, ErrorCode::UnknownCommand);
    EXPECT_THAT(problem.suggestions, ElementsAre("/dice"));
    EXPECT_THAT(problem.detail, HasSubstr("/dcie"));
    EXPECT_THAT(all.match("/天汽 北京").error().suggestions, ElementsAre("/天气"));
    EXPECT_THAT(all.match("/zzzzzz").error().suggestions, IsEmpty());
}

TEST(LineKind, TellsCommandsFromTextAndEscapes) {
    for (const auto* line : {"/dice", "／dice", "、天气", "/", "/ x"})
        EXPECT_EQ(line_kind(line), LineKind::Command) << line;
    for (const auto* line : {"//x", "／／x", "/／x", "、、"})
        EXPECT_EQ(line_kind(line), LineKind::EscapedSlash) << line;
    for (const auto* line : {"", "dice", " /dice", "\\/x"}) EXPECT_EQ(line_kind(line), LineKind::Plain) << line;
    EXPECT_EQ(without_escape("//usr/bin"), "/usr/bin");
    EXPECT_EQ(without_escape("／／x"), "／x");
}

TEST(Prefix, IsOneSlashAndUpToFourWords) {
    for (const auto* good : {"/a", "/dice", "/poll close", "/天气", "/a b c d", "/Remind-Me_2", "/caf\xC3\xA9"})
        EXPECT_EQ(invalid_prefix(good), "") << good;
    for (const auto* wrong : {"", "dice", "/", "//dice", "/dice ", "/ dice", "/a  b", "/a b c d e", "/a:b", "/a.b",
                              "/🎲", "/help", "/HELP", "/帮助", "/a\tb", "/\xFF"})
        EXPECT_NE(invalid_prefix(wrong), "") << wrong;
    EXPECT_NE(invalid_prefix("/" + std::string(64, 'a')), "");
}

TEST(CatalogueJson, SaysWhatTheProtocolHas) {
    auto dice = declare("dice", "/dice", {"/骰子"}, {option("sides", OptionType::Integer)});
    dice.options[0].minimum = 2;
    dice.options[0].otherwise = "6";
    dice.summary.others["zh-CN"] = "掷骰子";
    const auto json = to_json(Catalogue({dice}, 3), "zh-CN");
    EXPECT_THAT(json, HasSubstr(R"({"version":3,"commands":[{"prefix":"/help",)"));
    EXPECT_THAT(
        json,
        HasSubstr(
            R"({"prefix":"/dice","aliases":["/骰子"],"summary":"掷骰子","usage":"/dice [sides=6]","plugin":"dice",)"
            R"("audience":"anyone","visibility":"room","options":[{"name":"sides","type":"integer","required":false,"summary":"",)"
            R"("choices":[],"minimum":2,"maximum":null,"default":"6","rest":false,"suggests":false}]})"));
}

}  // namespace
}  // namespace riposte
