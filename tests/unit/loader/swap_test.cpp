#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>

namespace riposte::test {
namespace {

using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class Swap : public ::testing::TestWithParam<Isolation> {
protected:
    Swap() { world.options.isolation = GetParam(); }
    Result<ReloadReport> reload(const std::string& id, bool force = false) {
        return world.run(world.host->reload(id, "alice, cli", force));
    }
    World world;
};
INSTANTIATE_TEST_SUITE_P(In, Swap, ::testing::Values(Isolation::Worker, Isolation::InProcess),
                         [](const auto& info) { return info.param == Isolation::Worker ? "Worker" : "Process"; });

TEST_P(Swap, AFileInTheFolderAnswersTheNextCommand) {
    world.install("versioned_v1", "versioned");
    world.start();
    EXPECT_EQ(world.asks("/version"), "v1");
    world.install("versioned_v2", "versioned");
    EXPECT_TRUE(world.becomes("versioned", [](const auto& view) { return view.version == "2"; }));
    EXPECT_EQ(world.asks("/version"), "v2");
    EXPECT_EQ(world.plugin("versioned").generation, 2);
}

TEST_P(Swap, ANewPluginInTheFolderGetsItsCommands) {
    world.install("echo");
    world.start();
    world.install("slow");
    EXPECT_TRUE(world.services.wait(5s, [&] { return world.services.catalogue->match("/slow").has_value(); }));
    EXPECT_EQ(world.asks("/slow 1"), "waited");
}

TEST_P(Swap, LosesNoCallAndAnswersNoneTwice) {
    world.options.queue = 1000;
    world.options.queue_per_user = 1000;
    world.install("versioned_v1", "versioned");
    world.start();
    std::vector<InvocationId> calls;
    for (int swap = 0; swap < 20; ++swap) {
        for (int i = 0; i < 10; ++i) calls.push_back(world.says("/version"));
        const auto report = reload("versioned", true);
        ASSERT_TRUE(report && report->live);
        for (int i = 0; i < 10; ++i) calls.push_back(world.says("/version"));
    }
    for (const auto& call : calls) {
        ASSERT_EQ(world.outcome(call), "done");
        ASSERT_THAT(world.answers(call), ElementsAre("v1"));
    }
    EXPECT_EQ(world.plugin("versioned").generation, 21);
}

TEST_P(Swap, ACallOfTheOldBuildEndsThere) {
    world.install("later");
    world.start();
    const auto call = world.says("/later 400");
    const auto report = reload("later", true);
    ASSERT_TRUE(report && report->live);
    EXPECT_EQ(world.asks("/later 1", "bob"), "later");
    EXPECT_FALSE(world.services.wait(0ms, [&] { return world.services.outcomes.contains(call); }));
    EXPECT_EQ(world.outcome(call), "done");
    EXPECT_THAT(world.answers(call), ElementsAre("later"));
}

TEST_P(Swap, StateIsHandedOver) {
    world.install("counter_v1", "counter");
    world.start();
    EXPECT_EQ(world.asks("/count"), "v1: 1");
    EXPECT_EQ(world.asks("/count"), "v1: 2");
    world.install("counter_v2", "counter");
    EXPECT_TRUE(world.becomes("counter", [](const auto& view) { return view.version == "2"; }));
    EXPECT_EQ(world.asks("/count"), "v2: 3");
}

TEST_P(Swap, ABuildThatCannotRestoreLeavesTheOldOneCounting) {
    world.install("counter_v1", "counter");
    world.start();
    EXPECT_EQ(world.asks("/count"), "v1: 1");
    world.install("counter_bad", "counter");
    EXPECT_TRUE(world.becomes("counter", [](const auto& view) { return !view.reason.empty(); }));
    EXPECT_THAT(world.plugin("counter").reason, HasSubstr("unknown field closes_at"));
    EXPECT_EQ(world.asks("/count"), "v1: 2");
}

TEST_P(Swap, StateOutlivesAnOrderlyStop) {
    world.install("counter_v1", "counter");
    world.start();
    EXPECT_EQ(world.asks("/count"), "v1: 1");
    world.stop();
    world.host.reset();
    world.start();
    EXPECT_EQ(world.asks("/count"), "v1: 2");
}

TEST_P(Swap, TwoOperatorsAtOnceAreServedOneAfterTheOther) {
    world.install("counter_v1", "counter");
    world.start();
    EXPECT_EQ(world.asks("/count"), "v1: 1");
    std::atomic<int> lives = 0;
    std::vector<std::thread> operators;
    for (int i = 0; i < 4; ++i)
        operators.emplace_back([&] {
            const auto report = reload("counter", true);
            if (report && report->live) ++lives;
            else ADD_FAILURE() << (report ? report->step + ": " + report->reason : report.error().detail);
        });
    for (auto& each : operators) each.join();
    EXPECT_EQ(lives, 4);
    EXPECT_EQ(world.plugin("counter").generation, 5);
    EXPECT_EQ(world.asks("/count"), "v1: 2") << "each handed the state to the next";
}

TEST_P(Swap, AStopOvertakesASwap) {
    world.install("counter_v1", "counter");
    world.install("slow_start");
    world.start();
    EXPECT_EQ(world.asks("/count"), "v1: 1");
    Result<ReloadReport> report = Problem{};
    std::thread swapping([&] { report = reload("slow-start", true); });
    std::this_thread::sleep_for(300ms);  // it starts for 1.5 s
    const auto before = std::chrono::steady_clock::now();
    world.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, 1s);
    swapping.join();
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->live);
    EXPECT_THAT(world.services.records["slow-start"].refused_hashes, IsEmpty()) << "not the build's fault";
    world.host.reset();
    world.start();
    EXPECT_EQ(world.asks("/count"), "v1: 2");
    EXPECT_EQ(world.asks("/slowstart"), "up");
}

