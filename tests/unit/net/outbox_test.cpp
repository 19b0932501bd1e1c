#include "net/outbox.hpp"

#include <gtest/gtest.h>

namespace riposte {
namespace {

std::shared_ptr<const std::string> lines(std::string text) {
    return std::make_shared<const std::string>(std::move(text));
}

TEST(Outbox, PassesOnABufferThatWaitsAloneUntouched) {
    Outbox outbox(1000);
    const auto shared = lines("{}\n");
    EXPECT_TRUE(outbox.push(shared));
    EXPECT_EQ(outbox.take_frame().get(), shared.get()) << "copied though nothing else waits";
    EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, GathersWhatWaitsInOrder) {
    Outbox outbox(1000);
    for (const auto* text : {"1\n", "2\n", "3\n"}) ASSERT_TRUE(outbox.push(lines(text)));
    EXPECT_EQ(*outbox.take_frame(), "1\n2\n3\n");
    EXPECT_EQ(outbox.bytes(), 0u);
}

TEST(Outbox, NeverGathersMoreThanAFrame) {
    Outbox outbox(10 * Outbox::frame_bytes);
    const std::string third(Outbox::frame_bytes / 3, 'a');
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(outbox.push(lines(third)));
    ASSERT_TRUE(outbox.push(lines(std::string(Outbox::frame_bytes + 1, 'b'))));
    EXPECT_EQ(outbox.take_frame()->size(), 3 * third.size());
    EXPECT_EQ(*outbox.take_frame(), third);
    EXPECT_EQ(outbox.take_frame()->size(), Outbox::frame_bytes + 1);
    EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, ASlowReaderIsNoticedAtTheCapacity) {
    Outbox outbox(10);
    EXPECT_TRUE(outbox.push(lines("123456")));
    EXPECT_TRUE(outbox.push(lines("7890")));
    EXPECT_FALSE(outbox.push(lines("1")));
    EXPECT_EQ(outbox.bytes(), 10u);
    EXPECT_EQ(*outbox.take_frame(), "1234567890");
    EXPECT_TRUE(outbox.push(lines("1")));
}

TEST(Outbox, OneThatIsNeverEmptyKeepsItsOrder) {
    Outbox outbox(1 << 20);
    const std::string large(Outbox::frame_bytes - 10, 'x');  // alone in its frame
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(outbox.push(lines(large + std::to_string(100000 + i))));
    for (int i = 2; i < 2000; ++i) {
        ASSERT_TRUE(outbox.push(lines(large + std::to_string(100000 + i))));
        ASSERT_EQ(outbox.take_frame()->substr(large.size()), std::to_string(100000 + i - 2));
    }
    EXPECT_EQ(outbox.bytes(), 2 * (large.size() + 6));
}

TEST(Outbox, ClearedItIsEmpty) {
    Outbox outbox(10);
    ASSERT_TRUE(outbox.push(lines("1234567890")));
    outbox.clear();
    EXPECT_TRUE(outbox.empty());
    EXPECT_TRUE(outbox.push(lines("1234567890")));
}

}  // namespace
}  // namespace riposte
