#include "bus/batch_builder.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr RoomId tea{1};
constexpr RoomId coffee{2};

Event post(RoomId room, Seq seq, std::string text) {
    Event event;
    event.room_id = room;
    event.room = room == tea ? "tea" : "coffee";
    event.seq = seq;
    event.message =
        Message{.id = Uuid::make(), .room_id = room, .room = event.room, .seq = seq, .text = std::move(text)};
    return event;
}

Delivery delivery_of(std::vector<Committed> batch) {
    BatchBuilder builder;
    for (auto& entry : batch) builder.add(std::move(entry));
    return builder.take();
}

const RoomLines& lines(const Delivery& delivery, std::size_t item) {
    return std::get<RoomLines>(delivery.items.at(item));
}

// Breaks when events are serialised one buffer each, or out of order.
TEST(BatchBuilder, GathersTheEventsOfARoomIntoOneBufferInOrder) {
    const auto delivery = delivery_of({post(tea, 4, "four"), post(coffee, 1, "one"), post(tea, 5, "five")});

    ASSERT_EQ(delivery.items.size(), 2U);
    EXPECT_EQ(lines(delivery, 0).first, 4);
    EXPECT_EQ(lines(delivery, 0).last, 5);
    const std::string& text = *lines(delivery, 0).lines;
    EXPECT_LT(text.find("four"), text.find("five"));
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2);
    EXPECT_EQ(text.back(), '\n');
    EXPECT_THAT(*lines(delivery, 1).lines, HasSubstr("one"));
}

// Breaks when a removed member's socket could be handed what was said after the removal.
TEST(BatchBuilder, CutsARoomsBufferWhereTheMembershipChanges) {
    const auto delivery = delivery_of({post(tea, 1, "before"),
                                       MembershipChanged{.user = UserId{7}, .room = tea, .uri = "tea", .member = false},
                                       post(tea, 2, "after")});

    ASSERT_EQ(delivery.items.size(), 3U);
    EXPECT_THAT(*lines(delivery, 0).lines, Not(HasSubstr("after")));
    EXPECT_TRUE(std::holds_alternative<MembershipChanged>(delivery.items[1]));
    EXPECT_THAT(*lines(delivery, 2).lines, HasSubstr("after"));
}

TEST(BatchBuilder, LeavesOtherRoomsWholeWhenOneIsCut) {
    const auto delivery = delivery_of({post(coffee, 1, "one"),
                                       MembershipChanged{.user = UserId{7}, .room = tea, .uri = "tea", .member = true},
                                       post(coffee, 2, "two")});

    EXPECT_EQ(lines(delivery, 0).last, 2);
}

TEST(BatchBuilder, PutsAcksBesideTheEvents) {
    const auto id = Uuid::make();
    const auto delivery = delivery_of(
        {Ack{.to = {.net_thread = 1, .session = 9}, .client_msg_id = "c1", .room = "tea", .id = id, .seq = 4},
         post(tea, 4, "four")});

    ASSERT_EQ(delivery.acks.size(), 1U);
    EXPECT_EQ(delivery.acks[0].to.session, 9U);
    EXPECT_THAT(delivery.acks[0].line, HasSubstr(id.to_string()));
    EXPECT_EQ(delivery.items.size(), 1U);
}

TEST(BatchBuilder, SendsAnEphemeralAnswerToItsAuthorOnly) {
    const auto delivery = delivery_of(
        {EphemeralPosted{.user = UserId{3}, .room = "tea", .plugin = "dice", .reply = {.part = 0, .text = "psst"}}});

    ASSERT_EQ(delivery.items.size(), 1U);
    const auto& line = std::get<UserLine>(delivery.items[0]);
    EXPECT_EQ(line.user, UserId{3});
    EXPECT_THAT(line.line, HasSubstr("psst"));
}

}  // namespace
}  // namespace riposte