TEST_P(Swap, APluginThatHangsIsSwappedAtOnce) {
    world.options.first_output = 1500ms;
    world.install("trial_v1", "trial");
    world.start();
    const auto hung = world.says("/trial hang", "alice");
    const auto waiting = world.says("/trial waited", "bob");
    const auto before = std::chrono::steady_clock::now();
    const auto report = reload("trial", true);
    ASSERT_TRUE(report && report->live);
    EXPECT_EQ(world.outcome(waiting), "done");
    EXPECT_LT(std::chrono::steady_clock::now() - before, 1s);
    EXPECT_THAT(world.answers(waiting), ElementsAre("v1 waited"));
    EXPECT_EQ(world.outcome(hung), "timed_out");
}

TEST_P(Swap, TheSameBuildIsNotSwappedUnlessForced) {
    world.install("echo");
    world.start();
    const auto same = reload("echo");
    ASSERT_TRUE(same);
    EXPECT_TRUE(same->unchanged);
    EXPECT_EQ(world.plugin("echo").generation, 1);
    const auto forced = reload("echo", true);
    ASSERT_TRUE(forced);
    EXPECT_TRUE(forced->live);
    EXPECT_EQ(world.plugin("echo").generation, 2);
}

TEST_P(Swap, RollbackGoesOneBuildBackAndStaysThere) {
    world.install("versioned_v1", "versioned");
    world.start();
    world.install("versioned_v2", "versioned");
    ASSERT_TRUE(world.becomes("versioned", [](const auto& view) { return view.version == "2"; }));
    const auto report = world.run(world.host->rollback("versioned", "alice, cli", DataChoice::Unsaid));
    ASSERT_TRUE(report && report->live);
    EXPECT_EQ(world.asks("/version"), "v1");
    world.stop();
    world.host.reset();
    world.start();  // the folder still holds build 2
    EXPECT_EQ(world.asks("/version"), "v1");
    const auto refused = reload("versioned");
    ASSERT_TRUE(refused);
    EXPECT_FALSE(refused->live);
    const auto forced = reload("versioned", true);
    ASSERT_TRUE(forced && forced->live);
    EXPECT_EQ(world.asks("/version"), "v2");
}

