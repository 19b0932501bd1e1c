#include "net/hub.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr RoomId tea{1};

class FakeSocket final : public Participant {
public:
    explicit FakeSocket(UserId user, std::string token = "t") : user_(user), token_(std::move(token)) {}

    UserId user() const override { return user_; }
    const std::string& token_hash() const override { return token_; }
    void deliver(const RoomLines& lines) override { received.push_back(*lines.lines); }
    void deliver_line(const std::string& line) override { received.push_back(line); }
    void deliver_ack(const std::string& line) override { received.push_back("ack " + line); }
    void membership(const MembershipChanged& change) override { received.push_back(change.member ? "in" : "out"); }
    void close_signed_out() override { received.push_back("signed out"); }
    void close_restart() override { received.push_back("restart"); }

    std::vector<std::string> received;

private:
    UserId user_;
    std::string token_;
};

Delivery to_tea(std::string text) {
    Delivery delivery;
    delivery.items.emplace_back(RoomLines{tea, std::make_shared<const std::string>(std::move(text)), 1, 1});
    return delivery;
}

class HubTest : public testing::Test {
protected:
    HubTest() {
        hub.enter(1, alice);
        hub.enter(2, alices_phone);
        hub.enter(3, bob);
    }

    Hub hub{0};
    FakeSocket alice{UserId{1}, "laptop"};
    FakeSocket alices_phone{UserId{1}, "phone"};
    FakeSocket bob{UserId{2}};
};

TEST_F(HubTest, DeliversARoomToThoseWhoFollowItOnly) {
    hub.subscribe(1, tea);
    hub.deliver(to_tea("hello"));

    EXPECT_THAT(alice.received, ElementsAre("hello"));
    EXPECT_THAT(bob.received, IsEmpty());
}

TEST_F(HubTest, ForgetsASocketThatLeft) {
    hub.subscribe(3, tea);
    hub.leave(3);
    hub.deliver(to_tea("hello"));

    EXPECT_THAT(bob.received, IsEmpty());
    EXPECT_EQ(hub.sockets_of(UserId{2}), 0U);
    hub.leave(3);  // twice does no harm
}

// Breaks when an event overtakes the ack of the post that made it.
TEST_F(HubTest, HandsOutAcksBeforeEvents) {
    hub.subscribe(1, tea);
    auto delivery = to_tea("event");
    delivery.acks.push_back({{0, 1}, "c1"});
    hub.deliver(delivery);

    EXPECT_THAT(alice.received, ElementsAre("ack c1", "event"));
}

TEST_F(HubTest, TellsEverySocketOfOneUser) {
    Delivery delivery;
    delivery.items.emplace_back(UserLine{UserId{1}, "for alice"});
    hub.deliver(delivery);

    EXPECT_THAT(alice.received, ElementsAre("for alice"));
    EXPECT_THAT(alices_phone.received, ElementsAre("for alice"));
    EXPECT_THAT(bob.received, IsEmpty());
}

TEST_F(HubTest, EndsTheSessionsThatASignOutMeans) {
    Delivery everywhere_else;
    everywhere_else.items.emplace_back(SessionsEnded{.user = UserId{1}, .except_token_hash = "laptop"});
    hub.deliver(everywhere_else);
    EXPECT_THAT(alice.received, IsEmpty());
    EXPECT_THAT(alices_phone.received, ElementsAre("signed out"));

    Delivery this_one;
    this_one.items.emplace_back(SessionsEnded{.user = UserId{1}, .only_token_hash = "laptop"});
    hub.deliver(this_one);
    EXPECT_THAT(alice.received, ElementsAre("signed out"));
    EXPECT_THAT(bob.received, IsEmpty());
}

// Breaks when session 1 of this thread is told what session 1 of another thread has posted.
TEST_F(HubTest, LeavesTheAcksOfOtherThreadsToThem) {
    Delivery delivery;
    delivery.acks.push_back({{1, 1}, "c1"});
    hub.deliver(delivery);
    EXPECT_THAT(alice.received, IsEmpty());
}

TEST_F(HubTest, ToleratesAnAckForASocketThatIsGone) {
    Delivery delivery;
    delivery.acks.push_back({{0, 99}, "late"});
    hub.deliver(delivery);
    EXPECT_THAT(alice.received, IsEmpty());
}

}  // namespace
}  // namespace riposte
