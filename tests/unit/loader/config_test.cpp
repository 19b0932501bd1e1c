#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace riposte::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using From = SettingChoice::From;

SettingChanges to(const std::string& key, const std::string& value, From from = From::Value) {
    return {{key, SettingChoice{from, {value}, {}}}};
}

class Config : public ::testing::TestWithParam<Isolation> {
protected:
    Config() {
        world.options.isolation = GetParam();
        world.options.settings["configured"] = {{"greeting", std::string("hello")}};
        world.options.origins["configured"]["greeting"] = {"riposte.toml:3", false};
        world.install("configured");
    }
    Result<ReloadReport> configure(SettingChanges changes, Reach reach = Reach::Machine) {
        return world.run(world.host->configure("configured", std::move(changes), reach, "alice, cli"));
    }
    SettingView setting(const std::string& key) {
        for (auto& each : *world.run(world.host->settings("configured")))
            if (each.key == key) return each;
        return {};
    }
    void restart() {
        world.stop();
        world.host.reset();
        world.start();
    }
    World world;
};
INSTANTIATE_TEST_SUITE_P(In, Config, ::testing::Values(Isolation::Worker, Isolation::InProcess),
                         [](const auto& info) { return info.param == Isolation::Worker ? "Worker" : "Process"; });

TEST_P(Config, AValueReachesTheNextCommandAndTheStateStays) {
    world.start();
    EXPECT_EQ(world.asks("/greet"), "hello");
    const auto report = configure(to("greeting", "salut"));
    ASSERT_TRUE(report && report->live);
    EXPECT_EQ(report->plugin.generation, 2);
    EXPECT_EQ(world.asks("/greet"), "salut");
    EXPECT_EQ(world.asks("/greeted"), "2") << "counted on";
    EXPECT_THAT(world.plugin("configured").by, HasSubstr("folder")) << "who chose the build";
    const auto& entry = world.services.entries.back();
    EXPECT_EQ(entry.verb, "config");
    EXPECT_EQ(entry.by, "alice, cli");
    EXPECT_EQ(entry.result, "live; greeting");
}

TEST_P(Config, EachValueSaysWhereItCameFrom) {
    world.start();
    EXPECT_EQ(setting("greeting").in_force.source, "riposte.toml:3");
    EXPECT_THAT(setting("greeting").in_force.values, ElementsAre("hello"));
    EXPECT_EQ(setting("times").in_force.source, "default");
    EXPECT_THAT(setting("times").in_force.values, ElementsAre("1"));
    EXPECT_EQ(setting("times").type, "integer");
    EXPECT_THAT(setting("secret").in_force.values, IsEmpty()) << "it is not set";
    ASSERT_TRUE(configure(to("times", "2")));
    EXPECT_EQ(setting("times").in_force.source, "alice, cli");
    EXPECT_THAT(setting("times").in_force.values, ElementsAre("2"));
    EXPECT_EQ(setting("times").configured->source, "default");
    EXPECT_THAT(setting("times").configured->values, ElementsAre("1"));
    EXPECT_FALSE(setting("greeting").configured) << "nobody has chosen";
}

TEST_P(Config, OutlivesTheHostAndIsTakenBack) {
    world.start();
    ASSERT_TRUE(configure(to("greeting", "salut")));
    restart();
    EXPECT_EQ(world.asks("/greet"), "salut");
    const auto report = configure({{"greeting", std::nullopt}});
    ASSERT_TRUE(report && report->live);
    EXPECT_EQ(world.asks("/greet"), "hello");
    EXPECT_EQ(setting("greeting").in_force.source, "riposte.toml:3");
}

TEST_P(Config, OneUnderWhichItDoesNotStartChangesNothing) {
    world.start();
    EXPECT_EQ(world.asks("/greet"), "hello");
    const auto report = configure(to("greeting", "refuse"));
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->live || report->unchanged || report->stored);
    EXPECT_EQ(report->step, "start");
    EXPECT_THAT(report->reason, HasSubstr("no greeting is like that"));
    EXPECT_EQ(world.asks("/greet"), "hello");
    EXPECT_EQ(world.asks("/greeted"), "2");
    const auto view = world.plugin("configured");
    EXPECT_EQ(view.state, "live");
    EXPECT_EQ(view.reason, "") << "it says nothing of the build";
    EXPECT_EQ(setting("greeting").in_force.source, "riposte.toml:3");
    EXPECT_EQ(world.services.entries.back().result, "refused: start: " + report->reason);
    restart();
    EXPECT_EQ(world.asks("/greet"), "hello");
}

