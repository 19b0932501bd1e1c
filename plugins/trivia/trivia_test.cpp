#include "answers.hpp"
#include "questions.hpp"

#include <riposte/testing.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using namespace std::chrono_literals;
using riposte::testing::Host;
using riposte::testing::Library;
using riposte::testing::Outcome;
using testing::HasSubstr;

/// The question that a text of the bot shows between its last stars.
const Question& question_in(const std::string& text) {
    const Question* found = nullptr;
    for (const Question& question : questions)
        if (text.find("**" + std::string(question.english) + "**") != std::string::npos ||
            text.find("**" + std::string(question.chinese) + "**") != std::string::npos)
            found = &question;
    if (!found) throw std::runtime_error("no question in: " + text);
    return *found;
}

std::string right(const Question& question) { return std::string(accepted(question.answer).front()); }

struct Trivia : testing::Test {
    Host host{RIPOSTE_PLUGIN_FILE};

    std::string answers(const std::string& user, const std::string& shown) {
        return host.says(user, "/trivia answer " + right(question_in(shown))).text();
    }
};

TEST_F(Trivia, TheFirstRightAnswerWinsAndTheNextQuestionComes) {
    const std::string first = host.says("alice", "/trivia 2").text();
    EXPECT_THAT(first, testing::StartsWith("❓ 1/2 — **"));
    const std::string second = answers("bob", first);
    EXPECT_THAT(second, testing::StartsWith("✅ bob: **" + right(question_in(first)) + "**\n\n❓ 2/2 — **"));
    EXPECT_NE(&question_in(first), &question_in(second));
    EXPECT_THAT(answers("alice", second), HasSubstr("🏁 **Result**\n\n1. alice — 1\n2. bob — 1"));
    EXPECT_EQ(host.says("alice", "/trivia answer x").outcome, Outcome::Failed);
}

TEST_F(Trivia, AWrongAnswerIsToldToItsAuthorAlone) {
    host.says("alice", "/trivia");
    const auto result = host.says("bob", "/trivia answer who knows");
    EXPECT_TRUE(result.done());
    EXPECT_TRUE(result.replies.at(0).ephemeral);
}

TEST_F(Trivia, AnswersCountAsPeopleWriteThem) {
    const Question pacific{"", "", "Pacific|Pacific Ocean", "太平洋"};
    for (const char* answer : {"pacific", "The Pacific.", "PACIFIC OCEAN", "太平洋", "太平洋。", "Ｐａｃｉｆｉｃ"})
        EXPECT_TRUE(is_right(pacific, answer)) << answer;
    for (const char* answer : {"", ".", "the", "pacif", "大西洋"}) EXPECT_FALSE(is_right(pacific, answer)) << answer;
    EXPECT_TRUE(is_right({"", "", "1945", "1945年"}, "１９４５ 年"));
}

TEST_F(Trivia, EveryQuestionIsWholeAndAcceptsWhatItShows) {
    std::set<std::string> seen;
    for (const Question& question : questions) {
        EXPECT_TRUE(seen.insert(question.english).second) << question.english;
        for (const char* answers : {question.answer, question.chinese_answer})
            for (const std::string_view answer : accepted(answers)) EXPECT_TRUE(is_right(question, answer)) << answer;
        EXPECT_EQ(std::string(question.english).back(), '?');
        EXPECT_TRUE(std::string_view(question.chinese).ends_with("？"));
        for (const Question& other : questions)
            if (&other != &question && std::string_view(question.chinese) == other.chinese)
                ADD_FAILURE() << other.chinese;
    }
}

TEST_F(Trivia, WhileARoundIsOpenItShowsItsQuestionAgain) {
    const std::string first = host.says("alice", "/trivia").text();
    EXPECT_EQ(host.says("bob", "/trivia").text(), first);
    EXPECT_THAT(host.says("bob", "/trivia", "office").text(), HasSubstr("1/5"));  // another room has its own
}

