#include "commands/suggestions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Suggestions, CountsSlips) {
    EXPECT_EQ(slips_between("/dice", "/dice"), 0u);
    EXPECT_EQ(slips_between("/dcie", "/dice"), 1u);
    EXPECT_EQ(slips_between("/dic", "/dice"), 1u);
    EXPECT_EQ(slips_between("/diice", "/dice"), 1u);
    EXPECT_EQ(slips_between("/天汽", "/天气"), 1u);
    EXPECT_EQ(slips_between("", "abc"), 3u);
}

TEST(Suggestions, FindsTheNearest) {
    const Suggestions all({"/dice", "/poll", "/poll close", "/poll show", "/weather", "/remind", "/天气", "/go"});
    EXPECT_THAT(all.closest("/dcie"), ElementsAre("/dice"));
    EXPECT_THAT(all.closest("/wether tomorrow"), ElementsAre("/weather"));
    EXPECT_THAT(all.closest("/remnid"), ElementsAre("/remind"));
    EXPECT_THAT(all.closest("/天七"), ElementsAre("/天气"));
    EXPECT_THAT(all.closest("/poll clsoe"), testing::Contains("/poll close"));
    EXPECT_THAT(all.closest("/we"), ElementsAre("/weather"));
    EXPECT_THAT(all.closest("/xy"), IsEmpty());
    EXPECT_THAT(all.closest("/"), IsEmpty());
    EXPECT_THAT(all.closest(""), IsEmpty());
    EXPECT_THAT(Suggestions().closest("/dice"), IsEmpty());
}

TEST(Suggestions, AreAtMostThree) {
    EXPECT_EQ(Suggestions({"/abc1", "/abc2", "/abc3", "/abc4", "/abc5"}).closest("/abc").size(), 3u);
}

}  // namespace
}  // namespace riposte
