#include "net/router.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Route few[] = {
    {Method::Get, "/rooms", Access::User, nullptr},
    {Method::Post, "/rooms", Access::User, nullptr},
    {Method::Get, "/rooms/{uri}", Access::User, nullptr},
    {Method::Delete, "/rooms/{uri}/members/{user}", Access::User, nullptr},
};

TEST(Router, FindsARouteAndItsParameters) {
    const auto match = find_route(few, Method::Delete, {"rooms", "tea", "members", "小明"});
    ASSERT_TRUE(match.route);
    EXPECT_EQ(match.route->path, "/rooms/{uri}/members/{user}");
    EXPECT_THAT(match.parameters, ElementsAre("tea", "小明"));
}

TEST(Router, HeadIsGetWithoutBody) { EXPECT_EQ(find_route(few, Method::Head, {"rooms"}).route, &few[0]); }

TEST(Router, TellsAWrongMethodFromAWrongAddress) {
    const auto wrong_method = find_route(few, Method::Put, {"rooms"});
    EXPECT_FALSE(wrong_method.route);
    EXPECT_EQ(wrong_method.allow, "GET, HEAD, POST");
    for (const auto& segments :
         std::vector<std::vector<std::string>>{{}, {"room"}, {"rooms", ""}, {"rooms", "a", "b"}, {"Rooms"}})
        EXPECT_THAT(find_route(few, Method::Get, segments).allow, IsEmpty());
}

}  // namespace
}  // namespace riposte
