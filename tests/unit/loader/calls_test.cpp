#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte::test {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

/// Every story is told twice: the same library in a worker and in a thread of the host.
class Calls : public ::testing::TestWithParam<Isolation> {
protected:
    Calls() { world.options.isolation = GetParam(); }
    World world;
};
INSTANTIATE_TEST_SUITE_P(In, Calls, ::testing::Values(Isolation::Worker, Isolation::InProcess), [](const auto& info) {
    return info.param == Isolation::Worker ? "Worker" : "Process";
});

TEST_P(Calls, EchoAnswersInOneTransaction) {
    world.install("echo");
    world.start();
    const auto call = world.says("/echo hello there");
    EXPECT_EQ(world.outcome(call), "done");
    EXPECT_THAT(world.answers(call), ElementsAre("hello there"));
    EXPECT_TRUE(world.services.outcomes[call][0].last_reply) << "a reply before the end is a second transaction";
}

}  // namespace
}  // namespace riposte::test
