#include "bus/bus.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using Received = std::vector<std::shared_ptr<const Delivery>>;

// Breaks when each thread gets a copy of its own: a broadcast would be serialised once a core.
TEST(LocalBus, HandsTheSameDeliveryToEverySubscriber) {
    Received one, other;
    const auto bus = make_local_bus();
    bus->subscribe([&](auto delivery) { one.push_back(std::move(delivery)); });
    bus->subscribe([&](auto delivery) { other.push_back(std::move(delivery)); });

    bus->to_room(RoomId{1}, R"({"event":"typing"})");

    ASSERT_EQ(one.size(), 1U);
    EXPECT_EQ(one, other);
    const auto& lines = std::get<RoomLines>(one[0]->items.at(0));
    EXPECT_EQ(*lines.lines, "{\"event\":\"typing\"}\n");
    EXPECT_EQ(lines.last, 0) << "a transient line carries no seq";
}

TEST(LocalBus, TellsARefusedPostToItsSocket) {
    Received received;
    const auto bus = make_local_bus();
    bus->subscribe([&](auto delivery) { received.push_back(std::move(delivery)); });

    bus->to_socket(
        {.to = {.net_thread = 0, .session = 5}, .client_msg_id = "c1", .problem = Problem{ErrorCode::UnknownCommand}});

    ASSERT_EQ(received.at(0)->acks.size(), 1U);
    EXPECT_EQ(received[0]->acks[0].to.session, 5U);
    EXPECT_THAT(received[0]->acks[0].line, testing::HasSubstr("unknown_command"));
}

TEST(LocalBus, TellsWhatIsOverheardToItsListenerAndToNoSocket) {
    Received received;
    std::vector<std::string> heard;
    const auto bus = make_local_bus();
    bus->subscribe([&](auto delivery) { received.push_back(std::move(delivery)); });
    std::vector<Committed> unheard;
    unheard.emplace_back(Overheard{});
    bus->committed(std::move(unheard));
    bus->listen([&](const Overheard& overheard) { heard.push_back(overheard.message.text); });
    Overheard overheard;
    overheard.message.text = "hello";
    std::vector<Committed> batch;
    batch.emplace_back(std::move(overheard));
    bus->committed(std::move(batch));
    EXPECT_THAT(heard, testing::ElementsAre("hello"));
    for (const auto& delivery : received) EXPECT_TRUE(delivery->items.empty() && delivery->acks.empty());
}

}  // namespace
}  // namespace riposte
