#include "cli/table.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace riposte {
namespace {

TEST(Table, ColumnsLineUpTwoBlanksApart) {
    EXPECT_EQ(columns({{"NAME", "GEN", "BY"}, {"dice", "8", "alice, web"}, {"ask", "12", "bundled"}}),
              "NAME  GEN  BY\n"
              "dice  8    alice, web\n"
              "ask   12   bundled\n");
}

TEST(Table, ChineseTakesTwoColumnsACharacter) {
    EXPECT_EQ(columns({{"天气", "a"}, {"1234", "b"}, {"é", "c"}}), "天气  a\n1234  b\né     c\n");
}

TEST(Table, NumbersHaveAUnitAndNoMoreDigitsThanMatter) {
    EXPECT_EQ(duration_text(0), "0 ms");
    EXPECT_EQ(duration_text(0.42), "0.4 ms");
    EXPECT_EQ(duration_text(31.4), "31 ms");
    EXPECT_EQ(duration_text(1500), "1.5 s");
    EXPECT_EQ(size_text(812'000), "812 kB");
    EXPECT_EQ(size_text(6'200'000), "6.2 MB");
    EXPECT_EQ(size_text(38e6), "38 MB");
    EXPECT_EQ(size_text(2.5e9), "2.5 GB");
}

TEST(Table, TimesAreLocal) {
    ::setenv("TZ", "Asia/Shanghai", 1);
    ::tzset();
    EXPECT_EQ(time_text(1764025805000), "2025-11-25 07:10:05");
    ::unsetenv("TZ");
    ::tzset();
}

}  // namespace
}  // namespace riposte
