#include <riposte/plugin.hpp>
#include <riposte/testing.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using riposte::testing::ArgumentReader;

/// "count=2 name=Ann": what a reader makes of `rest`, or "! what is wrong".
std::string read(riposte::Command& command, std::string_view rest) {
    ArgumentReader reader(*command.finished(), rest);
    if (const std::string fault = reader.read(); !fault.empty()) return "! " + fault;
    std::string shown;
    for (const riposte_argument& each : reader.abi())
        shown += (shown.empty() ? "" : " ") + std::string(each.name.data, each.name.size) + "=" +
                 std::string(each.text.data, each.text.size);
    return shown;
}

struct Case {
    std::string_view rest;
    std::string expected;
};

TEST(Arguments, AreReadByTheDeclaredOptions) {
    riposte::detail::Keep keep;
    riposte::Command command(keep, "/order", "Order");
    command.choice("what", {"tea", "coffee"}, {.required = true})
        .integer("cups", {.minimum = 1, .maximum = 9, .otherwise = 1})
        .boolean("sugar")
        .rest("note");
    const std::vector<Case> cases = {
        {"tea", "what=tea cups=1"},
        {"coffee 3", "what=coffee cups=3"},
        {"  coffee   3 yes", "what=coffee cups=3 sugar=true"},
        {"cups=2 tea", "what=tea cups=2"},
        {"tea 2 no to table  \"five\"", "what=tea cups=2 sugar=false note=to table  \"five\""},
        {"tea note=hot, please", "what=tea cups=1 note=hot, please"},
        {"\"tea\" \"2\"", "what=tea cups=2"},
        {"tea\u30002", "what=tea cups=2"},
        {"", "! what is missing"},
        {"milk", "! what is none of the choices"},
        {"tea 0", "! cups is too small"},
        {"tea 10", "! cups is too large"},
        {"tea x", "! cups is not a whole number"},
        {"tea 1 perhaps", "! sugar is neither yes nor no"},
        {"tea cups=1 cups=2", "! cups is given twice"},
    };
    for (const Case& each : cases) EXPECT_EQ(read(command, each.rest), each.expected) << each.rest;
}

TEST(Arguments, MoreThanDeclaredIsAMistake) {
    riposte::detail::Keep keep;
    riposte::Command command(keep, "/ping", "Ping");
    EXPECT_EQ(read(command, "pong"), "! too many arguments");
}

TEST(Arguments, TextsAreMeasuredInCharacters) {
    riposte::detail::Keep keep;
    riposte::Command command(keep, "/city", "City");
    command.text("name", {.required = true, .maximum = 2});
    EXPECT_EQ(read(command, "北京"), "name=北京");
    EXPECT_EQ(read(command, "abc"), "! name is too large");
}

TEST(Arguments, DurationsAreWrittenAsPeopleWriteThem) {
    using riposte::testing::duration;
    EXPECT_EQ(duration("90s"), 90'000);
    EXPECT_EQ(duration("1h30m"), 5'400'000);
    EXPECT_EQ(duration("2 days"), 172'800'000);
    EXPECT_EQ(duration("10分钟"), 600'000);
    for (const std::string_view none : {"10", "soon", "-5m", "m"}) EXPECT_EQ(duration(none), std::nullopt) << none;

    riposte::detail::Keep keep;
    riposte::Command command(keep, "/in", "In");
    command.duration("time", {.required = true}).rest("text");
    EXPECT_EQ(read(command, "2 days water the plants"), "time=2 days text=water the plants");
    EXPECT_EQ(read(command, "5m tea"), "time=5m text=tea");
    EXPECT_EQ(read(command, "5 cups"), "! time is not a duration");
}

}  // namespace
