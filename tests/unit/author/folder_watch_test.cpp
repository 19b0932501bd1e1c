#include "author/folder_watch.hpp"

#include "unit/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <poll.h>

#include <fstream>

namespace riposte {
namespace {

namespace fs = std::filesystem;

struct FolderWatchTest : testing::Test {
    FolderWatchTest() {
        fs::create_directories(folder / "src");
        fs::create_directories(folder / "build");
    }

    void save(const fs::path& file) const { std::ofstream(folder / file) << "text"; }
    static std::string next(FolderWatch& watch) {
        pollfd waiting{watch.file(), POLLIN, 0};
        return ::poll(&waiting, 1, 2000) > 0 ? watch.changed() : "nothing";
    }

    const TemporaryFolder place;
    const fs::path folder = place.path();
};

TEST_F(FolderWatchTest, NamesWhatHasChanged) {
    FolderWatch watch(folder);
    save("weather.cpp");
    EXPECT_EQ(next(watch), "weather.cpp");
    save("src/rain.cpp");
    EXPECT_EQ(next(watch), "rain.cpp");
    fs::rename(folder / "src/rain.cpp", folder / "src/snow.cpp");
    EXPECT_EQ(next(watch), "snow.cpp");
}

TEST_F(FolderWatchTest, LeavesOutWhatABuildAndAnEditorWrite) {
    FolderWatch watch(folder);
    save("build/weather.o");
    save(".weather.cpp.swp");
    save("weather.cpp~");
    save("weather.cpp");
    EXPECT_EQ(next(watch), "weather.cpp");
    EXPECT_EQ(watch.changed(), "");
}

TEST_F(FolderWatchTest, SeesFoldersThatComeLater) {
    FolderWatch watch(folder);
    fs::create_directories(folder / "later");
    EXPECT_EQ(next(watch), "");
    save("later/cloud.cpp");
    EXPECT_EQ(next(watch), "cloud.cpp");
}

TEST_F(FolderWatchTest, WatchesOneFileAmongOthers) {
    save("weather.so");
    FolderWatch watch(folder / "weather.so");
    save("other.so");
    EXPECT_EQ(next(watch), "");
    save("weather.so");
    EXPECT_EQ(next(watch), "weather.so");
}

}  // namespace
}  // namespace riposte
