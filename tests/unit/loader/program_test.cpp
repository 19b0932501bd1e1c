#include "loader/program.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

TEST(Program, GivesBackWhatItWritesAndHowItEnds) {
    const auto result = run_program({"sh", "-c", "echo out; echo err >&2; exit 3"});
    EXPECT_EQ(result.status, 3);
    EXPECT_EQ(result.output, "out\nerr\n");
    EXPECT_EQ(run_program({"sh", "-c", "kill -SEGV $$"}).status, 128 + 11);
}

TEST(Program, SaysWhichIsNotThere) {
    const auto result = run_program({"riposte-has-no-such-program"});
    EXPECT_EQ(result.status, 127);
    EXPECT_THAT(result.output, testing::HasSubstr("riposte-has-no-such-program"));
    EXPECT_FALSE(has_program("riposte-has-no-such-program"));
    EXPECT_TRUE(has_program("sh"));
}

}  // namespace
}  // namespace riposte