TEST_P(Config, IsCheckedBeforeAnythingChanges) {
    world.start();
    struct Row {
        SettingChanges changes;
        std::string key;
        std::string why;
    };
    const Row table[] = {
        {to("times", "often"), "times", "whole number"},
        {to("times", "6"), "times", "1 to 5"},
        {to("colour", "red"), "colour", "is not one of configured"},
        {{{"colour", std::nullopt}}, "colour", "is not one of configured"},
        {to("secret", "hunter2"), "secret", "is a secret"},
        {to("secret", "key", From::File), "secret", "absolute path"},
        {to("secret", "/nowhere/key", From::File), "secret", "/nowhere/key is not there"},
        {to("secret", "/proc", From::File), "secret", "is no file"},
        {to("secret", "RIPOSTE_TEST_NOWHERE", From::Environment), "secret", "has no RIPOSTE_TEST_NOWHERE"},
        {{{"times", SettingChoice{From::Value, {"1", "2"}, {}}}}, "times", "takes one value"},
    };
    for (const auto& row : table) {
        const auto report = configure(row.changes);
        ASSERT_FALSE(report) << row.why;
        EXPECT_EQ(report.error().code, ErrorCode::InvalidValue) << row.why;
        EXPECT_EQ(report.error().argument, row.key);
        EXPECT_THAT(report.error().detail, HasSubstr(row.why));
        EXPECT_THAT(report.error().detail, Not(HasSubstr("hunter2")));
    }
    EXPECT_EQ(world.plugin("configured").generation, 1);
    const auto slip = configure(to("greting", "hi"));
    ASSERT_FALSE(slip);
    EXPECT_THAT(slip.error().suggestions, ElementsAre("greeting"));
    const auto missing = world.run(world.host->configure("nobody", {}, Reach::Machine, "alice, cli"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::NotFound);
}

TEST_P(Config, ASecretComesFromAFileOrTheEnvironmentAndIsShownNowhere) {
    world.start();
    const auto file = (world.folder / "key").string();
    std::ofstream(file) << "hunter2\n";
    ASSERT_TRUE(configure(to("secret", file, From::File)));
    EXPECT_EQ(world.asks("/unlock hunter2"), "open");
    EXPECT_THAT(setting("secret").in_force.values, ElementsAre("(hidden)"));
    EXPECT_EQ(setting("secret").in_force.source, "alice, cli: file " + file);
    EXPECT_THAT(world.services.records["configured"].settings["secret"].texts, ElementsAre(file))
        << "the registry knows the place only";
    std::ofstream(file) << "hunter3\n";
    world.run(world.host->reload("configured", "alice, cli", true));
    EXPECT_EQ(world.asks("/unlock hunter3"), "open") << "read anew at each start";
    ::setenv("RIPOSTE_TEST_KEY", "hunter4", 1);
    ASSERT_TRUE(configure(to("secret", "RIPOSTE_TEST_KEY", From::Environment)));
    EXPECT_EQ(world.asks("/unlock hunter4"), "open");
    for (const auto& line : *world.run(world.host->log("configured", std::nullopt, 1000)))
        EXPECT_THAT(line.text, Not(HasSubstr("hunter")));
    for (const auto& entry : world.services.entries) EXPECT_THAT(entry.result, Not(HasSubstr("hunter")));
}

TEST_P(Config, FromAfarNobodyNamesFilesOrVariables) {
    world.start();
    for (const auto from : {From::File, From::Environment}) {
        const auto refused = configure(to("secret", "/etc/hostname", from), Reach::Network);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::NotAllowed);
        EXPECT_EQ(refused.error().argument, "secret");
    }
    const auto allowed = configure(to("greeting", "salut"), Reach::Network);
    EXPECT_TRUE(allowed && allowed->live);
}

