// What plugin.hpp makes of a class: its declarations as the ABI has them, and what its methods do.
#include <riposte/testing.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace {

using namespace std::chrono_literals;
using riposte::testing::Host;
using riposte::testing::Outcome;
using riposte::testing::Refused;
using riposte::testing::Result;
using ::testing::ElementsAre;

const riposte_plugin& declared() { return *riposte_plugin_entry.plugin; }

const riposte_command& command(std::string_view prefix) {
    for (const riposte_command* const* each = declared().commands; *each; ++each)
        if ((*each)->prefix == prefix) return **each;
    throw std::runtime_error("no such command");
}

struct Sample : ::testing::Test {
    Host host{riposte_plugin_entry, {{"name", "Ann"}, {"words", "a"}, {"words", "b"}}};
};

TEST(Declaration, SaysWhatTheClassSays) {
    EXPECT_STREQ(declared().id, "sample");
    EXPECT_STREQ(declared().version, "1.2.3");
    EXPECT_STREQ(declared().title, "Sample");
    EXPECT_STREQ(declared().translations[0].language, "zh");
    EXPECT_STREQ(declared().translations[0].text, "什么都用");
    EXPECT_EQ(declared().translations[1].language, nullptr);
    EXPECT_EQ(declared().struct_size, sizeof(riposte_plugin));
    EXPECT_EQ(declared().permissions, std::uint32_t(RIPOSTE_PERMISSION_HEAR) | RIPOSTE_PERMISSION_POST);
    EXPECT_EQ(declared().calls_at_once, 3u);
    EXPECT_EQ(declared().state_schema, 3u);
    EXPECT_EQ(declared().data_schema, 5u);
    EXPECT_STREQ(declared().read_paths[1], "$words");
    EXPECT_EQ(declared().read_paths[2], nullptr);
}

TEST(Declaration, HasCommandsWithTheirOptions) {
    const riposte_command& greet = command("/greet");
    EXPECT_STREQ(greet.aliases[0], "/问候");
    EXPECT_EQ(greet.aliases[1], nullptr);
    EXPECT_EQ(greet.options[0]->type, RIPOSTE_USER);
    EXPECT_EQ(greet.options[0]->flags, RIPOSTE_REQUIRED);
    EXPECT_EQ(greet.options[1], nullptr);
    EXPECT_EQ(command("/words").options[0]->flags, std::uint32_t(RIPOSTE_REQUIRED) | RIPOSTE_REST);
    EXPECT_EQ(command("/load").options[0]->flags, RIPOSTE_SUGGESTS);
    EXPECT_EQ(command("/whisper").visibility, RIPOSTE_VISIBLE_TO_AUTHOR);
    EXPECT_EQ(command("/announce").audience, RIPOSTE_MODERATOR);
}

TEST(Declaration, HasSettingsWithTheirDefaults) {
    const riposte_setting& limit = *declared().settings[1];
    EXPECT_STREQ(limit.name, "limit");
    EXPECT_EQ(limit.flags, RIPOSTE_HAS_MINIMUM);
    EXPECT_EQ(limit.minimum, 1);
    EXPECT_STREQ(limit.otherwise, "10");
    EXPECT_STREQ(declared().settings[4]->otherwise, "90s");
    EXPECT_EQ(declared().settings[5]->type, RIPOSTE_SECRET);
}

TEST_F(Sample, AnswersInTheLanguageOfTheUser) {
    EXPECT_EQ(host.says("alice", "/greet @bob", "office").text(), "Hello bob from alice in office");
    host.person("李雷").locale = "zh-CN";
    EXPECT_EQ(host.says("李雷", "/问候bob").text(), "你好 bob from 李雷 in lobby");
}

TEST_F(Sample, ReadsItsSettings) { EXPECT_EQ(host.says("alice", "/settings").text(), "Ann 10 a,b, quiet 90 no key"); }

TEST_F(Sample, StreamsGrowAndAreStoredOnce) {
    const Result result = host.says("alice", "/words abc");
    ASSERT_EQ(result.replies.size(), 1u);
    EXPECT_EQ(result.replies[0].text, "abc");
    EXPECT_THAT(result.replies[0].chunks, ElementsAre("a", "b", "c"));
}

TEST_F(Sample, StreamsStopWhenTheUserCancels) {
    host.cancel_next_after(5s);
    const Result result = host.says("alice", "/words abcdef");
    EXPECT_EQ(result.outcome, Outcome::Cancelled);
    EXPECT_EQ(result.text(), "ab");
}

TEST_F(Sample, EditsItsReply) {
    const Result result = host.says("alice", "/correct");
    EXPECT_EQ(result.text(), "wrong");
    EXPECT_THAT(result.replies[0].edits, ElementsAre("wrogn"));
}

