#include "loader/crash_place.hpp"

#include <gtest/gtest.h>

namespace riposte {
namespace {

const std::string absent = "/nowhere/plugin.so";

TEST(CrashPlace, IsTheFirstFunctionOfThePluginOnTheStackOfTheLastCrash) {
    EXPECT_EQ(crash_place({"died of SIGABRT", "  at Old::one()+0x1 in the plugin+0x10", "hello",
                           "died of SIGSEGV, touching 0x0", "  at strlen+0x5 in libc.so.6+0x1234",
                           "  at Weather::now(riposte::Invocation)+0x18 in the plugin+0x1a2b",
                           "  at Weather::other()+0x1 in the plugin+0x99", "  build-id 00"},
                          absent),
              "Weather::now");
}

TEST(CrashPlace, HasTheLineThatTheSymboliserKnows) {
    const std::vector<std::string> log{"died of SIGSEGV", "  at the plugin+0x1a2b", "  build-id 00"};
    std::uint64_t asked = 0;
    const auto answer = [&](const std::string& text) {
        return crash_place(log, absent, [&](const auto&, std::uint64_t address) {
            asked = address;
            return text;
        });
    };
    EXPECT_EQ(answer("a::(anonymous namespace)::now(int)\n/src/weather.cpp:18 (discriminator 3)\n"),
              "a::(anonymous namespace)::now, weather.cpp:18");
    EXPECT_EQ(asked, 0x1a2bu);
    EXPECT_EQ(answer("Weather::now()\n??:?\n"), "Weather::now");
    EXPECT_EQ(answer("??\n??:0\n"), "");
}

TEST(CrashPlace, IsUnknownWithoutAReportOrAFunctionOfThePlugin) {
    EXPECT_EQ(crash_place({}, absent), "");
    EXPECT_EQ(crash_place({"died of SIGSEGV", "  at strlen+0x5 in libc.so.6+0x1234"}, absent), "");
    EXPECT_EQ(crash_place({"  at Weather::now()+0x18 in the plugin+0x1a2b"}, absent), "");
    EXPECT_EQ(crash_place({"died of SIGSEGV", "  at the plugin+0x1a2b"}, absent), "");
}

}  // namespace
}  // namespace riposte
