#include "net/outbox.hpp"

#include <gtest/gtest.h>

namespace riposte {
namespace {

std::shared_ptr<const std::string> lines(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

// Breaks when a broadcast is copied for each socket.
TEST(Outbox, PassesALoneBufferThroughUntouched) {
    Outbox outbox(1000);
    const auto shared = lines("one\n");
    ASSERT_TRUE(outbox.push(shared));

    EXPECT_EQ(outbox.take_frame().get(), shared.get());
    EXPECT_TRUE(outbox.empty());
    EXPECT_EQ(outbox.bytes(), 0U);
}

TEST(Outbox, GathersWhatWaitsIntoOneFrameInOrder) {
    Outbox outbox(1000);
    for (const auto* text : {"one\n", "two\n", "three\n"}) ASSERT_TRUE(outbox.push(lines(text)));

    EXPECT_EQ(*outbox.take_frame(), "one\ntwo\nthree\n");
    EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, KeepsAFrameWithinItsLimit) {
    Outbox outbox(10 * Outbox::frame_bytes);
    const std::string big(Outbox::frame_bytes - 10, 'x');
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(outbox.push(lines(big)));

    for (int i = 0; i < 3; ++i) EXPECT_EQ(outbox.take_frame()->size(), big.size());
    EXPECT_TRUE(outbox.empty());
}

// Breaks when a slow reader can make the server hold any amount.
TEST(Outbox, RefusesMoreThanItsCapacityAndKeepsWhatItHas) {
    Outbox outbox(8);
    EXPECT_TRUE(outbox.push(lines("12345678")));
    EXPECT_FALSE(outbox.push(lines("9")));
    EXPECT_EQ(*outbox.take_frame(), "12345678");
    EXPECT_TRUE(outbox.push(lines("9")));
}

}  // namespace
}  // namespace riposte