TEST_F(Trivia, OthersSkipAfterHalfAMinuteAndWhoBeganAtOnce) {
    const std::string first = host.says("alice", "/trivia").text();
    EXPECT_THAT(host.says("bob", "/trivia skip").reason, HasSubstr("half a minute"));
    EXPECT_THAT(host.says("alice", "/trivia skip").text(),
                testing::StartsWith("⏭️ **" + right(question_in(first)) + "**\n\n❓ 2/5"));
    host.advance(30s);
    EXPECT_THAT(host.says("bob", "/trivia skip").text(), HasSubstr("3/5"));
}

TEST_F(Trivia, IsEndedByWhoBeganItOrByAModerator) {
    host.says("alice", "/trivia");
    EXPECT_EQ(host.says("bob", "/trivia stop").outcome, Outcome::Failed);
    host.person("bob").role = RIPOSTE_ROLE_MODERATOR;
    EXPECT_THAT(host.says("bob", "/trivia stop").text(), HasSubstr("Nobody won."));
    EXPECT_EQ(host.says("bob", "/trivia skip").outcome, Outcome::Failed);
}

TEST_F(Trivia, ScoresAddUpOverRounds) {
    EXPECT_THAT(host.says("alice", "/trivia scores").text(), HasSubstr("Nobody"));
    answers("bob", host.says("alice", "/trivia 1").text());
    answers("bob", host.says("alice", "/trivia 1").text());
    answers("alice", host.says("alice", "/trivia 1").text());
    EXPECT_EQ(host.says("alice", "/trivia scores").text(), "🏆 **All rounds**\n\n1. bob — 2\n2. alice — 1");
    EXPECT_THAT(host.says("alice", "/trivia scores", "office").text(), HasSubstr("Nobody"));
}

TEST_F(Trivia, ASwapInTheMiddleKeepsTheRound) {
    const std::string second = answers("bob", host.says("alice", "/trivia 3").text());
    host.swap(Library(RIPOSTE_PLUGIN_FILE));
    const std::string shown = host.says("carol", "/trivia").text();
    EXPECT_THAT(shown, HasSubstr("2/3"));
    EXPECT_EQ(&question_in(shown), &question_in(second));
    const std::string third = answers("bob", shown);
    EXPECT_THAT(answers("carol", third), HasSubstr("1. bob — 2\n2. carol — 1"));
}

TEST_F(Trivia, WhatIsWonIsStoredAtOnceAndARestartKeepsTheRound) {
    const std::string second = answers("bob", host.says("alice", "/trivia 2").text());
    EXPECT_EQ(host.store().at("score/1/2"), "1 bob");
    EXPECT_EQ(host.store().at("open/1"), "1");
    host.restart(1h);
    answers("bob", second);
    EXPECT_EQ(host.store().at("score/1/2"), "2 bob");
    EXPECT_FALSE(host.store().contains("open/1"));
}

TEST_F(Trivia, ForgetsAPerson) {
    const std::string second = answers("bob", host.says("alice", "/trivia 2").text());
    host.forget("bob");
    EXPECT_THAT(host.says("alice", "/trivia scores").text(), HasSubstr("Nobody"));
    EXPECT_THAT(answers("alice", second), testing::EndsWith("1. alice — 1"));
}

TEST_F(Trivia, SpeaksChinese) {
    host.person("李雷").locale = "zh-CN";
    const std::string first = host.says("李雷", "/抢答 1").text();
    EXPECT_THAT(first, HasSubstr("请用 `/抢答 答 …` 回答"));
    const std::string answer(accepted(question_in(first).chinese_answer).front());
    EXPECT_THAT(host.says("李雷", "/抢答 答 " + answer).text(), HasSubstr("✅ 李雷: **" + answer + "**"));
    EXPECT_EQ(host.says("李雷", "/抢答 得分").text(), "🏆 **总得分**\n\n1. 李雷 — 1");
}

}  // namespace