struct Bad {
    std::string file;
    std::string reason;
};

TEST_P(Swap, ABadBuildLeavesTheOldOneServingAndSaysWhy) {
    world.options.starting = 400ms;
    world.install("echo");
    world.start();
    const Bad table[] = {
        {"no_entry", "does not export riposte_plugin_entry"},
        {"no_plugin", "its entry names no plugin"},
        {"wrong_abi", "built for plugin interface 99.0"},
        {"bad_declaration", "no slash"},
        {"hang_in_constructor", "took longer than 400 ms"},
        {"layout_older_abi", "built for plugin interface 0.0, this host runs 1.0 to 1.0: rebuild it"},
        {"layout_newer_abi", "built for plugin interface 1.1, this host has 1.0: it needs a newer host"},
        {"layout_smaller_plugin", "its description is shorter than plugin interface 1.0 has it"},
        {"layout_smaller_command", "a command is shorter than plugin interface 1.0 has it"},
        {"layout_smaller_option", "an option of /layout is shorter than plugin interface 1.0 has it"},
        {"layout_reserved", "option \"word\" of /layout has something in its reserved member"},
        {"layout_flag", "option \"word\" of /layout has a flag that this host does not know"},
        {"layout_permission", "it asks for a permission that this host does not know"},
    };
    for (const auto& bad : table) {
        world.install(bad.file, "echo");
        EXPECT_TRUE(
            world.becomes("echo", [&](const auto& view) { return view.reason.find(bad.reason) != std::string::npos; }))
            << bad.file << ": " << world.plugin("echo").reason;
        EXPECT_EQ(world.plugin("echo").state, "live");
        EXPECT_EQ(world.asks("/echo on and on"), "on and on");
    }
    std::ofstream(world.options.inbox_directory / "echo.so") << "no library at all";
    const auto report = reload("echo");
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->live || report->unchanged);
    EXPECT_EQ(report->step, "load");
    EXPECT_TRUE(world.becomes(
        "echo", [](const auto& view) { return view.reason.find("cannot be loaded") != std::string::npos; }));
    EXPECT_EQ(world.asks("/echo on and on"), "on and on");
}

TEST_P(Swap, ABuildThatDeclaresMoreThanThisHostKnowsServes) {
    world.install("layout_bigger");
    world.start();
    EXPECT_EQ(world.asks("/layout"), "as ever");
    EXPECT_EQ(world.asks("/layout word"), "as ever");
}

TEST_P(Swap, AnIsolationChangedLiveKeepsAnswering) {
    world.install("echo");
    world.start();
    const auto other = GetParam() == Isolation::Worker ? Isolation::InProcess : Isolation::Worker;
    const auto view = world.run(world.host->isolate("echo", other, "alice, web"));
    ASSERT_TRUE(view);
    EXPECT_EQ(view->isolation, other);
    EXPECT_EQ(world.asks("/echo moved"), "moved");
}

TEST(Registry, OutlivesTheHostAndTheFolder) {
    World world;
    world.install("echo");
    world.start();
    world.stop();
    world.host.reset();
    std::filesystem::remove(world.options.inbox_directory / "echo.so");
    world.start();
    EXPECT_EQ(world.asks("/echo kept"), "kept");
    EXPECT_THAT(world.plugin("echo").by, HasSubstr("folder"));
}

TEST(Registry, ADisabledPluginStaysSo) {
    World world;
    world.install("echo");
    world.start();
    ASSERT_TRUE(world.run(world.host->disable("echo", "alice, web")));
    EXPECT_FALSE(world.services.catalogue->match("/echo hi"));
    world.stop();
    world.host.reset();
    world.start();
    EXPECT_EQ(world.plugin("echo").state, "disabled");
    ASSERT_TRUE(world.run(world.host->enable("echo", "alice, web")));
    EXPECT_EQ(world.asks("/echo back"), "back");
}

