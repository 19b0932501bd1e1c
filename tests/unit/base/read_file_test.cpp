#include "base/read_file.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>

namespace riposte {
namespace {

namespace fs = std::filesystem;

class ReadFile : public testing::Test {
protected:
    ReadFile() { fs::create_directories(folder_); }
    ~ReadFile() override { fs::remove_all(folder_); }

    const fs::path folder_ = fs::path(testing::TempDir()) / ("read_file_" + std::to_string(::getpid()));
};

TEST_F(ReadFile, GivesEveryByte) {
    const std::string bytes(
        "a\0\r\n\xff"
        "b",
        6);
    std::ofstream(folder_ / "some", std::ios::binary) << bytes;
    EXPECT_EQ(read_file(folder_ / "some"), bytes);
}

TEST_F(ReadFile, OfNoBytesIsEmptyAndThere) {
    std::ofstream(folder_ / "none").flush();
    EXPECT_EQ(read_file(folder_ / "none"), "");
}

TEST_F(ReadFile, GivesNothingForWhatIsNoFile) {
    EXPECT_EQ(read_file(folder_ / "missing"), std::nullopt);
    EXPECT_EQ(read_file(folder_), std::nullopt);
}

}  // namespace
}  // namespace riposte
