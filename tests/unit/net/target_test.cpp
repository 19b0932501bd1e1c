#include "net/target.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

class RefusedTarget : public testing::TestWithParam<const char*> {};

TEST_P(RefusedTarget, IsMalformed) {
    const auto target = parse_target(GetParam());
    ASSERT_FALSE(target) << "accepted: " << target->path;
    EXPECT_EQ(target.error().code, ErrorCode::MalformedRequest);
}

INSTANTIATE_TEST_SUITE_P(Target, RefusedTarget,
                         testing::Values("", "rooms", "//evil.example", "/a//b", "/.", "/..", "/a/../b",
                                         "/%2e%2e/etc/passwd", "/%2E./x", "/a%2fb", "/a%2Fb", "/a%5cb", "/a%00b",
                                         "/a%0ab", "/a%7fb", "/%", "/%4", "/%zz", "/%u0041", "/%ff", "/%c0%af",
                                         "/%ed%a0%80", "/?a=%", "/?a=%ff", "/?a=%00", "/?a=1&a=2", "/?a&a"));

TEST(Target, IsDecodedSegmentBySegment) {
    const auto target = parse_target("/api/v1/users/%E5%B0%8F%E6%98%8E/a+b%20c");
    ASSERT_TRUE(target) << target.error().detail;
    EXPECT_EQ(target->path, "/api/v1/users/小明/a+b c");
    EXPECT_THAT(target->segments, ElementsAre("api", "v1", "users", "小明", "a+b c"));
    EXPECT_THAT(target->query, IsEmpty());
}

TEST(Target, KnowsTheRootAndATrailingSlash) {
    EXPECT_THAT(parse_target("/")->segments, IsEmpty());
    EXPECT_EQ(parse_target("/")->path, "/");
    EXPECT_THAT(parse_target("/rooms/")->segments, ElementsAre("rooms", ""));
    EXPECT_EQ(parse_target("/rooms/")->path, "/rooms/");
}

TEST(Target, DecodesTheQuery) {
    const auto target = parse_target("/search?q=%E5%A4%A9+%2B&room=&flag&&x=a=b?c");
    ASSERT_TRUE(target) << target.error().detail;
    EXPECT_THAT(target->query,
                UnorderedElementsAre(Pair("q", "天 +"), Pair("room", ""), Pair("flag", ""), Pair("x", "a=b?c")));
    EXPECT_THAT(parse_target("/search?")->query, IsEmpty());
}

TEST(Target, TakesNoDoubleDecoding) { EXPECT_EQ(parse_target("/%252e%252e")->path, "/%2e%2e"); }

}  // namespace
}  // namespace riposte