TEST(Registry, ASecondOwnerOfAPrefixDoesNotLoadAndIsToldWhose) {
    World world;
    world.install("dice");
    world.start();
    world.install("thief");
    EXPECT_TRUE(world.becomes("thief", [](const auto& view) { return view.state == "refused"; }));
    EXPECT_THAT(world.plugin("thief").reason, HasSubstr("/dice belongs to dice"));
    EXPECT_FALSE(world.services.catalogue->match("/steal"));
    EXPECT_NE(world.asks("/dice"), "stolen");
}

TEST(Registry, InOneScanTheLowerIdGetsThePrefix) {
    World world;
    world.install("thief", "a-first-by-name");
    world.install("dice", "z-last-by-name");
    world.start();
    EXPECT_EQ(world.plugin("dice").state, "live");
    EXPECT_EQ(world.plugin("thief").state, "refused");
}

TEST(Registry, AnAliasOfTheOperatorSettlesAConflict) {
    World world;
    PluginRecord thief;
    thief.id = "thief";
    thief.aliases["/dice"] = "/otherdice";
    world.services.records["thief"] = thief;
    world.install("dice");
    world.install("thief");
    world.start();
    EXPECT_EQ(world.asks("/otherdice"), "stolen");
    EXPECT_NE(world.asks("/dice"), "stolen");
}

TEST(Registry, AnAliasGivenLiveBringsTheRefusedPluginAndLeavesTheLongName) {
    World world;
    world.install("dice");
    world.start();
    world.install("thief");
    ASSERT_TRUE(world.becomes("thief", [](const auto& view) { return view.state == "refused"; }));
    const auto alias = [&](const std::string& id, const std::string& prefix, const std::string& name) {
        return world.run(world.host->alias(id, prefix, name, "alice, cli"));
    };
    const auto named = alias("thief", "/dice", "/otherdice");
    ASSERT_TRUE(named);
    EXPECT_EQ(named->state, "live");
    EXPECT_EQ(world.asks("/otherdice"), "stolen");
    EXPECT_EQ(world.asks("/thief:otherdice"), "stolen");
    EXPECT_EQ(world.asks("/thief:dice"), "stolen");
    EXPECT_EQ(world.services.catalogue->match("/dice")->command->plugin, "dice");
    EXPECT_EQ(world.services.catalogue->match("/dice:dice")->command->plugin, "dice");

    struct Row {
        std::string prefix;
        std::string name;
        ErrorCode code;
        std::string why;
    };
    const Row table[] = {{"/dice", "/dice", ErrorCode::InvalidValue, "/dice belongs to dice"},
                         {"/dice", "", ErrorCode::InvalidValue, "/dice belongs to dice"},
                         {"/dice", "/steal", ErrorCode::InvalidValue, "of the plugin itself"},
                         {"/dice", "otherdice", ErrorCode::InvalidValue, "does not begin with"},
                         {"/dice", "/help", ErrorCode::InvalidValue, "is the host's own"},
                         {"/nothing", "/something", ErrorCode::NotFound, "declares no command /nothing"}};
    for (const auto& row : table) {
        const auto refused = alias("thief", row.prefix, row.name);
        ASSERT_FALSE(refused) << row.name;
        EXPECT_EQ(refused.error().code, row.code) << row.name;
        EXPECT_THAT(refused.error().detail, HasSubstr(row.why));
    }
    world.stop();
    world.host.reset();
    world.start();
    EXPECT_EQ(world.asks("/otherdice"), "stolen") << "remembered";

    ASSERT_TRUE(alias("dice", "/DICE", "/roll"));
    ASSERT_TRUE(alias("thief", "/dice", "")) << "/dice is free now";
    EXPECT_EQ(world.asks("/dice"), "stolen");
    EXPECT_EQ(world.services.catalogue->match("/roll")->command->plugin, "dice");
}

