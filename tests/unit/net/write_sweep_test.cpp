#include "net/write_sweep.hpp"

#include <boost/asio/post.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <vector>

namespace riposte {
namespace {

using namespace std::chrono_literals;

/// Notes its turns; stays enlisted for as many more as it is told.
class Noting final : public WriteSweep::Writer, public std::enable_shared_from_this<Noting> {
public:
    Noting(WriteSweep& sweep, int name, std::vector<int>& turns) : sweep_(sweep), name_(name), turns_(turns) {}

    void write_now() override {
        turns_.push_back(name_);
        if (again-- > 0) sweep_.enlist(shared_from_this());
    }

    int again = 0;

private:
    WriteSweep& sweep_;
    int name_;
    std::vector<int>& turns_;
};

struct Sweeping : testing::Test {
    std::shared_ptr<Noting> enlist(int name, int again = 0) {
        auto writer = std::make_shared<Noting>(sweep, name, turns);
        writer->again = again;
        sweep.enlist(writer);
        return writer;
    }

    boost::asio::io_context io{1};
    WriteSweep sweep{io};
    std::vector<int> turns;
};

TEST_F(Sweeping, VisitsInTheOrderOfEnlisting) {
    for (const int name : {1, 2, 3}) enlist(name);
    EXPECT_TRUE(turns.empty()) << "written within enlist(): nothing could gather";
    io.run();
    EXPECT_EQ(turns, (std::vector{1, 2, 3}));
}

TEST_F(Sweeping, OneThatHasMoreToWriteWaitsBehindTheOthers) {
    enlist(1, 2);
    enlist(2, 1);
    enlist(3);
    io.run();
    EXPECT_EQ(turns, (std::vector{1, 2, 3, 1, 2, 1}));
}

TEST_F(Sweeping, TheThreadDoesOtherWorkBetweenVisits) {
    for (int name = 0; name < 200; ++name) enlist(name);
    std::size_t seen = 0;
    boost::asio::post(io, [&] { seen = turns.size(); });
    io.run();
    EXPECT_LT(seen, 100u) << "what arrived waited for the whole round";
    EXPECT_EQ(turns.size(), 200u);
}

TEST_F(Sweeping, LargeRoundsWithoutRestAreStretched) {
    for (int name = 0; name < 1000; ++name) enlist(name, 5);
    const auto begun = std::chrono::steady_clock::now();
    io.run();
    EXPECT_EQ(turns.size(), 6000u);
    EXPECT_GE(std::chrono::steady_clock::now() - begun, 32ms) << "five rounds followed the first";
}

TEST_F(Sweeping, ASmallRoundIsNeverHeldBack) {
    enlist(1, 2000);
    const auto begun = std::chrono::steady_clock::now();
    io.run();
    EXPECT_EQ(turns.size(), 2001u);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 4s) << "2,000 turns at 8 ms each would take 16 s";
}

TEST(Sweep, LetsGoOfWhoStillWaitsAtItsEnd) {
    boost::asio::io_context io{1};
    std::vector<int> turns;
    std::weak_ptr<Noting> waiting;
    {
        WriteSweep sweep(io);
        const auto writer = std::make_shared<Noting>(sweep, 1, turns);
        waiting = writer;
        sweep.enlist(writer);
    }
    EXPECT_TRUE(waiting.expired());
}

}  // namespace
}  // namespace riposte
