// What plugins say unasked in rooms, and what they hear there.
#include "loader/guest/pattern.hpp"
#include "unit/loader/world.hpp"

#include <riposte/plugin.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string status(riposte_status status) { return std::to_string(status); }

/// Every story is told twice: in a worker and in a thread of the host.
class PluginInRooms : public ::testing::TestWithParam<Isolation> {
protected:
    PluginInRooms() { world.options.isolation = GetParam(); }
    void host(const char* plugin, std::vector<std::string> grants) {
        PluginRecord record;
        record.id = plugin;
        record.grants = std::move(grants);
        world.services.records[plugin] = record;
        world.install(plugin);
        world.start();
    }
    World world;
};
INSTANTIATE_TEST_SUITE_P(In, PluginInRooms, ::testing::Values(Isolation::Worker, Isolation::InProcess),
                         [](const auto& info) { return info.param == Isolation::Worker ? "Worker" : "Process"; });

TEST_P(PluginInRooms, PostsOnceASecondAndRoomWhatFits) {
    host("herald", {"post"});
    EXPECT_EQ(world.asks("/herald start x"), status(RIPOSTE_DENIED)) << "before start() has returned";
    EXPECT_EQ(world.asks("/herald tea hello"), status(RIPOSTE_OK));
    EXPECT_EQ(world.asks("/herald tea again"), status(RIPOSTE_BUSY));
    EXPECT_EQ(world.asks("/herald coffee hello"), status(RIPOSTE_OK)) << "another room has a second of its own";
    EXPECT_EQ(world.asks("/herald milk large"), status(RIPOSTE_TOO_LARGE));
    EXPECT_THAT(world.services.unasked, ElementsAre("herald in tea: hello", "herald in coffee: hello"));
    std::this_thread::sleep_for(1100ms);
    EXPECT_EQ(world.asks("/herald tea later"), status(RIPOSTE_OK));
}

TEST_P(PluginInRooms, IsToldWhyAPostIsRefused) {
    host("herald", {"post"});
    int room = 0;
    for (const auto& [code, expected] :
         {std::pair(ErrorCode::NotFound, RIPOSTE_NOT_FOUND), std::pair(ErrorCode::NotAllowed, RIPOSTE_DENIED),
          std::pair(ErrorCode::RoomClosed, RIPOSTE_DENIED), std::pair(ErrorCode::Overloaded, RIPOSTE_BUSY),
          std::pair(ErrorCode::Internal, RIPOSTE_FAILED)}) {
        world.services.refuses_posts = code;
        EXPECT_EQ(world.asks("/herald room-" + std::to_string(++room) + " hello"), status(expected));
    }
}

TEST_P(PluginInRooms, PostsNothingWithoutHavingAskedForIt) {
    host("mute", {"post"});
    EXPECT_EQ(world.asks("/mute tea hello"), status(RIPOSTE_DENIED));
    EXPECT_THAT(world.services.unasked, IsEmpty());
}

TEST_P(PluginInRooms, HearsWhatMatches) {
    host("listener", {"hear"});
    world.chats("listener", "who wants tea?", "bob");
    world.chats("listener", "coffee!");
    world.chats("listener", "我要喝茶");
    EXPECT_THAT(world.answers_to_heard(2), ElementsAre("7 bob: who wants tea?", "7 alice: 我要喝茶"));
    EXPECT_EQ(world.asks("/listen 3"), status(RIPOSTE_OK)) << "an empty pattern is every message";
    world.chats("listener", "more tea, or coffee");
    EXPECT_EQ(world.answers_to_heard(3).back(), "3 alice: more tea, or coffee") << "the lowest number comes";
    world.chats("listener", "tea alone");
    EXPECT_EQ(world.answers_to_heard(4).back(), "alone: " + status(RIPOSTE_NOT_SUPPORTED));
    EXPECT_EQ(world.plugin("listener").unheard, 0);
}

