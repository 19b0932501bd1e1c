#include <riposte/testing.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using riposte::testing::Host;
using riposte::testing::Library;
using riposte::testing::Outcome;
using riposte::testing::Refused;
using testing::HasSubstr;

// What kills or blocks a process, or delays its start, is in tests/integration/test_drill.py.
struct Drill : testing::Test {
    Host host{RIPOSTE_PLUGIN_FILE};
    Drill() { host.person("root").administrator = true; }
};

TEST_F(Drill, AFloodEndsWhereTheHostSaysNo) {
    const auto result = host.says("root", "/drill flood");
    EXPECT_EQ(result.outcome, Outcome::Failed);
    EXPECT_EQ(result.replies.size(), std::size_t{RIPOSTE_MAX_REPLIES});
    EXPECT_TRUE(result.replies.at(0).ephemeral);
}

TEST_F(Drill, ALeakAddsUp) {
    host.says("root", "/drill leak 1");
    EXPECT_THAT(host.says("root", "/drill leak 2").text(), HasSubstr("3"));
}

TEST_F(Drill, ABadStateRefusesTheNextSwapOnly) {
    host.says("root", "/drill bad-state");
    EXPECT_THROW(host.swap(Library(RIPOSTE_PLUGIN_FILE)), Refused);
    EXPECT_TRUE(host.says("root", "/drill leak 1").done());
    host.swap(Library(RIPOSTE_PLUGIN_FILE));
}

TEST_F(Drill, IsForOperatorsOnly) { EXPECT_EQ(host.says("alice", "/drill flood").outcome, Outcome::Rejected); }

TEST_F(Drill, AnUnknownFaultIsRejected) { EXPECT_EQ(host.says("root", "/drill sneeze").outcome, Outcome::Rejected); }

}  // namespace
