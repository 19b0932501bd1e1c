#include "loader/guest/elf_image.hpp"
#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace riposte::test {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(ReadableName, OfTheCommonForms) {
    struct Row {
        const char* mangled;
        const char* readable;
    };
    const Row table[] = {
        {"_ZN7Weather3nowEN7riposte10InvocationE", "Weather::now"},
        {"_ZNK7weather12_GLOBAL__N_17Station3nowEPVKi", "weather::(anonymous)::Station::now"},
        {"_Z4freev", "free"},
        {"_ZN7WeatherC2Ev", "Weather::Weather"},
        {"_ZN7WeatherD1Ev", "Weather::~Weather"},
        {"_ZNSt6vectorIiSaIiEE9push_backERKi", "std::vector<>"},
        {"_ZZN7Weather3nowEvENKUlvE_clEv", "_ZZN7Weather3nowEvENKUlvE_clEv"},
        {"_ZN99999999999999999999short", "_ZN99999999999999999999short"},
        {"_ZN", "_ZN"},
        {"_Z", "_Z"},
        {"main", "main"},
        {"", ""},
    };
    for (const auto& row : table) {
        std::array<char, 128> out;
        guest::readable_name(row.mangled, out.data(), out.size());
        EXPECT_STREQ(out.data(), row.readable);
    }
    std::array<char, 8> small;
    guest::readable_name("_ZN7Weather3nowEv", small.data(), small.size());
    EXPECT_STREQ(small.data(), "Weather");
}

TEST(Image, OfAFileThatIsCutShortNamesNothing) {
    World world;
    std::ifstream in(std::string(FIXTURES) + "/traced.so", std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(in)), {});
    const auto file = world.folder / "cut.so";
    for (std::size_t size = 0; size < whole.size(); size += 997) {
        std::ofstream(file, std::ios::binary).write(whole.data(), static_cast<std::streamsize>(size));
        const guest::ElfImage image(file.c_str());
        EXPECT_EQ(image.function_at(0x1000).name, nullptr);
        EXPECT_THAT(image.build_id(), SizeIs(0));
    }
    EXPECT_EQ(guest::ElfImage("/nowhere").function_at(0).name, nullptr);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they report in words of their own
class Crash : public ::testing::Test {
protected:
    std::string log(const std::string& plugin, const std::string& until) {
        std::string all;
        for (int i = 0; i < 1000; ++i) {
            all.clear();
            for (const auto& line : *world.run(world.host->log(plugin, std::nullopt, 1000))) all += line.text + "\n";
            if (all.find(until) != all.npos) break;
            std::this_thread::sleep_for(5ms);
        }
        return all;
    }
    World world;
};

TEST_F(Crash, LeavesTheSignalTheFunctionsAndTheBuildInTheLog) {
    world.install("traced");
    world.start();
    EXPECT_EQ(world.asks("/traced"), "crashed: SIGSEGV") << "the report changes nothing of the end";
    const auto text = log("traced", "build-id");
    EXPECT_THAT(text, HasSubstr("died of SIGSEGV, touching 0x0\n"));
    EXPECT_THAT(text, HasSubstr("  at weather::(anonymous)::Station::now+0x"));
    EXPECT_THAT(text, HasSubstr(" in the plugin+0x"));
    EXPECT_THAT(text, ::testing::ContainsRegex("build-id [0-9a-f]{40}"));
}

TEST_F(Crash, IsFoundInTheSourcesByAProgramThatMayReadNothingElse) {
    world.install("traced");
    world.start();
    EXPECT_EQ(world.asks("/traced"), "crashed: SIGSEGV");
    EXPECT_THAT(log("traced", "crashed in"),
                HasSubstr("crashed in weather::(anonymous namespace)::Station::now, traced.cpp:9\n"));
}

TEST_F(Crash, OfABuildWithoutLinesHasItsFunction) {
    world.install("abort");
    world.start();
    EXPECT_EQ(world.asks("/abort"), "crashed: SIGABRT");
    EXPECT_THAT(log("abort", "crashed in"), HasSubstr("crashed in "));
}

TEST_F(Crash, OfAThreadOfThePluginIsReportedToo) {
    world.install("traced");
    world.start();
    EXPECT_EQ(world.asks("/traced thread"), "crashed: SIGSEGV");
    EXPECT_THAT(log("traced", "build-id"), HasSubstr("Station::now+0x"));
}

TEST_F(Crash, OfAnOverflownStackIsReportedFromAnother) {
    world.install("stack_overflow");
    world.start();
    EXPECT_EQ(world.asks("/overflow"), "crashed: SIGSEGV");
    EXPECT_THAT(log("stack-overflow", "build-id"), HasSubstr("died of SIGSEGV"));
}

TEST_F(Crash, ByAbortIsReported) {
    world.install("abort");
    world.start();
    EXPECT_EQ(world.asks("/abort"), "crashed: SIGABRT");
    EXPECT_THAT(log("abort", "build-id"), HasSubstr("died of SIGABRT\n"));
}
#endif

}  // namespace
}  // namespace riposte::test
