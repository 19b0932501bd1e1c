#include "author/fault.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using testing::ElementsAre;

TEST(Fault, TheUsageShowsWhatIsMissing) {
    const Problem problem{.code = ErrorCode::MissingArgument,
                          .detail = "city is missing",
                          .argument = "city",
                          .position = 8,
                          .usage = "/weather <city> [days=1]"};
    EXPECT_THAT(fault_lines("/weather", problem),
                ElementsAre("usage: /weather <city> [days=1]", "                ^ city is missing"));
}

TEST(Fault, ACaretStandsUnderTheCharacterInColumnsOfTheTerminal) {
    Problem problem{
        .code = ErrorCode::BadArgument, .detail = "sides must be 2 to 1000", .argument = "sides", .position = 6};
    EXPECT_THAT(fault_lines("/dice 2000", problem), ElementsAre("      ^ sides must be 2 to 1000"));
    problem.position = 4;
    EXPECT_THAT(fault_lines("/骰子 2000", problem), ElementsAre("      ^ sides must be 2 to 1000"));
}

TEST(Fault, TellsHowACallEnded) {
    EXPECT_THAT(fault_lines("/x", {.code = ErrorCode::Crashed, .detail = "SIGSEGV"}), ElementsAre("crashed: SIGSEGV"));
    EXPECT_THAT(fault_lines("/x", {.code = ErrorCode::PluginFailed, .detail = "no such city"}),
                ElementsAre("no such city"));
    EXPECT_THAT(fault_lines("/x", {.code = ErrorCode::PluginFailed}), ElementsAre("failed"));
    EXPECT_THAT(fault_lines("/x", {.code = ErrorCode::TimedOut}), ElementsAre("timed out"));
    EXPECT_THAT(fault_lines("/x", {.code = ErrorCode::UnknownCommand, .suggestions = {"/y", "/z"}}),
                ElementsAre("unknown command; close to it: /y, /z"));
}

TEST(Fault, WidthsAreThoseOfATerminal) {
    EXPECT_EQ(columns_of("abc"), 3u);
    EXPECT_EQ(columns_of("北京"), 4u);
    EXPECT_EQ(columns_of("🎲"), 2u);
    EXPECT_EQ(columns_of("e\u0301"), 1u);
    EXPECT_EQ(columns_of("／"), 2u);
}

}  // namespace
}  // namespace riposte
