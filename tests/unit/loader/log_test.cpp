#include "loader/plugin_log.hpp"
#include "unit/loader/world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace riposte::test {
namespace {

using ::testing::SizeIs;

TEST(LogLine, IsReadAsItWasWritten) {
    const auto line = from_log_text(to_log_text({1764324000000, 3, LogSource::ErrorOutput, "two  words "}));
    ASSERT_TRUE(line);
    EXPECT_EQ(line->at, 1764324000000);
    EXPECT_EQ(line->generation, 3);
    EXPECT_EQ(line->source, LogSource::ErrorOutput);
    EXPECT_EQ(line->text, "two  words ");
    for (const auto* torn : {"", "1764324000000", "1764324000000 3", "x 3 host text", "1 3 nobody text"})
        EXPECT_FALSE(from_log_text(torn)) << torn;
}

class Log : public ::testing::Test {
protected:
    std::vector<std::string> lines(std::optional<std::int64_t> generation = std::nullopt, std::size_t limit = 10'000) {
        std::vector<std::string> all;
        for (const auto& line : *world.run(world.host->log("chatty", generation, limit)))
            all.push_back(std::to_string(line.generation) + " " + std::string(to_string(line.source)) + " " +
                          line.text);
        return all;
    }
    bool has(const std::string& wanted) {
        const auto until = std::chrono::steady_clock::now() + 5s;
        while (std::chrono::steady_clock::now() < until) {
            for (const auto& line : lines())
                if (line.find(wanted) != line.npos) return true;
            std::this_thread::sleep_for(5ms);
        }
        return false;
    }
    World world;
};

TEST_F(Log, HasWhatAPluginPrintsAndLogsByGeneration) {
    world.install("chatty");
    world.start();
    EXPECT_EQ(world.asks("/chatty"), "said");
    EXPECT_TRUE(has("1 stderr constructed"));
    EXPECT_TRUE(has("1 stdout on stdout 你好 ?[2J")) << "no terminal obeys it";
    EXPECT_TRUE(has("1 warning by the log"));
    EXPECT_TRUE(has("1 host 1 starts, build "));
    ASSERT_TRUE(world.run(world.host->reload("chatty", "alice, cli", true)));
    EXPECT_TRUE(has("2 stderr constructed"));
    EXPECT_TRUE(has("1 host ended: "));
    for (const auto& line : lines(2)) EXPECT_EQ(line[0], '2') << line;
    EXPECT_THAT(lines(std::nullopt, 3), SizeIs(3));
}

TEST_F(Log, HasTheLastWordsOfAPluginThatDiesAndOutlivesTheHost) {
    world.install("chatty");
    world.start();
    EXPECT_EQ(world.asks("/chatty die"), "crashed: SIGABRT");
    EXPECT_TRUE(has("1 stderr last words"));
    EXPECT_TRUE(has("1 stdout on stdout")) << "printed before the crash, without a flush";
    EXPECT_TRUE(has("1 host ended: SIGABRT"));
    world.stop();
    world.host.reset();
    world.start();
    EXPECT_TRUE(has("1 stderr last words"));
}

TEST_F(Log, IsBoundedAndCountsWhatItDrops) {
    world.install("chatty");
    world.start();
    EXPECT_EQ(world.asks("/chatty flood"), "said");
    std::this_thread::sleep_for(1100ms);  // the next second counts anew
    EXPECT_EQ(world.asks("/chatty"), "said");
    EXPECT_TRUE(has(" lines dropped"));
    std::uintmax_t bytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(world.options.data_directory / "plugin-logs"))
        bytes += file.file_size();
    EXPECT_LE(bytes, 1u << 20);
}

TEST_F(Log, OfAnUnknownPluginIsNotFound) {
    world.start();
    const auto found = world.run(world.host->log("nobody", std::nullopt, 10));
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::NotFound);
}

TEST(LogFile, KeepsTheNewestWhenItIsFull) {
    World world;
    const auto files = std::make_shared<asio::thread_pool>(1);
    const auto file = world.folder / "logs" / "big.log";
    std::filesystem::create_directories(world.folder / "logs");
    std::ofstream(file) << std::string(512 << 10, '\n');
    PluginLog log(world.folder / "logs", "big", files);
    log.append(1, LogSource::Host, "the newest");
    files->join();
    EXPECT_LT(std::filesystem::file_size(file), 100u);
    EXPECT_TRUE(std::filesystem::exists(file.string() + ".1"));
}

}  // namespace
}  // namespace riposte::test
