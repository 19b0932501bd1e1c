#include "net/routes.hpp"

#include <gmock/gmock.h>

#include <set>

namespace riposte {
namespace {

using testing::ElementsAre;

TEST(Routes, AreEachThereOnceWithAHandler) {
    std::set<std::pair<Method, std::string_view>> seen;
    for (const auto& route : routes()) {
        EXPECT_TRUE(route.handler) << route.path;
        EXPECT_TRUE(seen.emplace(route.method, route.path).second) << route.path << " twice";
        EXPECT_TRUE(route.path.starts_with("/api/v1/") || route.path.ends_with("z")) << route.path;
    }
}

TEST(Routes, OnlyTheWayInIsOpenToAnyone) {
    std::set<std::string_view> open;
    for (const auto& route : routes())
        if (route.access == Access::Anyone) open.insert(route.path);
    EXPECT_THAT(open, ElementsAre("/api/v1/invites/{token}", "/api/v1/password-resets/{token}", "/api/v1/sessions",
                                  "/api/v1/users", "/healthz", "/readyz"));
}

}  // namespace
}  // namespace riposte