TEST(Registry, ADisabledPluginKeepsItsPrefix) {
    World world;
    world.install("dice");
    world.start();
    ASSERT_TRUE(world.run(world.host->disable("dice", "alice, cli")));
    world.install("thief");
    EXPECT_TRUE(world.becomes("thief", [](const auto& view) { return view.state == "refused"; }));
    EXPECT_THAT(world.plugin("thief").reason, HasSubstr("/dice belongs to dice"));
}

TEST(Registry, ANewerBundledBuildReplacesTheOlderButNotTheOperatorsChoice) {
    World world;
    const auto bundled = world.folder / "bundled";
    std::filesystem::create_directories(bundled);
    world.options.bundled_directory = bundled;
    const auto ship = [&](const char* file) {
        std::filesystem::copy_file(std::filesystem::path(FIXTURES) / file, bundled / "versioned.so",
                                   std::filesystem::copy_options::overwrite_existing);
    };
    const auto restart = [&] {
        world.stop();
        world.host.reset();
        world.start();
    };
    ship("versioned_v1.so");
    world.start();
    EXPECT_EQ(world.plugin("versioned").by, "bundled");
    ship("versioned_v2.so");
    restart();
    EXPECT_EQ(world.asks("/version"), "v2");
    world.install("versioned_v1", "versioned");
    ASSERT_TRUE(world.becomes("versioned", [](const auto& view) { return view.version == "1"; }));
    restart();
    EXPECT_EQ(world.asks("/version"), "v1") << "the operator chose build 1";
}

TEST(Registry, HistorySaysWhoAndWhat) {
    World world;
    world.install("echo");
    world.start();
    world.run(world.host->reload("echo", "alice, cli", true));
    const auto& entries = world.services.entries;
    ASSERT_EQ(entries.size(), 2u);
    EXPECT_EQ(entries[0].verb, "load");
    EXPECT_EQ(entries[1].verb, "reload");
    EXPECT_EQ(entries[1].by, "alice, cli");
    EXPECT_EQ(entries[1].result, "live");
    EXPECT_EQ(entries[1].hash.size(), 64u);
}

TEST(Registry, APluginThatRefusesToStartSaysWhy) {
    World world;
    world.install("refuses");
    world.install("crash_at_start");
    world.start();
    EXPECT_THAT(world.plugin("refuses").reason, HasSubstr("no weather today"));
    EXPECT_THAT(world.plugin("crash-at-start").reason, HasSubstr("SIGABRT"));
}

TEST(Settings, AreCheckedAgainstWhatThePluginDeclares) {
    struct Row {
        PluginSettings settings;
        std::string reason;
    };
    const Row table[] = {
        {{}, "\"greeting\" is required"},
        {{{"greeting", std::int64_t{1}}}, "\"greeting\" must be a text"},
        {{{"greeting", std::string("hi")}, {"times", std::string("often")}}, "\"times\""},
        {{{"greeting", std::string("hi")}, {"times", std::int64_t{6}}}, "\"times\""},
        {{{"greeting", std::string("hi")}, {"colour", std::string("red")}}, "\"colour\" is not one of configured"},
    };
    for (const auto& row : table) {
        World world;
        world.options.settings["configured"] = row.settings;
        world.install("configured");
        world.start();
        EXPECT_EQ(world.plugin("configured").state, "refused");
        EXPECT_THAT(world.plugin("configured").reason, HasSubstr(row.reason));
    }
}

TEST(Settings, ReachThePluginAndSecretsStaySecret) {
    World world;
    world.options.settings["configured"] = {
        {"greeting", std::string("Grüezi")}, {"times", std::int64_t{1}}, {"secret", std::string("hunter2")}};
    world.install("configured");
    world.start();
    EXPECT_EQ(world.asks("/greet"), "Grüezi");
    world.options.settings["configured"]["secret"] = std::int64_t{5};
    world.stop();
    world.host.reset();
    world.start();
    EXPECT_THAT(world.plugin("configured").reason, HasSubstr("\"secret\" must be"));
}

}  // namespace
}  // namespace riposte::test
