#include "auth/token.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace riposte {
namespace {

TEST(Token, Is256RandomBitsThatFitIntoALink) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto token = make_token();
        EXPECT_EQ(token.size(), 43u);
        EXPECT_TRUE(std::all_of(token.begin(), token.end(), [](unsigned char c) {
            return std::isalnum(c) || c == '-' || c == '_';
        })) << token;
        EXPECT_TRUE(seen.insert(token).second);
    }
}

TEST(Token, OfAScriptIsKnownByItsBeginning) {
    const auto token = make_access_token();
    EXPECT_TRUE(token.starts_with("riposte_")) << token;
    EXPECT_EQ(token.size(), 8u + 43u);
    EXPECT_NE(token, make_access_token());
}

TEST(Token, IsStoredAsBlake2b) {
    EXPECT_EQ(token_hash("abc"), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    EXPECT_NE(token_hash("abc"), token_hash("abd"));
}

}  // namespace
}  // namespace riposte
