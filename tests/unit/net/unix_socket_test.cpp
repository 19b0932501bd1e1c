#include "net/unix_socket.hpp"

#include "base/ids.hpp"

#include <gmock/gmock.h>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace riposte {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::ThrowsMessage;

class UnixSocketTest : public testing::Test {
protected:
    UnixSocketTest() { fs::create_directory(folder_); }
    ~UnixSocketTest() override { fs::remove_all(folder_); }

    fs::path folder_ = fs::temp_directory_path() / ("riposte_unix_" + Uuid::make().to_string());
    fs::path path_ = folder_ / "riposte.sock";
};

TEST_F(UnixSocketTest, IsForOwnerAndGroupAndGoesWithItsServer) {
    {
        UnixSocketPath socket(path_);
        struct stat found {};
        ASSERT_EQ(::lstat(path_.c_str(), &found), 0);
        EXPECT_TRUE(S_ISSOCK(found.st_mode));
        EXPECT_EQ(found.st_mode & 0777, 0660u);
    }
    EXPECT_FALSE(fs::exists(path_));
}

TEST_F(UnixSocketTest, ReplacesWhatADeadServerLeftBehind) {
    {
        UnixSocketPath dead(path_);
        fs::rename(path_, folder_ / "kept");
    }
    fs::rename(folder_ / "kept", path_);
    const UnixSocketPath next(path_);
    EXPECT_TRUE(fs::exists(path_));
}

TEST_F(UnixSocketTest, LeavesALivingServerAlone) {
    const UnixSocketPath living(path_);
    EXPECT_THAT([&] { UnixSocketPath second(path_); },
                ThrowsMessage<std::runtime_error>(HasSubstr("another server answers")));
    EXPECT_TRUE(fs::exists(path_));
}

TEST_F(UnixSocketTest, LeavesAFileAlone) {
    std::ofstream(path_) << "precious";
    EXPECT_THAT([&] { UnixSocketPath socket(path_); }, ThrowsMessage<std::runtime_error>(HasSubstr("no socket")));
    EXPECT_EQ(fs::file_size(path_), 8u);
}

TEST_F(UnixSocketTest, SaysWhatToDoAboutABadPath) {
    EXPECT_THAT([&] { UnixSocketPath socket(folder_ / "no" / "folder"); },
                ThrowsMessage<std::runtime_error>(HasSubstr("http.unix_socket")));
    EXPECT_THAT([&] { UnixSocketPath socket(folder_ / std::string(200, 'a')); },
                ThrowsMessage<std::runtime_error>(HasSubstr("too long")));
}

TEST(OperatorBehind, IsWhoTheKernelSays) {
    int pair[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    EXPECT_EQ(operator_behind(pair[0]), "uid " + std::to_string(::getuid()) + ", cli");
    EXPECT_EQ(operator_behind(-1), "");
    ::close(pair[0]);
    ::close(pair[1]);
}

}  // namespace
}  // namespace riposte