TEST_P(Config, WhatIsSoAlreadyIsNoSwap) {
    world.start();
    ASSERT_TRUE(configure(to("times", "2")));
    const auto again = configure(to("times", "2"));
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->unchanged);
    EXPECT_EQ(world.plugin("configured").generation, 2);
}

TEST_P(Config, WhatAPluginWaitsForBringsIt) {
    world.options.settings.clear();
    world.start();
    EXPECT_EQ(world.plugin("configured").state, "refused");
    EXPECT_EQ(setting("greeting").required, true);
    const auto stored = configure(to("times", "2"));
    ASSERT_TRUE(stored);
    EXPECT_TRUE(stored->stored && !stored->live) << "the greeting is missing still";
    EXPECT_THAT(stored->reason, HasSubstr("greeting"));
    const auto report = configure(to("greeting", "salut"));
    ASSERT_TRUE(report && report->live);
    const auto call = world.says("/greet");
    EXPECT_EQ(world.outcome(call), "done");
    EXPECT_THAT(world.answers(call), ElementsAre("salut", "salut"));
    const auto required = configure({{"greeting", std::nullopt}});
    ASSERT_FALSE(required) << "what serves must not lose what it needs";
    EXPECT_EQ(required.error().argument, "greeting");
}

TEST_P(Config, OfADisabledPluginIsKeptForItsReturn) {
    world.start();
    ASSERT_TRUE(world.run(world.host->disable("configured", "alice, web")));
    const auto stored = configure(to("greeting", "salut"));
    ASSERT_TRUE(stored && stored->stored);
    EXPECT_EQ(world.plugin("configured").state, "disabled");
    ASSERT_TRUE(world.run(world.host->enable("configured", "alice, web")));
    EXPECT_EQ(world.asks("/greet"), "salut");
}

TEST_P(Config, LosesNoCall) {
    world.options.queue = 1000;
    world.options.queue_per_user = 1000;
    world.start();
    std::vector<InvocationId> calls;
    for (int change = 0; change < 10; ++change) {
        for (int i = 0; i < 10; ++i) calls.push_back(world.says("/greet"));
        const auto report = configure(to("greeting", "hello " + std::to_string(change)));
        ASSERT_TRUE(report && report->live);
    }
    for (const auto& call : calls) ASSERT_EQ(world.outcome(call), "done");
    EXPECT_EQ(world.asks("/greeted"), "100");
}

TEST(Bundled, KeepsWhatItMayReadAndItsUpdatesWhoeverStartsItAgain) {
    World world;
    const auto bundled = world.folder / "bundled";
    std::filesystem::create_directories(bundled);
    world.options.bundled_directory = bundled;
    std::filesystem::copy_file(std::filesystem::path(FIXTURES) / "reader.so", bundled / "reader.so");
    world.start();
    EXPECT_EQ(world.asks("/passwd"), "allowed");
    const auto forced = world.run(world.host->reload("reader", "alice, cli", true));
    ASSERT_TRUE(forced && forced->live) << forced->reason;
    EXPECT_EQ(world.asks("/passwd"), "allowed");
    ASSERT_TRUE(world.run(world.host->disable("reader", "alice, cli")));
    ASSERT_TRUE(world.run(world.host->enable("reader", "alice, cli")));
    EXPECT_EQ(world.asks("/passwd"), "allowed");
    EXPECT_EQ(world.plugin("reader").by, "bundled") << "so a newer one that comes with the host replaces it";
    world.stop();
    world.host.reset();
    world.services.records["reader"].by = "alice, cli";  // as an earlier version left it
    world.start();
    EXPECT_EQ(world.asks("/passwd"), "allowed");
}

TEST(Bundled, OfTheSameNameFromTheFolderMayNotReadWhatItWants) {
    World world;
    world.install("reader");
    world.start();
    EXPECT_EQ(world.plugin("reader").state, "refused");
    EXPECT_THAT(world.plugin("reader").reason, HasSubstr("read_paths"));
}

}  // namespace
}  // namespace riposte::test