TEST_F(Sample, SomeAnswersAreForTheAuthorOnly) {
    EXPECT_TRUE(host.says("alice", "/whisper").replies.at(0).ephemeral);
    const Result aside = host.says("alice", "/aside");
    EXPECT_FALSE(aside.replies.at(0).ephemeral);
    EXPECT_TRUE(aside.replies.at(1).ephemeral);
}

TEST_F(Sample, WritesAreKeptIfTheCallIsDone) {
    EXPECT_EQ(host.says("alice", "/save tea green").text(), "green");
    EXPECT_EQ(host.says("alice", "/load tea").text(), "green");
    EXPECT_EQ(host.says("alice", "/load").text(), "tea");
}

TEST_F(Sample, WritesAreDroppedIfTheCallFails) {
    const Result failed = host.says("alice", "/save tea green yes");
    EXPECT_EQ(failed.outcome, Outcome::Failed);
    EXPECT_EQ(failed.reason, "after the write");
    EXPECT_EQ(failed.text(), "green");  // it saw its own write
    EXPECT_EQ(host.says("alice", "/load tea").text(), "none");
}

TEST_F(Sample, AnExceptionFailsTheCallWithItsText) {
    EXPECT_EQ(host.says("alice", "/throw").reason, "thrown");
    EXPECT_EQ(host.says("alice", "/throw yes").reason, "an exception that is no std::exception");
    EXPECT_TRUE(host.says("alice", "/nothing").done());
}

TEST_F(Sample, AnAnswerAboveTheLimitFailsTheCall) {
    EXPECT_TRUE(host.says("alice", "/large 16384").done());
    EXPECT_EQ(host.says("alice", "/large 16385").reason, "reply: too large");
}

TEST_F(Sample, APendingCallIsAnsweredFromAThread) { EXPECT_EQ(host.says("alice", "/later").text(), "later"); }

TEST_F(Sample, TimersFireWhenTheirTimeHasCome) {
    EXPECT_TRUE(host.says("alice", "/remind 10m tea").done());
    EXPECT_TRUE(host.advance(9min).empty());
    const auto fired = host.advance(2min);
    ASSERT_EQ(fired.size(), 1u);
    EXPECT_EQ(fired[0].text(), "alice: tea");
    EXPECT_TRUE(host.advance(24h).empty());
}

TEST_F(Sample, TimersSurviveARestartAndSayThatTheyAreLate) {
    host.says("alice", "/remind 10m tea");
    const auto fired = host.restart(1h);
    ASSERT_EQ(fired.size(), 1u);
    EXPECT_EQ(fired[0].text(), "alice: tea (late)");
}

TEST_F(Sample, HearsWhatItAskedFor) {
    EXPECT_EQ(host.says("alice", "a cup of tea?").text(), "heard 7");
    EXPECT_EQ(host.says("alice", "a cup of coffee?").text(), "");
}

TEST_F(Sample, SuggestsValues) {
    host.says("alice", "/save tea green");
    host.says("alice", "/save toast dry");
    EXPECT_THAT(host.suggestions("alice", "/load", "key", "te"), ElementsAre("tea"));
}

TEST_F(Sample, PostsWhereNobodyAsked) {
    EXPECT_EQ(host.says("alice", "/announce office hello all").outcome, Outcome::Rejected);
    host.person("alice").role = RIPOSTE_ROLE_OWNER;
    EXPECT_TRUE(host.says("alice", "/announce office hello all").done());
    ASSERT_EQ(host.posts().size(), 1u);
    EXPECT_EQ(host.posts()[0].room, "office");
    EXPECT_EQ(host.posts()[0].text, "hello all");
}

TEST_F(Sample, ForgetsAPersonOnRequest) {
    host.says("alice", "/nothing");
    host.forget("alice");
    EXPECT_EQ(host.store().at("forgotten"), "alice 1");
}

TEST_F(Sample, KeepsCountingAcrossASwapAndARestart) {
    EXPECT_EQ(host.says("alice", "/count").text(), "1");
    host.swap(riposte::testing::Library(riposte_plugin_entry));
    EXPECT_EQ(host.says("alice", "/count").text(), "2");
    host.restart();
    EXPECT_EQ(host.says("alice", "/count").text(), "3");
}

TEST(Start, IsRefusedWithTheTextOfTheException) {
    try {
        Host host(riposte_plugin_entry, {{"name", "nobody"}});
        FAIL() << "it started";
    } catch (const Refused& refused) {
        EXPECT_STREQ(refused.what(), "nobody is no name");
    }
}

TEST(Start, NeedsTheRequiredSettings) {
    EXPECT_THROW(Host(riposte_plugin_entry, {}), Refused);
    EXPECT_THROW(Host(riposte_plugin_entry, {{"name", "Ann"}, {"limit", "0"}}), Refused);
}

}  // namespace
