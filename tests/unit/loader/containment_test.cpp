#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <sstream>

namespace riposte::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

struct Evil {
    std::string plugin;
    std::string line;
    ::testing::Matcher<std::string> end;
};

std::ostream& operator<<(std::ostream& out, const Evil& evil) { return out << evil.plugin; }

class Containment : public ::testing::TestWithParam<Evil> {};

const Evil evils[] = {
    {"segfault", "/segfault", "crashed: SIGSEGV"},
    {"abort", "/abort", "crashed: SIGABRT"},
    {"exit0", "/exit0", "crashed: exit status 0"},
    {"stack_overflow", "/overflow", "crashed: SIGSEGV"},
    {"memory_bomb", "/bomb", "crashed: SIGSEGV"},  // malloc() gives NULL at the limit
    {"fork_bomb", "/fork", "plugin_failed: Operation not permitted"},
    {"throws_across", "/across", "plugin_failed: it threw an exception"},
    {"endless_loop", "/loop", "timed_out"},
};
INSTANTIATE_TEST_SUITE_P(Of, Containment, ::testing::ValuesIn(evils),
                         [](const auto& info) { return info.param.plugin; });

TEST_P(Containment, OnlyItsOwnCallSuffers) {
    const auto& evil = GetParam();
    World world;
    if (evil.plugin == "endless_loop") world.options.first_output = 300ms;
    world.install("echo");
    world.install("slow");
    world.install(evil.plugin);
    world.start();
    const auto bystander = world.says("/slow 200", "bob");
    EXPECT_THAT(world.asks(evil.line), evil.end);
    EXPECT_EQ(world.outcome(bystander), "done");
    EXPECT_EQ(world.asks("/echo unharmed"), "unharmed");
    // It is back, and as evil as before.
    EXPECT_THAT(world.asks(evil.line), evil.end);
}

TEST(Deaths, AreNoticedWithinFiftyMilliseconds) {
    World world;
    world.install("segfault");
    world.start();
    const auto before = std::chrono::steady_clock::now();
    EXPECT_EQ(world.asks("/segfault"), "crashed: SIGSEGV");
    EXPECT_LT(std::chrono::steady_clock::now() - before, 250ms) << "includes the crash itself; usually a few ms";
}

TEST(Deaths, SpareTheCallsThatHadOnlyBeenHandedOver) {
    World world;
    world.install("fragile");
    world.start();
    const auto deadly = world.says("/fragile die", "alice");
    std::vector<std::pair<std::string, InvocationId>> others;
    for (const std::string name : {"bob", "carol", "dave"})
        others.emplace_back(name, world.says("/fragile " + name, name));
    EXPECT_EQ(world.outcome(deadly), "crashed: SIGABRT");
    for (const auto& [name, call] : others) {
        EXPECT_EQ(world.outcome(call), "done");
        EXPECT_THAT(world.answers(call), ElementsAre(name)) << "by the next worker, once";
    }
}

TEST(Deaths, OpenTheCircuitAfterFive) {
    World world;
    world.install("segfault");
    world.install("echo");
    world.start();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(world.asks("/segfault"), "crashed: SIGSEGV");
    EXPECT_TRUE(world.becomes("segfault", [](const auto& view) { return view.state == "circuit open"; }));
    EXPECT_THAT(world.asks("/segfault"), StartsWith("plugin_disabled"));
    EXPECT_THAT(world.plugin("segfault").reason, HasSubstr("SIGSEGV"));
    EXPECT_EQ(world.asks("/echo still here"), "still here");
}

TEST(Hangs, ABlockedCallEndsItsWorkerAndTheNextIsAnsweredByANewOne) {
    World world;
    world.options.first_output = 200ms;
    world.install("endless_loop");
    world.start();
    const auto before = std::chrono::steady_clock::now();
    const auto call = world.says("/loop");
    EXPECT_EQ(world.outcome(call), "timed_out");
    EXPECT_TRUE(world.becomes(
        "endless-loop", [](const auto& view) { return view.state == "restarting"; }, 2s));
    EXPECT_LT(std::chrono::steady_clock::now() - before, 1s);
    EXPECT_THAT(world.plugin("endless-loop").reason, HasSubstr("did not return"));
    EXPECT_TRUE(world.becomes(
        "endless-loop", [](const auto& view) { return view.state == "live"; }, 2s));
}

