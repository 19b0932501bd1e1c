#include "unit/store/world.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using ::testing::SizeIs;

class Oversight : public World {
protected:
    const ActingOperator nobody_{.name = "uid 1000, cli", .user = {}};
};

TEST_F(Oversight, EveryDeedIsInTheAuditOnceAndNothingElseIs) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    must(store_->set_room(nobody_, uri, RoomState::Closed));
    must(store_->set_room(nobody_, uri, RoomState::Closed));
    must(store_->set_account(nobody_, "alice", AccountState::Enabled));
    EXPECT_EQ(outcome(store_->set_account({.name = "alice, web", .user = alice}, "alice", AccountState::Disabled)),
              "not_allowed");
    EXPECT_EQ(outcome(store_->settle_any_report(nobody_, 1)), "not_found");
    const auto audit = must(store_->audit({}));
    ASSERT_THAT(audit.items, SizeIs(1));
    EXPECT_EQ(audit.items[0].verb, "room close");
    EXPECT_EQ(audit.items[0].subject, uri);
    EXPECT_FALSE(audit.next);
}

TEST_F(Oversight, APageEndsExactlyWhereTheListDoes) {
    for (const auto* verb : {"one", "two", "three", "four"})
        must(store_->add_audit({.at = 0, .by = "a", .verb = verb, .subject = {}, .detail = {}}));
    const auto first = must(store_->audit({.limit = 2}));
    ASSERT_TRUE(first.next);
    const auto second = must(store_->audit({.before = first.next, .limit = 2}));
    ASSERT_THAT(second.items, SizeIs(2));
    EXPECT_EQ(second.items[0].verb, "two");
    EXPECT_FALSE(second.next) << "two were left, two were asked for";
}

TEST_F(Oversight, AClosedRoomTakesNothingAndGivesEverything) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    EXPECT_EQ(outcome(post(message(alice, uri, "before"))), "ok");
    must(store_->set_room(nobody_, uri, RoomState::Closed));
    EXPECT_EQ(outcome(post(message(alice, uri, "after"))), "room_closed");
    EXPECT_THAT(must(store_->history(alice.id, uri, {})).messages, SizeIs(1));
    EXPECT_EQ(outcome(store_->mark_read(alice.id, uri, 1)), "ok");
    EXPECT_TRUE(seen(alice, uri).closed);
}

TEST_F(Oversight, MessagesOfTheLastMinuteAreCounted) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    EXPECT_EQ(must(store_->figures()).messages, 0);
    for (const auto* text : {"a", "b", "c"}) EXPECT_EQ(outcome(post(message(alice, uri, text))), "ok");
    const auto figures = must(store_->figures());
    EXPECT_EQ(figures.messages, 3);
    EXPECT_GT(figures.database_bytes, 0);
}

}  // namespace
}  // namespace riposte
