#include <riposte/testing.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <string>

namespace {

using riposte::testing::Host;
using riposte::testing::Outcome;

struct Dice : testing::Test {
    Host host{RIPOSTE_PLUGIN_FILE};

    /// The sum that "… = **9**" or "**4**" shows.
    int total(const std::string& line) {
        const std::string text = host.says("alice", line).text();
        std::smatch match;
        return std::regex_search(text, match, std::regex(R"(\*\*(-?\d+)\*\*$)")) ? std::stoi(match[1]) : -1000;
    }
};

TEST_F(Dice, OneDieShowsItsSide) {
    for (const char* line : {"/dice", "/dice 6", "/dice d6", "/dice 1d6", "/骰子6"}) {
        EXPECT_THAT(host.says("alice", line).text(), testing::MatchesRegex("🎲 \\*\\*[1-6]\\*\\*")) << line;
    }
}

TEST_F(Dice, SeveralDiceShowEachAndTheirSum) {
    const std::string text = host.says("alice", "/dice 2d6+1").text();
    std::smatch match;
    ASSERT_TRUE(std::regex_match(text, match, std::regex(R"(🎲 2d6\+1: ([1-6]) \+ ([1-6]) \+ 1 = \*\*(\d+)\*\*)")))
        << text;
    EXPECT_EQ(std::stoi(match[3]), std::stoi(match[1]) + std::stoi(match[2]) + 1);
}

TEST_F(Dice, EverySideComesUpAboutAsOften) {
    std::map<int, int> seen;
    for (int i = 0; i < 1200; ++i) ++seen[total("/dice 6")];
    ASSERT_EQ(seen.size(), 6u);
    EXPECT_EQ(seen.begin()->first, 1);
    // 200 each are expected; below 120 by chance once in 10^10 runs.
    for (const auto& [side, count] : seen) EXPECT_GT(count, 120) << side;
}

TEST_F(Dice, ABonusMayTakeAway) {
    for (int i = 0; i < 50; ++i) {
        const int sum = total("/dice 1d4-10");
        EXPECT_GE(sum, -9);
        EXPECT_LE(sum, -6);
    }
}

TEST_F(Dice, NonsenseIsExplainedInTheLanguageOfTheUser) {
    for (const char* line : {"/dice x", "/dice d", "/dice 0d6", "/dice 101d6", "/dice 1d1", "/dice 1d1001",
                             "/dice 2d6+", "/dice 2d6x", "/dice 99999d6", "/dice -1"}) {
        const auto result = host.says("alice", line);
        EXPECT_EQ(result.outcome, Outcome::Failed) << line;
        EXPECT_THAT(result.reason, testing::HasSubstr("2d6+1")) << line;
    }
    host.person("李雷").locale = "zh-CN";
    EXPECT_THAT(host.says("李雷", "/dice x").reason, testing::HasSubstr("骰子写作"));
}

TEST_F(Dice, TheLargestRollFitsAReply) { EXPECT_TRUE(host.says("alice", "/dice 100d1000-9999").done()); }

}  // namespace
