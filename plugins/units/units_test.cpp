#include "conversion.hpp"

#include <riposte/testing.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace {

using riposte::testing::Host;
using riposte::testing::Outcome;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

struct Units : testing::Test {
    Host host{RIPOSTE_PLUGIN_FILE};
    Units() { host.person("李雷").locale = "zh-CN"; }

    std::string says(const std::string& line) { return host.says("alice", line).text(); }
    std::string reason(const std::string& line) { return host.says("alice", line).reason; }
};

TEST_F(Units, ConvertsEachQuantity) {
    const std::pair<const char*, const char*> cases[] = {
        {"/convert 3 km mile", "3 km = **1.86411 mile**"},
        {"/convert 1 mile m", "1 mile = **1609.34 m**"},
        {"/convert 5 feet cm", "5 ft = **152.4 cm**"},
        {"/convert 70 kg lb", "70 kg = **154.324 lb**"},
        {"/convert 1 jin g", "1 jin = **500 g**"},
        {"/convert 1 gallon l", "1 gal = **3.78541 l**"},
        {"/convert 2 cups ml", "2 cup = **473.176 ml**"},
        {"/convert 1 mu m2", "1 mu = **666.667 m2**"},
        {"/convert 1 ha acres", "1 ha = **2.47105 acre**"},
        {"/convert 100 km/h mph", "100 km/h = **62.1371 mph**"},
        {"/convert 36 km/h m/s", "36 km/h = **10 m/s**"},
        {"/convert 100 C F", "100 °C = **212 °F**"},
        {"/convert -40 F celsius", "-40 °F = **-40 °C**"},
        {"/convert 0 K C", "0 K = **-273.15 °C**"},
        {"/convert 1.5 h min", "1.5 h = **90 min**"},
        {"/convert 1 week hours", "1 week = **168 h**"},
        {"/convert 1 GiB MB", "1 GiB = **1073.74 MB**"},
        {"/convert 1 TB GiB", "1 TB = **931.323 GiB**"},
        {"/convert 8 Mb MB", "8 Mbit = **1 MB**"},
        {"/convert 1 ly km", "1 ly = **9460730472581 km**"},
        {"/convert 1 nm ly", "1 nm = **1.057e-25 ly**"},
        {"/convert 0 km m", "0 km = **0 m**"},
        {"/convert 5 km km", "5 km = **5 km**"},
    };
    for (const auto& [line, answer] : cases) EXPECT_EQ(says(line), answer) << line;
}

TEST_F(Units, SpeaksChinese) {
    EXPECT_EQ(host.says("李雷", "/换算 3 公里 英里").text(), "3 公里 = **1.86411 英里**");
    EXPECT_EQ(host.says("李雷", "/换算 2 斤 kg").text(), "2 斤 = **1 公斤**");
    EXPECT_THAT(host.says("李雷", "/换算 3 公里 公斤").reason,
                testing::StartsWith("公里是长度单位，公斤是质量单位。与公里同类的有：米、公里、厘米"));
    EXPECT_EQ(host.says("李雷", "/换算 3 公理 英里").reason, "没有单位“公理”。你是指公尺、公里、公分？");
    EXPECT_THAT(host.says("李雷", "/单位 温度").text(), "**温度** — 摄氏度、华氏度、开尔文");
}

TEST_F(Units, SaysWhichUnitsWouldFit) {
    EXPECT_THAT(reason("/convert 3 km kg"),
                testing::StartsWith("km measures length, kg measures mass. What fits km: m, km, cm, mm"));
    EXPECT_EQ(reason("/convert 3 kilometrs mile"), "There is no unit “kilometrs”. Did you mean kilometers?");
    EXPECT_EQ(reason("/convert 3 km miel"), "There is no unit “miel”. Did you mean mile?");
    EXPECT_EQ(reason("/convert 3 km xyzzy"), "There is no unit “xyzzy”; /units lists all.");
    EXPECT_THAT(reason("/convert -300 C K"), HasSubstr("absolute zero"));
}

TEST_F(Units, WrongArgumentsAreRejectedBeforehand) {
    EXPECT_EQ(host.says("alice", "/convert three km mile").outcome, Outcome::Rejected);
    EXPECT_EQ(host.says("alice", "/convert 3 km").reason, "to is missing");
    EXPECT_EQ(host.says("alice", "/units beauty").outcome, Outcome::Rejected);
}

TEST_F(Units, NamesWithoutRegardToCaseUnlessThatMatters) {
    EXPECT_EQ(find_unit("KM"), find_unit("km"));
    EXPECT_EQ(find_unit("Celsius"), find_unit("°C"));
    EXPECT_STREQ(find_unit("Mb")->symbol, "Mbit");
    EXPECT_STREQ(find_unit("MB")->symbol, "MB");
    EXPECT_EQ(find_unit("mB"), nullptr);  // megabyte or megabit
    EXPECT_EQ(find_unit(""), nullptr);
}

TEST_F(Units, EveryNameIsOfOneUnitAndEveryUnitGoesThereAndBack) {
    std::set<std::string> symbols;
    for (const Unit& unit : units) {
        EXPECT_TRUE(symbols.insert(unit.symbol).second) << unit.symbol;
        EXPECT_EQ(find_unit(unit.symbol), &unit) << unit.symbol;
        EXPECT_EQ(find_unit(unit.chinese), &unit) << unit.chinese;
        const Unit& base = *find_unit(words_of(unit.quantity).base);
        EXPECT_EQ(base.factor, 1) << base.symbol;
        EXPECT_NEAR(converted(converted(7, unit, base), base, unit), 7, 1e-9) << unit.symbol;
    }
}

TEST_F(Units, SuggestsWhatFits) {
    EXPECT_THAT(host.suggestions("alice", "/convert", "from", "ki"),
                testing::ElementsAre("km", "kg", "kB", "KiB", "kbit"));
    EXPECT_THAT(host.suggestions("alice", "/convert 3 km", "to", ""), Contains("mile"));
    EXPECT_THAT(host.suggestions("alice", "/convert 3 km", "to", ""), Not(Contains("kg")));
    EXPECT_THAT(host.suggestions("alice", "/convert 3 km", "to", ""), Not(Contains("km")));
    EXPECT_THAT(host.suggestions("李雷", "/换算 3 公里", "to", "英"), testing::ElementsAre("英里", "英尺", "英寸"));
    EXPECT_TRUE(host.suggestions("alice", "/convert", "from", "xyzzy").empty());
    EXPECT_TRUE(host.suggestions("alice", "/convert", "amount", "3").empty());
}

TEST_F(Units, ListsThem) {
    EXPECT_EQ(says("/units temperature"), "**temperature** — °C, °F, K");
    EXPECT_THAT(says("/units"), HasSubstr("**data** — B, bit, kB"));
    EXPECT_TRUE(host.says("alice", "/units").replies.at(0).ephemeral);
}

}  // namespace
