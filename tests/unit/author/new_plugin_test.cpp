#include "author/new_plugin.hpp"

#include "unit/temporary_folder.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

namespace riposte {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

struct NewPluginTest : testing::Test {
    std::string text(const fs::path& file) const {
        std::ifstream in(folder / file);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::string refusal(const std::string& name) const {
        const auto made = new_plugin(folder, name, PluginLanguage::Cpp);
        return made ? "" : made.error().detail;
    }

    const TemporaryFolder place;
    const fs::path folder = place.path();
};

TEST_F(NewPluginTest, UnpacksSourcesAndHeaders) {
    const auto made = new_plugin(folder, "rain-radar", PluginLanguage::Cpp);
    ASSERT_TRUE(made) << made.error().detail;
    EXPECT_EQ(made->folder, folder / "rain-radar");
    EXPECT_THAT(made->entries,
                ElementsAre("CMakeLists.txt", "rain-radar.cpp", "rain-radar_test.cpp", "transcripts/", "riposte/"));
    EXPECT_THAT(text("rain-radar/rain-radar.cpp"), HasSubstr("RIPOSTE_PLUGIN(RainRadar, \"rain-radar\", \"0.1.0\")"));
    EXPECT_THAT(text("rain-radar/riposte/plugin.h"), HasSubstr("riposte_plugin_entry"));
    EXPECT_TRUE(fs::exists(folder / "rain-radar/riposte/detail/testing/host.hpp"));
    EXPECT_TRUE(fs::exists(folder / "rain-radar/riposte/cmake/plugin.map"));
}

TEST_F(NewPluginTest, LeavesNoPlaceholder) {
    for (const auto language : {PluginLanguage::Cpp, PluginLanguage::C, PluginLanguage::Rust}) {
        const auto name = "rain-" + std::to_string(static_cast<int>(language));
        ASSERT_TRUE(new_plugin(folder, name, language));
        for (const auto& entry : fs::recursive_directory_iterator(folder / name)) {
            EXPECT_THAT(entry.path().string(), testing::Not(HasSubstr("NAME")));
            if (!entry.is_regular_file()) continue;
            EXPECT_THAT(text(fs::relative(entry.path(), folder)),
                        testing::AllOf(testing::Not(HasSubstr("@name@")), testing::Not(HasSubstr("@Class@"))))
                << entry.path();
        }
    }
}

TEST_F(NewPluginTest, TheHeadersAreThoseOfTheSourceByteForByte) {
    ASSERT_TRUE(new_plugin(folder, "same", PluginLanguage::Cpp));
    const fs::path source = fs::path(SOURCE) / "plugin-api/include/riposte";
    std::size_t compared = 0;
    for (const auto& entry : fs::recursive_directory_iterator(source)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path());
        const std::string original{std::istreambuf_iterator<char>(in), {}};
        EXPECT_EQ(text(fs::path("same/riposte") / fs::relative(entry.path(), source)), original) << entry.path();
        ++compared;
    }
    EXPECT_GT(compared, 10u);
}

TEST_F(NewPluginTest, RefusesAFolderThatIsThereAndLeavesItAsItWas) {
    fs::create_directory(folder / "weather");
    std::ofstream(folder / "weather/mine.txt") << "mine";
    EXPECT_THAT(refusal("weather"), HasSubstr("is there already"));
    EXPECT_EQ(text("weather/mine.txt"), "mine");
    EXPECT_FALSE(fs::exists(folder / "weather/CMakeLists.txt"));
}

TEST_F(NewPluginTest, RefusesNamesThatNoPluginMayHave) {
    for (const std::string name :
         {"", "Weather", "1st", "-a", "a_b", "../x", "a/b", "天气", "a b", "abcdefghijklmnopqrstuvwxyzabcdefg"})
        EXPECT_THAT(refusal(name), HasSubstr("cannot name a plugin")) << name;
    for (const std::string name : {"test", "all", "help"}) EXPECT_THAT(refusal(name), HasSubstr("reserved")) << name;
    EXPECT_TRUE(fs::is_empty(folder));
}

TEST_F(NewPluginTest, SaysWhereItMayNotWrite) {
    const auto made = new_plugin(folder / "absent", "weather", PluginLanguage::C);
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().detail, HasSubstr("No such file"));
}

}  // namespace
}  // namespace riposte
