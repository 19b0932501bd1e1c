#include "unit/store/world.hpp"

#include <gmock/gmock.h>

#include <signal.h>
#include <sys/resource.h>

namespace riposte {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

/// No file of this process may grow beyond a size, as on a full disk.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit limit = before_;
        limit.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }

private:
    rlimit before_{};
};

class Failures : public World {};

TEST_F(Failures, AFullDiskAcknowledgesNothingAndTheWriterSurvives) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    says(alice, uri, "before");
    const auto size = std::filesystem::file_size(folder_.path() / "riposte.db-wal");
    recorder_.clear();
    {
        const FullDisk full(size + 2000);
        const auto refused = post(message(alice, uri, std::string(16'000, 'x')), AckAddress{});
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::Internal);
        EXPECT_THAT(refused.error().detail, HasSubstr("SQLite"));
        EXPECT_THAT(recorder_.all<Event>(), SizeIs(0));
        ASSERT_THAT(recorder_.all<Ack>(), SizeIs(1));
        EXPECT_EQ(recorder_.all<Ack>()[0].problem->code, ErrorCode::Internal);
        EXPECT_EQ(outcome(store_->room(alice.id, uri)), "ok") << "reading goes on";
    }
    EXPECT_EQ(says(alice, uri, "after").seq, 3);
    restart();
    EXPECT_THAT(texts(alice, uri), ::testing::ElementsAre("before", "after"));
}

}  // namespace
}  // namespace riposte