TEST_P(PluginInRooms, IsToldWhatIsNoPattern) {
    host("listener", {"hear"});
    for (const auto* wrong : {"(", "[", "*a", "(a)\\1", "(?=a)b", "a(?!b)", "a)|(b"})
        EXPECT_EQ(world.asks(std::string("/listen 1 ") + wrong), status(RIPOSTE_INVALID)) << wrong;
    EXPECT_EQ(world.asks("/listen 1 long"), status(RIPOSTE_TOO_LARGE));
    for (int i = 8; i < 7 + RIPOSTE_MAX_HEARINGS; ++i)
        EXPECT_EQ(world.asks("/listen " + std::to_string(i) + " x"), status(RIPOSTE_OK));
    EXPECT_EQ(world.asks("/listen 99 x"), status(RIPOSTE_TOO_MANY));
    EXPECT_EQ(world.asks("/listen 8 y"), status(RIPOSTE_OK)) << "the same number again replaces the pattern";
}

TEST_P(PluginInRooms, MissesWhatItHasNoTimeForAndAnswersCommandsMeanwhile) {
    world.options.queue = 4;
    host("listener", {"hear"});
    world.chats("listener", "slow tea");
    for (int i = 0; i < 20; ++i) world.chats("listener", "tea " + std::to_string(i), "bob");
    EXPECT_EQ(world.asks("/listen 9 x", "carol"), status(RIPOSTE_OK));
    EXPECT_TRUE(world.becomes("listener", [](const PluginView& view) { return view.unheard >= 10; }));
    const auto answers = world.answers_to_heard(2);
    EXPECT_GE(answers.size(), 2U);
    EXPECT_LE(answers.size(), 11U);
}

TEST_P(PluginInRooms, HearsNothingWithoutThePermission) {
    host("herald", {"post"});
    world.chats("herald", "tea");
    EXPECT_EQ(world.asks("/herald tea x"), status(RIPOSTE_OK));
    EXPECT_THAT(world.services.heard, IsEmpty());
    EXPECT_EQ(world.plugin("herald").unheard, 0);
}

TEST(PluginInRoomsOfAWorker, HearsAgainAfterItDied) {
    World world;
    PluginRecord record;
    record.id = "listener";
    record.grants = {"hear"};
    world.services.records["listener"] = record;
    world.install("listener");
    world.start();
    world.chats("listener", "die of tea");
    EXPECT_THAT(world.answers_to_heard(1), IsEmpty());
    EXPECT_TRUE(world.becomes("listener", [](const PluginView& view) { return view.serving; }));
    world.chats("listener", "tea at last");
    EXPECT_THAT(world.answers_to_heard(2), ElementsAre("7 alice: tea at last"));
}

TEST(Pattern, LooksAnywhereOnCodePoints) {
    const auto pattern = guest::Pattern::compiled("^[茶水]\\d{2}$|ab+c");
    ASSERT_TRUE(pattern);
    for (const auto* text : {"茶12", "水34", "xxabbbcxx", "line\nabc"}) EXPECT_TRUE(pattern->is_in(text)) << text;
    for (const auto* text : {"", "茶1", "x茶12", "ac", "酒12"}) EXPECT_FALSE(pattern->is_in(text)) << text;
}

// Breaks when the engine goes back (exponential), begins anew at each character (square), or recurses with the text.
TEST(Pattern, TakesItsTimeWithTheLengthOfTheTextOnly) {
    const std::string text(16 << 10, 'a');
    for (const auto* hostile : {"(a+)+b", "(a|aa)+b", "(.*)(.*)(.*)b", "a*a*a*a*a*a*b"}) {
        const auto pattern = guest::Pattern::compiled(hostile);
        ASSERT_TRUE(pattern) << hostile;
        const auto began = std::chrono::steady_clock::now();
        EXPECT_FALSE(pattern->is_in(text)) << hostile;
        EXPECT_LT(std::chrono::steady_clock::now() - began, 2s) << hostile;
    }
}

}  // namespace
}  // namespace riposte::test
