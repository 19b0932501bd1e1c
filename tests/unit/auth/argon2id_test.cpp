#include "auth/argon2id.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace riposte {
namespace {

using testing::MatchesRegex;

constexpr Argon2idCost cheap_cost{.memory_bytes = 1 << 20, .passes = 2};

/// Resident memory of this process, in bytes.
std::size_t resident() {
    std::ifstream file("/proc/self/statm");
    std::size_t pages = 0;
    file >> pages >> pages;
    return pages * 4096;
}

TEST(Argon2id, IsEncodedAsIsUsual) {
    EXPECT_THAT(argon2id(cheap_cost, "correct horse").value(),
                MatchesRegex(R"(\$argon2id\$v=19\$m=1024,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43})"));
}

TEST(Argon2id, FitsItsPasswordOnly) {
    const auto encoded = argon2id(cheap_cost, "correct horse").value();
    EXPECT_TRUE(argon2id_fits(encoded, "correct horse").value());
    EXPECT_FALSE(argon2id_fits(encoded, "correct hors").value());
    EXPECT_NE(argon2id(cheap_cost, "correct horse").value(), encoded) << "no salt of its own";
}

TEST(Argon2id, KnowsTheHashesOfOtherPrograms) {  // made by crypto_pwhash_str of libsodium 1.0.18
    EXPECT_TRUE(argon2id_fits("$argon2id$v=19$m=65536,t=2,p=1$qKe3rLPDLfb8aPZd8yCN1w$"
                              "438DejGsvVBHXOMe9gn3r1T0ztNeUq0FmK45oyTJdms",
                              "password")
                    .value());
}

TEST(Argon2id, WhatIsNoHashFitsNothing) {
    const auto encoded = argon2id(cheap_cost, "x").value();
    for (std::string broken : {std::string(), std::string("$argon2id$"), encoded.substr(0, encoded.size() - 1),
                               encoded + "A", "$argon2i" + encoded.substr(9), std::string(200, '$')})
        EXPECT_FALSE(argon2id_fits(broken, "x").value()) << broken;
    auto silly = encoded;
    silly.replace(silly.find("m=1024"), 6, "m=99999999999999999999");
    EXPECT_FALSE(argon2id_fits(silly, "x").value());
}

TEST(Argon2id, KeepsItsMemoryUntilItIsTold) {
    constexpr Argon2idCost costly{.memory_bytes = 64 << 20, .passes = 1};
    give_back_argon2id_memory();
    const auto before = resident();
    ASSERT_TRUE(argon2id(costly, "x"));
    EXPECT_GT(resident(), before + (60 << 20)) << "the next hash has to ask the kernel again";
    give_back_argon2id_memory();
    EXPECT_LT(resident(), before + (8 << 20));
}

}  // namespace
}  // namespace riposte
