#include "config/keys.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <sstream>

namespace riposte {
namespace {

TEST(ConfigurationReference, ThePageIsWhatTheTableSays) {
    const std::string file = RIPOSTE_SOURCE "/docs/reference/configuration.md";
    std::ifstream in(file);
    std::ostringstream page;
    page << in.rdbuf();
    EXPECT_TRUE(page.str() == reference_page()) << "make it again: riposte config reference > " << file;
}

TEST(ConfigurationReference, NamesAndVariablesAreUniqueAndHaveHelp) {
    std::set<std::string> names, variables;
    for (const auto& key : keys()) {
        EXPECT_TRUE(names.emplace(key.name).second) << key.name;
        EXPECT_TRUE(variables.insert(environment_name(key.name)).second) << key.name;
        EXPECT_FALSE(key.help.empty()) << key.name;
        EXPECT_NE(key.help.back(), '.') << key.name;
        EXPECT_EQ(key.help.find('|'), std::string_view::npos) << key.name;
    }
}

TEST(ConfigurationReference, EachKeyHasAMemberOfItsOwn) {
    Config config;
    std::set<const void*> members;
    for (const auto& key : keys())
        std::visit([&](auto member) { EXPECT_TRUE(members.insert(&member(config)).second) << key.name; }, key.slot);
}

TEST(ConfigurationReference, VariablesAreNamedAfterKeys) {
    EXPECT_EQ(environment_name("http.public_url"), "RIPOSTE_HTTP__PUBLIC_URL");
}

}  // namespace
}  // namespace riposte