TEST(Hangs, InLoadAndStartAreEndedAndNamed) {
    World world;
    world.options.starting = 300ms;
    for (const auto* plugin : {"hang_in_constructor", "hang_in_start", "echo"}) world.install(plugin);
    world.start();
    EXPECT_EQ(world.asks("/echo first"), "first");
    EXPECT_EQ(world.plugin("hang-in-start").state, "refused");
    EXPECT_THAT(world.plugin("hang-in-start").reason, HasSubstr("start: took longer than 300 ms"));
}

TEST(Sandbox, DeniesEveryEscape) {
    ::setenv("RIPOSTE_TEST_SECRET", "a secret of the host", 1);
    World world;
    world.install("snoop");
    world.start();
    std::istringstream report(world.asks("/snoop"));
    ::unsetenv("RIPOSTE_TEST_SECRET");
    int attempts = 0;
    for (std::string line; std::getline(report, line); ++attempts) EXPECT_THAT(line, HasSubstr(": denied: "));
    EXPECT_GE(attempts, 60);
}

TEST(Sandbox, NamesTheLayersInForce) {
    World world;
    world.install("echo");
    world.start();
    const auto layers = world.plugin("echo").sandbox;
    EXPECT_THAT(layers, HasSubstr("landlock"));
    EXPECT_THAT(layers, HasSubstr("seccomp"));
    EXPECT_EQ(layers.find("uid ") != layers.npos, ::geteuid() == 0) << layers;
}

TEST(Sandbox, IsStartedWithinFiftyMilliseconds) {
    World world;
    world.install("echo");
    world.start();
    const auto before = std::chrono::steady_clock::now();
    const auto report = world.run(world.host->reload("echo", "test", true));
    ASSERT_TRUE(report && report->live);
    EXPECT_LT(std::chrono::steady_clock::now() - before, 1s) << "the figure itself is the bench's";
}

/// Living processes `… worker` whose parent this is.
std::vector<pid_t> workers_of(pid_t parent) {
    std::vector<pid_t> found;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        std::ifstream command(entry.path() / "cmdline");
        const std::string line((std::istreambuf_iterator<char>(command)), {});
        std::ifstream stat(entry.path() / "stat");
        std::string name;
        std::string state;
        pid_t pid = 0;
        pid_t its_parent = 0;
        stat >> pid >> name >> state >> its_parent;
        if (its_parent == parent && state != "Z" && line.find(std::string("\0worker", 7)) != line.npos)
            found.push_back(pid);
    }
    return found;
}

bool lives(pid_t pid) {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string name;
    std::string state;
    return stat >> pid >> name >> state && state != "Z";
}

TEST(Orphans, AKilledHostLeavesNoWorker) {
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t host = ::fork();
    if (host == 0) {
        World world;
        world.install("echo");
        world.install("endless_loop");
        world.start();
        world.says("/loop");
        world.services.wait(100ms, [] { return false; });
        [[maybe_unused]] const auto written = ::write(ready[1], "!", 1);
        ::pause();
    }
    char byte = 0;
    ASSERT_EQ(::read(ready[0], &byte, 1), 1);
    const auto workers = workers_of(host);
    EXPECT_THAT(workers, SizeIs(2));
    ::kill(host, SIGKILL);
    ::waitpid(host, nullptr, 0);
    const auto until = std::chrono::steady_clock::now() + 1s;
    while (std::ranges::any_of(workers, lives) && std::chrono::steady_clock::now() < until) ::usleep(5000);
    EXPECT_TRUE(std::ranges::none_of(workers, lives)) << "one of them is in an endless loop and reads nothing";
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST(Stop, LeavesNoWorker) {
    World world;
    world.install("echo");
    world.install("slow");
    world.start();
    // The process in which a build was checked may take a moment longer to go than the plugin takes to be live.
    world.services.wait(2s, [] { return workers_of(::getpid()).size() == 2; });
    EXPECT_THAT(workers_of(::getpid()), SizeIs(2));
    world.stop();
    EXPECT_THAT(workers_of(::getpid()), IsEmpty());
}

}  // namespace
}  // namespace riposte::test
