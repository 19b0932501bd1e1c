#include "unit/store/world.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using ::testing::SizeIs;

class Rooms : public World {};

TEST_F(Rooms, ARoomBeginsWithItsOwner) {
    const auto alice = person("alice");
    const auto room = must(store_->create_room(alice.id, {.title = "Kitchen"}));
    EXPECT_EQ(room.uri.size(), 12u);
    EXPECT_EQ(room.role, Role::Owner);
    EXPECT_EQ(room.member_count, 1);
    EXPECT_EQ(room.last_seq, 1);
    const auto page = must(store_->events(alice.id, room.uri, 0, 10));
    ASSERT_THAT(page.events, SizeIs(1));
    EXPECT_EQ(page.events[0].kind, Event::Kind::Membership);
    EXPECT_EQ(page.events[0].user->name, "alice");
    EXPECT_EQ(outcome(store_->create_room(alice.id, {.uri = room.uri, .title = "Other"})), "uri_taken");
}

TEST_F(Rooms, APrivateRoomIsNotThereForStrangers) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto uri = room(alice);
    EXPECT_EQ(outcome(store_->room(bob.id, uri)), "not_found");
    EXPECT_EQ(outcome(store_->history(bob.id, uri, {})), "not_found");
    EXPECT_EQ(outcome(post(message(bob, uri, "hello"))), "not_found");
    EXPECT_EQ(outcome(store_->join_public(bob.id, uri)), "not_found");
    EXPECT_THAT(must(store_->public_rooms(bob.id)), SizeIs(0));
}

TEST_F(Rooms, APublicRoomIsListedAndJoined) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto uri = public_room(alice);
    ASSERT_THAT(must(store_->public_rooms(bob.id)), SizeIs(1));
    EXPECT_FALSE(seen(bob, uri).role);
    EXPECT_EQ(outcome(post(message(bob, uri, "hello"))), "not_a_member");
    EXPECT_EQ(outcome(store_->history(bob.id, uri, {})), "not_a_member");
    recorder_.clear();
    EXPECT_EQ(must(store_->join_public(bob.id, uri)).role, Role::Member);
    const auto changes = recorder_.all<MembershipChanged>();
    ASSERT_THAT(changes, SizeIs(1));
    EXPECT_EQ(changes[0].user, bob.id);
    EXPECT_TRUE(changes[0].member);
    EXPECT_THAT(must(store_->public_rooms(bob.id)), SizeIs(0));
    EXPECT_EQ(outcome(post(message(bob, uri, "hello"))), "ok");
}

TEST_F(Rooms, ADirectRoomIsOneForTwo) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto [room, is_new] = must(store_->direct_room(alice.id, "bob"));
    EXPECT_TRUE(is_new);
    EXPECT_EQ(room.kind, RoomKind::Direct);
    EXPECT_EQ(room.peer->name, "bob");
    const auto [again, still_new] = must(store_->direct_room(bob.id, "alice"));
    EXPECT_FALSE(still_new);
    EXPECT_EQ(again.uri, room.uri);
    EXPECT_EQ(again.peer->name, "alice");
    EXPECT_EQ(outcome(store_->direct_room(alice.id, "alice")), "invalid_value");
    EXPECT_EQ(outcome(store_->direct_room(alice.id, "nobody")), "not_found");
    person("eve");
    EXPECT_EQ(outcome(store_->add_member(alice.id, room.uri, "eve")), "not_allowed");
    EXPECT_EQ(outcome(store_->remove_member(alice.id, room.uri, "alice")), "not_allowed");
}

TEST_F(Rooms, ABotIsAMemberOfADirectRoomWithIt) {
    const auto alice = person("alice");
    const auto bot = must(store_->ensure_bot("dice", "Dice"));
    const auto room = must(store_->direct_room(alice.id, bot.name)).first;
    EXPECT_TRUE(room.peer->bot);
    EXPECT_EQ(outcome(store_->post_unasked("dice", room.uri, "Hello!")), "ok");
}

TEST_F(Rooms, AnInviteIsUsedUpExpiresAndIsRevoked) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto carol = person("carol");
    const auto uri = room(alice);
    must(store_->create_invite(alice.id, uri, {.token_hash = "once", .uses = 1}));
    must(store_->create_invite(alice.id, uri, {.token_hash = "late", .expires_at = now_ms() - 1}));
    const auto revoked = must(store_->create_invite(alice.id, uri, {.token_hash = "revoked"}));
    must(store_->revoke_invite(alice.id, uri, revoked.id));

    EXPECT_EQ(must(store_->invite("once")).room, uri);
    EXPECT_EQ(outcome(store_->use_invite(bob.id, "late")), "bad_link");
    EXPECT_EQ(outcome(store_->use_invite(bob.id, "revoked")), "bad_link");
    EXPECT_EQ(outcome(store_->use_invite(bob.id, "unknown")), "bad_link");
    EXPECT_EQ(outcome(store_->use_invite(alice.id, "once")), "ok") << "who is in already uses nothing up";
    EXPECT_EQ(must(store_->use_invite(bob.id, "once")).role, Role::Member);
    EXPECT_EQ(outcome(store_->use_invite(carol.id, "once")), "bad_link");
    const auto invites = must(store_->invites(alice.id, uri));
    ASSERT_THAT(invites, SizeIs(3));
    EXPECT_EQ(invites[0].uses, 1);
    EXPECT_EQ(invites[0].uses_left, 0);
    EXPECT_EQ(outcome(store_->invites(bob.id, uri)), "not_allowed");
}

