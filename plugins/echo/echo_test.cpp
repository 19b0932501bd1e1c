#include <riposte/testing.hpp>

#include <gtest/gtest.h>

namespace {

using riposte::testing::Host;
using riposte::testing::Outcome;

struct Echo : testing::Test {
    Host host{RIPOSTE_PLUGIN_FILE};
};

TEST_F(Echo, SaysItBack) {
    EXPECT_EQ(host.says("alice", "/echo hello  \"world\"").text(), "hello  \"world\"");
    EXPECT_EQ(host.says("alice", "/回声你好").text(), "你好");
}

TEST_F(Echo, NeedsAText) { EXPECT_EQ(host.says("alice", "/echo").reason, "text is missing"); }

TEST_F(Echo, FailsWhereTheHostSaysNo) {
    EXPECT_EQ(host.says("alice", "/echo " + std::string(RIPOSTE_MAX_REPLY + 1, 'x')).outcome, Outcome::Failed);
}

}  // namespace
