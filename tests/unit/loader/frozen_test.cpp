// Plugins that were compiled when their release of the ABI was declared (tests/abi) run in this host. If one of these fails,
// the host has broken a promise: it is the host that must be mended, never the library.
#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/utsname.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <tuple>

namespace riposte::test {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string machine() {
    utsname name{};
    ::uname(&name);
    return name.machine;
}

/// "1.0/tour_c": of every release and language, whether or not there is a library for this machine.
std::vector<std::string> frozen() {
    std::vector<std::string> names;
    for (const auto& release : fs::directory_iterator(ABI))
        if (fs::is_directory(release / fs::path("sources")))
            for (const char* language : {"c", "cpp", "rust"})
                names.push_back(release.path().filename().string() + "/tour_" + language);
    std::ranges::sort(names);
    return names;
}

class Frozen : public ::testing::TestWithParam<std::tuple<std::string, Isolation>> {
protected:
    Frozen() {
        world.options.isolation = std::get<1>(GetParam());
        world.options.grants_everything = true;
        world.options.forget_every = 50ms;
    }
    void SetUp() override {
        const fs::path name = std::get<0>(GetParam());
        const auto folder = fs::path(ABI) / name.parent_path() / machine();
        if (!fs::exists(folder))
            GTEST_SKIP() << "no libraries of release " << name.parent_path() << " for " << machine();
        const auto library = folder / (name.filename().string() + ".so");
        ASSERT_TRUE(fs::exists(library)) << library << ": they are never removed";
        fs::copy_file(library, world.options.inbox_directory / "tour.so");
        world.start();
        ASSERT_EQ(world.plugin("tour").state, "live") << world.plugin("tour").reason;
    }
    /// What riposte.rs has no words for.
    bool is_rust() const { return std::get<0>(GetParam()).ends_with("rust"); }
    std::string log() {
        std::string text;
        for (const auto& line : *world.run(world.host->log("tour", std::nullopt, 100))) text += line.text + "\n";
        return text;
    }
    World world;
};
INSTANTIATE_TEST_SUITE_P(Plugins, Frozen,
                         ::testing::Combine(::testing::ValuesIn(frozen()),
                                            ::testing::Values(Isolation::Worker, Isolation::InProcess)),
                         [](const auto& info) {
                             std::string name = std::get<0>(info.param);
                             std::ranges::replace_if(
                                 name, [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
                             const bool worker = std::get<1>(info.param) == Isolation::Worker;
                             return name + (worker ? "_Worker" : "_InProcess");
                         });

TEST_P(Frozen, AnswersWithWhatItWasGiven) {
    EXPECT_EQ(world.asks("/tour words to and  fro"), "to and  fro");
    EXPECT_EQ(world.asks("/导览 茶"), "茶");
    EXPECT_EQ(world.asks("/tour typed 5 green 1m30s 2.5 yes"), "5, green is 1, 90000 ms, 2.5, sure");
    EXPECT_EQ(world.asks("/tour where"), "alice in Lobby, en, UTC, and the rest");
    EXPECT_EQ(world.asks("/tour fail"), "plugin_failed: as asked");
    EXPECT_THAT(log(), HasSubstr("the tour begins"));
}

TEST_P(Frozen, AnswersInEveryWay) {
    EXPECT_EQ(world.asks("/tour edit"), "second");
    EXPECT_EQ(world.asks("/tour stream 5"), "1 2 3 4 5 ");
    const auto alone = world.says("/tour alone");
    EXPECT_EQ(world.outcome(alone), "done");
    EXPECT_THAT(world.answers(alone), ElementsAre("for you"));
    EXPECT_EQ(world.services.posted.back().reply.visibility, CommandVisibility::Author);
    if (is_rust()) return;
    EXPECT_EQ(world.asks("/tour later"), "later");
}

TEST_P(Frozen, KeepsAndForgets) {
    EXPECT_EQ(world.asks("/tour kept"), "nothing");
    EXPECT_EQ(world.asks("/tour keep tea"), "kept");
    EXPECT_EQ(world.asks("/tour kept"), "tea under kept ");
    EXPECT_EQ(world.asks("/tour drop"), "dropped");
    EXPECT_EQ(world.asks("/tour kept"), "nothing");
}

TEST_P(Frozen, SetsTimersAndIsCalledByThem) {
    EXPECT_EQ(world.asks("/tour timer 20"), "set");
    ASSERT_TRUE(world.services.wait(5s, [&] { return !world.services.due.empty(); }));
    CallRequest call;
    call.invocation.id = InvocationId::make();
    call.invocation.plugin = "tour";
    call.invocation.command = "/tour timer";
    call.origin = Origin::Timer;
    call.timer_payload = world.services.due[0].first.payload;
    const auto id = call.invocation.id;
    world.host->submit(std::move(call));
    EXPECT_EQ(world.outcome(id), "done");
    EXPECT_THAT(world.answers(id), ElementsAre("timer: tea"));
    if (is_rust()) return;
    EXPECT_EQ(world.asks("/tour timer 60000"), "set");
    EXPECT_EQ(world.asks("/tour call off"), "called off");
    EXPECT_EQ(world.asks("/tour call off"), "there is none");
}

TEST_P(Frozen, HandsItsStateOver) {
    EXPECT_EQ(world.asks("/tour count"), "1");
    EXPECT_EQ(world.asks("/tour count"), "2");
    const auto report = world.run(world.host->reload("tour", "alice, cli", true));
    ASSERT_TRUE(report && report->live);
    EXPECT_EQ(world.asks("/tour count"), "3");
}

TEST_P(Frozen, ReadsItsSettingsAndRefusesOnesThatItCannotUse) {
    EXPECT_EQ(world.asks("/tour setting"), "hello");
    const auto set = [&](const std::string& value) {
        return world.run(world.host->configure("tour", {{"greeting", SettingChoice{.texts = {value}}}}, Reach::Machine,
                                               "alice, cli"));
    };
    ASSERT_TRUE(set("good day")->live);
    EXPECT_EQ(world.asks("/tour setting"), "good day");
    const auto refused = set("refuse");
    EXPECT_FALSE(refused->live);
    EXPECT_EQ(refused->reason, "as it was told");
    EXPECT_EQ(world.asks("/tour setting"), "good day");
}

TEST_P(Frozen, SpeaksUnaskedAndHears) {
    EXPECT_EQ(world.asks("/tour post"), "posted");
    EXPECT_THAT(world.services.unasked, ElementsAre("tour in lobby: unasked"));
    world.chats("tour", "coffee");
    world.chats("tour", "喝茶");
    EXPECT_THAT(world.answers_to_heard(1), ElementsAre("7: 喝茶"));
}

TEST_P(Frozen, ForgetsAPersonWhoseAccountWasDeleted) {
    EXPECT_EQ(world.asks("/tour keep tea"), "kept");
    {
        const std::lock_guard lock(world.services.mutex);
        world.services.forgets.push_back({"tour", UserId{7}, "alice"});
    }
    ASSERT_TRUE(world.services.wait(5s, [&] { return world.services.forgets.empty(); }));
    EXPECT_THAT(log(), HasSubstr("forgets alice"));
    EXPECT_EQ(world.asks("/tour kept"), is_rust() ? "tea under kept " : "nothing");
}

TEST_P(Frozen, Suggests) {
    SuggestQuestion question;
    question.plugin = "tour";
    question.prefix = "/tour suggest";
    question.option = "word";
    question.typed = "tea";
    question.locale = "en";
    const auto values = world.run(world.host->suggest(question));
    ASSERT_EQ(values.size(), is_rust() ? 0u : 1u) << "riposte.rs of 1.0 has no suggestions";
    if (values.empty()) return;
    EXPECT_EQ(values[0].value, "tea-and-more");
    EXPECT_EQ(values[0].description, "longer");
}

/// They are what they were. A new one is a new file, with a new line here.
TEST(FrozenFiles, AreThoseOfTheirRelease) {
    std::set<std::string> listed;
    std::ifstream list(fs::path(ABI) / "SHA256SUMS");
    for (std::string hash, name; list >> hash >> name;) listed.insert(name);
    std::set<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(ABI))
        if (entry.path().extension() == ".so") found.insert(fs::relative(entry.path(), ABI).string());
    EXPECT_EQ(found, listed);
    const auto check = "cd '" + std::string(ABI) + "' && sha256sum --quiet --check SHA256SUMS";
    EXPECT_EQ(std::system(check.c_str()), 0);
}

}  // namespace
}  // namespace riposte::test