TEST_F(Rooms, ARemovedMemberIsBarredUntilInvitedAgain) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto uri = public_room(alice);
    must(store_->join_public(bob.id, uri));
    recorder_.clear();
    must(store_->remove_member(alice.id, uri, "bob"));
    ASSERT_THAT(recorder_.all<MembershipChanged>(), SizeIs(1));
    EXPECT_FALSE(recorder_.all<MembershipChanged>()[0].member);
    EXPECT_EQ(outcome(store_->join_public(bob.id, uri)), "barred");
    EXPECT_EQ(outcome(post(message(bob, uri, "let me in"))), "barred");
    EXPECT_THAT(must(store_->rooms_of(bob.id)), SizeIs(0));
    EXPECT_EQ(seen(alice, uri).member_count, 1);

    must(store_->create_invite(alice.id, uri, {.token_hash = "again"}));
    EXPECT_EQ(must(store_->use_invite(bob.id, "again")).role, Role::Member);
    EXPECT_EQ(outcome(post(message(bob, uri, "thank you"))), "ok");
}

TEST_F(Rooms, RolesAreGivenByOwnersAndNeverUpwards) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto carol = person("carol");
    const auto uri = room(alice, {bob, carol});
    EXPECT_EQ(outcome(store_->set_role(bob.id, uri, "carol", Role::Moderator)), "not_allowed");
    must(store_->set_role(alice.id, uri, "bob", Role::Moderator));
    EXPECT_EQ(seen(bob, uri).role, Role::Moderator);
    EXPECT_EQ(outcome(store_->remove_member(bob.id, uri, "alice")), "not_allowed");
    EXPECT_EQ(outcome(store_->remove_member(carol.id, uri, "bob")), "not_allowed");
    EXPECT_EQ(outcome(store_->set_role(alice.id, uri, "alice", Role::Member)), "last_owner");
    EXPECT_EQ(outcome(store_->remove_member(alice.id, uri, "alice")), "last_owner");
    EXPECT_EQ(seen(alice, uri).role, Role::Owner) << "a refused leave changes nothing";
    must(store_->set_role(alice.id, uri, "carol", Role::Owner));
    must(store_->remove_member(alice.id, uri, "alice"));
    EXPECT_EQ(outcome(store_->room(alice.id, uri)), "not_found");
}

TEST_F(Rooms, ANewTitleIsAnEvent) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto uri = room(alice, {bob});
    EXPECT_EQ(outcome(store_->update_room(bob.id, uri, "Mine", {})), "not_allowed");
    const auto changed = must(store_->update_room(alice.id, uri, "Garden", RoomVisibility::Public));
    EXPECT_EQ(changed.title, "Garden");
    const auto event = must(store_->events(bob.id, uri, 0, 200)).events.back();
    EXPECT_EQ(event.kind, Event::Kind::Room);
    EXPECT_EQ(event.title, "Garden");
    EXPECT_EQ(event.visibility, RoomVisibility::Public);
    EXPECT_EQ(event.seq, changed.last_seq);
}

TEST_F(Rooms, TheReadMarkMovesForwardOnly) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto uri = room(alice, {bob});
    for (int i = 0; i < 3; ++i) says(alice, uri, "news");
    const auto last = seen(bob, uri).last_seq;
    EXPECT_EQ(seen(bob, uri).unread, 3);
    must(store_->mark_read(bob.id, uri, last - 1));
    EXPECT_EQ(seen(bob, uri).unread, 1);
    must(store_->mark_read(bob.id, uri, 1));
    EXPECT_EQ(seen(bob, uri).last_read_seq, last - 1);
    must(store_->mark_read(bob.id, uri, last + 1000));
    EXPECT_EQ(seen(bob, uri).last_read_seq, last) << "nobody has read what has not been said";
    const auto moved = recorder_.all<ReadMarkMoved>();
    ASSERT_THAT(moved, SizeIs(2));
    EXPECT_EQ(moved[1].last_read_seq, last);
}

}  // namespace
}  // namespace riposte
