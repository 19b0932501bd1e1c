#include "net/hub.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr UserId alice{1};
constexpr UserId bob{2};
constexpr RoomId tea{10};
constexpr RoomId coffee{11};

/// Writes down what it is told.
class Listener final : public Participant {
public:
    Listener(UserId user, std::string token) : user_(user), token_(std::move(token)) {}

    UserId user() const override { return user_; }
    const std::string& token_hash() const override { return token_; }
    void deliver(const RoomLines& lines) override { heard.push_back(*lines.lines); }
    void deliver_line(const std::string& line) override { heard.push_back(line); }
    void deliver_ack(const std::string& line) override { heard.push_back("ack " + line); }
    void membership(const MembershipChanged& change) override { heard.push_back(change.member ? "joined" : "removed"); }
    void close_signed_out() override { heard.push_back("signed out"); }
    void close_restart() override { heard.push_back("restart"); }

    std::vector<std::string> heard;

private:
    UserId user_;
    std::string token_;
};

class HubTest : public testing::Test {
protected:
    HubTest() {
        hub.enter(1, alices_laptop);
        hub.enter(2, alices_phone);
        hub.enter(3, bobs_laptop);
    }
    void deliver(std::vector<DeliveryItem> items, std::vector<AckLine> acks = {}) {
        hub.deliver(Delivery{.acks = std::move(acks), .items = std::move(items)});
    }
    static RoomLines lines(RoomId room, std::string text) {
        return {.room = room, .lines = std::make_shared<const std::string>(std::move(text)), .first = 1, .last = 1};
    }

    Hub hub{7};
    Listener alices_laptop{alice, "a1"}, alices_phone{alice, "a2"}, bobs_laptop{bob, "b1"};
};

TEST_F(HubTest, ARoomsLinesReachItsSubscribersOnly) {
    hub.subscribe(1, tea);
    hub.subscribe(3, tea);
    hub.subscribe(3, coffee);
    deliver({lines(tea, "t"), lines(coffee, "c")});
    EXPECT_THAT(alices_laptop.heard, ElementsAre("t"));
    EXPECT_THAT(alices_phone.heard, IsEmpty());
    EXPECT_THAT(bobs_laptop.heard, ElementsAre("t", "c"));
}

TEST_F(HubTest, AGrowingMessageIsKeptForThoseWhoComeLate) {
    const auto growing = Uuid::make();
    hub.subscribe(1, tea);
    auto chunk = lines(tea, "chunk");
    chunk.first = chunk.last = 0;
    deliver({StreamGrown{growing, std::make_shared<const std::string>("one two"), chunk}});
    EXPECT_THAT(alices_laptop.heard, ElementsAre("chunk"));
    EXPECT_THAT(bobs_laptop.heard, IsEmpty());

    const auto read = [&](MessageState state, bool deleted) {
        Message message;
        message.id = growing;
        message.text = "one";
        message.state = state;
        message.deleted = deleted;
        std::vector<Message> page{message};
        hub.streams().complete(page);
        return page[0].text;
    };
    EXPECT_EQ(read(MessageState::Streaming, false), "one two");
    EXPECT_EQ(read(MessageState::Posted, false), "one") << "the store has its end, and knows better";
    EXPECT_EQ(read(MessageState::Streaming, true), "one") << "what was deleted does not come back";
    deliver({StreamEnded{growing}});
    EXPECT_EQ(read(MessageState::Streaming, false), "one") << "nothing is kept for ever";
}

TEST_F(HubTest, ASubscriptionEndsByItselfAndWithItsSocket) {
    for (const auto session : {1, 2, 3}) hub.subscribe(static_cast<std::uint64_t>(session), tea);
    hub.unsubscribe(1, tea);
    hub.unsubscribe(1, coffee);
    hub.leave(2);
    hub.leave(2);
    hub.subscribe(2, tea);
    deliver({lines(tea, "t")});
    EXPECT_THAT(alices_laptop.heard, IsEmpty());
    EXPECT_THAT(alices_phone.heard, IsEmpty());
    EXPECT_THAT(bobs_laptop.heard, ElementsAre("t"));
    EXPECT_EQ(hub.size(), 2u);
}

TEST_F(HubTest, AcksComeBeforeEventsToTheirOwnSocketOfThisThread) {
    hub.subscribe(1, tea);
    deliver({lines(tea, "post")}, {{.to = {.net_thread = 7, .session = 1}, .line = "mine"},
                                   {.to = {.net_thread = 8, .session = 1}, .line = "another thread's"},
                                   {.to = {.net_thread = 7, .session = 99}, .line = "gone"}});
    EXPECT_THAT(alices_laptop.heard, ElementsAre("ack mine", "post"));
}

TEST_F(HubTest, AUsersLineReachesAllOfTheirSockets) {
    deliver({UserLine{.user = alice, .line = "read"}, EveryoneLine{.line = "catalogue"}});
    EXPECT_THAT(alices_laptop.heard, ElementsAre("read", "catalogue"));
    EXPECT_THAT(alices_phone.heard, ElementsAre("read", "catalogue"));
    EXPECT_THAT(bobs_laptop.heard, ElementsAre("catalogue"));
}

TEST_F(HubTest, AChangeOfMembershipReachesWhomItConcernsInOrder) {
    hub.subscribe(3, tea);
    deliver({lines(tea, "before"),
             MembershipChanged{.user = bob, .room = tea, .uri = "tea", .member = false, .actor = "alice"}});
    EXPECT_THAT(bobs_laptop.heard, ElementsAre("before", "removed"));
    EXPECT_THAT(alices_laptop.heard, IsEmpty());
}

TEST_F(HubTest, SessionsEndAllButOneOrOnlyOne) {
    deliver({SessionsEnded{.user = alice, .only_token_hash = {}, .except_token_hash = "a1"}});
    EXPECT_THAT(alices_laptop.heard, IsEmpty());
    EXPECT_THAT(alices_phone.heard, ElementsAre("signed out"));
    deliver({SessionsEnded{.user = alice, .only_token_hash = "a1", .except_token_hash = {}}});
    EXPECT_THAT(alices_laptop.heard, ElementsAre("signed out"));
    deliver({SessionsEnded{.user = alice, .only_token_hash = {}, .except_token_hash = {}}});
    EXPECT_EQ(alices_phone.heard.size(), 2u);
    EXPECT_THAT(bobs_laptop.heard, IsEmpty());
}

TEST_F(HubTest, CountsASingleUsersSockets) {
    EXPECT_EQ(hub.sockets_of(alice), 2u);
    hub.leave(1);
    EXPECT_EQ(hub.sockets_of(alice), 1u);
    EXPECT_EQ(hub.sockets_of(UserId{99}), 0u);
}

TEST_F(HubTest, EverybodyIsToldToComeBack) {
    hub.close_all();
    EXPECT_THAT(bobs_laptop.heard, ElementsAre("restart"));
    EXPECT_THAT(alices_phone.heard, ElementsAre("restart"));
}

}  // namespace
}  // namespace riposte
