#include "unit/store/world.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RoomPlugins : public World {
protected:
    RoomPlugins() : alice_(person("alice")), bob_(person("bob")), uri_(room(alice_, {bob_})) {
        for (const auto* plugin : {"dice", "poll"}) load(plugin, PluginPresence::Everywhere);
    }
    void load(const std::string& plugin, PluginPresence presence) {
        must(store_->ensure_bot(plugin, plugin));
        must(store_->save_plugin({.id = plugin, .presence = presence}));
    }
    RoomPlugin dice(const std::string& uri) { return must(store_->room_plugins(alice_.id, uri)).at(0); }
    Result<Posted> gives(const User& user, const std::string& uri, const std::string& text) {
        auto command = message(user, uri, text);
        command.invocation = NewInvocation{Uuid::make(), "dice", "/dice"};
        return post(command);
    }
    std::vector<Event> events() { return must(store_->events(bob_.id, uri_, 0, 200)).events; }

    User alice_;
    User bob_;
    std::string uri_;
};

TEST_F(RoomPlugins, EverywhereIsInEveryRoom) {
    EXPECT_EQ(outcome(gives(bob_, uri_, "/dice")), "ok");
    EXPECT_TRUE(dice(uri_).here);
    EXPECT_FALSE(dice(uri_).invited);
    EXPECT_EQ(outcome(store_->room_plugins(person("eve").id, uri_)), "not_found");
}

TEST_F(RoomPlugins, AnInvitedOneIsWhereAnOwnerHasAddedIt) {
    load("dice", PluginPresence::Invited);
    restart();
    EXPECT_EQ(dice(uri_).presence, PluginPresence::Invited);
    const auto before = seen(alice_, uri_).last_seq;
    const auto refused = gives(alice_, uri_, "/dice");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::CommandNotAllowed);
    EXPECT_EQ(refused.error().argument, "dice");
    EXPECT_EQ(refused.error().detail, "dice is not in this room: an owner of the room can add it");
    EXPECT_EQ(seen(alice_, uri_).last_seq, before) << "nothing is stored";

    EXPECT_EQ(outcome(store_->add_plugin(bob_.id, uri_, "dice", {})), "not_allowed");
    EXPECT_EQ(outcome(store_->add_plugin(alice_.id, uri_, "nothing", {})), "not_found");
    const auto added = must(store_->add_plugin(alice_.id, uri_, "dice", {}));
    EXPECT_TRUE(added.here && added.invited);
    EXPECT_FALSE(added.hears);
    EXPECT_EQ(events().back().user->name, "dice");
    EXPECT_EQ(outcome(gives(bob_, uri_, "/dice")), "ok");
    const auto elsewhere = room(bob_);
    EXPECT_EQ(outcome(gives(bob_, elsewhere, "/dice")), "command_not_allowed");

    EXPECT_EQ(outcome(store_->remove_plugin(bob_.id, uri_, "dice")), "not_allowed");
    EXPECT_EQ(outcome(store_->remove_plugin(alice_.id, uri_, "dice")), "ok");
    EXPECT_EQ(events().back().change, Change::Removed);
    EXPECT_EQ(outcome(store_->remove_plugin(alice_.id, uri_, "dice")), "not_found");
    EXPECT_EQ(outcome(gives(bob_, uri_, "/dice")), "command_not_allowed");
    EXPECT_EQ(outcome(store_->add_plugin(alice_.id, uri_, "dice", {})), "ok") << "no bar for plugins";
}

TEST_F(RoomPlugins, ModeratorsAddPeopleNotPlugins) {
    must(store_->set_role(alice_.id, uri_, "bob", Role::Moderator));
    EXPECT_EQ(outcome(store_->add_member(bob_.id, uri_, "dice")), "not_allowed");
    EXPECT_EQ(outcome(store_->add_member(alice_.id, uri_, "dice")), "ok");
    EXPECT_EQ(outcome(store_->remove_member(bob_.id, uri_, "dice")), "not_allowed");
    EXPECT_TRUE(dice(uri_).invited);
    EXPECT_EQ(outcome(store_->remove_member(alice_.id, uri_, "dice")), "ok");
}

TEST_F(RoomPlugins, ADirectRoomWithItsBotIsItsOwn) {
    load("dice", PluginPresence::Invited);
    const auto with_bot = must(store_->direct_room(alice_.id, "dice")).first.uri;
    const auto with_bob = must(store_->direct_room(alice_.id, "bob")).first.uri;
    EXPECT_EQ(outcome(gives(alice_, with_bot, "/dice")), "ok");
    EXPECT_EQ(outcome(gives(alice_, with_bob, "/dice")), "command_not_allowed");
    EXPECT_EQ(outcome(store_->add_plugin(alice_.id, with_bob, "dice", {})), "not_allowed");
    EXPECT_EQ(outcome(store_->add_plugin(alice_.id, with_bot, "dice", true)), "ok") << "nobody else is there";
    EXPECT_EQ(outcome(store_->remove_plugin(alice_.id, with_bot, "dice")), "not_allowed");
}

TEST_F(RoomPlugins, ATimerOfOneThatWasRemovedSaysNothing) {
    load("dice", PluginPresence::Invited);
    const auto id = must(
        store_->save_timer({.plugin = "dice", .command = "/dice", .room = seen(alice_, uri_).id, .user = alice_.id}));
    EXPECT_EQ(must(store_->fire_timer(id, Uuid::make())).code, ErrorCode::CommandNotAllowed);
}

TEST_F(RoomPlugins, SpeakUnaskedWhereTheyAre) {
    const auto with_bob = must(store_->direct_room(alice_.id, "bob")).first.uri;
    EXPECT_EQ(outcome(store_->post_unasked("dice", uri_, "hello")), "ok");
    EXPECT_EQ(outcome(store_->post_unasked("dice", "nowhere", "hello")), "not_found");
    EXPECT_EQ(outcome(store_->post_unasked("dice", with_bob, "hello, you two")), "not_allowed");
    load("dice", PluginPresence::Invited);
    EXPECT_EQ(outcome(store_->post_unasked("dice", uri_, "hello?")), "not_allowed");
    must(store_->add_plugin(alice_.id, uri_, "dice", {}));
    const auto posted = must(store_->post_unasked("dice", uri_, "/dice"));
    EXPECT_TRUE(posted.author.bot);
    EXPECT_FALSE(posted.command || posted.invocation);
    EXPECT_EQ(seen(bob_, uri_).unread, 0);
}

// ------------------------------------------------------------------------------------------------------ hearing

TEST_F(RoomPlugins, HearOnlyWhereTheyWereLetAndItIsTold) {
    const auto overheard = [this] { return recorder_.all<Overheard>(); };
    says(alice_, uri_, "everywhere is not enough");
    must(store_->add_plugin(alice_.id, uri_, "dice", {}));
    says(alice_, uri_, "nor is having been added");
    EXPECT_THAT(overheard(), IsEmpty());
    EXPECT_TRUE(must(store_->add_plugin(alice_.id, uri_, "dice", true)).hears);
    const auto told = events().back();
    EXPECT_EQ(told.kind, Event::Kind::Membership);
    EXPECT_EQ(told.change, Change::Role);
    EXPECT_EQ(told.plugin, "dice");
    EXPECT_TRUE(told.added);
    EXPECT_EQ(seen(alice_, uri_).member_count, 3);

    says(bob_, uri_, "hello");
    ASSERT_THAT(overheard(), SizeIs(1));
    EXPECT_EQ(overheard()[0].message.text, "hello");
    EXPECT_THAT(overheard()[0].plugins, ElementsAre("dice"));
    must(gives(bob_, uri_, "/dice"));
    must(store_->post_unasked("poll", uri_, "a bot"));
    says(bob_, room(bob_), "another room");
    EXPECT_THAT(overheard(), SizeIs(1)) << "no command, no bot, no other room";

    must(store_->add_plugin(alice_.id, uri_, "dice", {}));
    EXPECT_TRUE(dice(uri_).hears) << "unsaid: as it was";
    must(store_->add_plugin(alice_.id, uri_, "dice", false));
    EXPECT_FALSE(events().back().added);
    says(bob_, uri_, "among ourselves");
    must(store_->add_plugin(alice_.id, uri_, "dice", true));
    must(store_->remove_plugin(alice_.id, uri_, "dice"));
    must(store_->add_plugin(alice_.id, uri_, "dice", {}));
    says(bob_, uri_, "added again, but not to listen");
    EXPECT_THAT(overheard(), SizeIs(1));
}

TEST_F(RoomPlugins, WhatIsHeardIsACallOfWhichNobodyIsTold) {
    must(store_->add_plugin(alice_.id, uri_, "dice", true));
    const auto heard = says(bob_, uri_, "tea?");
    const auto call = must(store_->begin_heard("dice", Uuid::make(), heard.room_id, heard.id));
    EXPECT_EQ(call.author, bob_.id);
    EXPECT_EQ(call.text, "tea?");
    EXPECT_EQ(outcome(store_->begin_heard("poll", Uuid::make(), heard.room_id, heard.id)), "not_allowed");
    EXPECT_EQ(outcome(store_->reply(
                  {.plugin = "dice", .invocation = call.id, .text = "psst", .visibility = CommandVisibility::Author})),
              "invalid_value");
    recorder_.clear();
    must(finish({.invocation = call.id,
                 .last_reply = BotReply{.plugin = "dice", .invocation = call.id, .text = "yes"},
                 .writes = {{"teas", "1"}}}));
    EXPECT_THAT(texts(bob_, uri_), ElementsAre("tea?", "yes"));
    EXPECT_EQ(must(store_->key_value("dice", "teas")), "1");
    EXPECT_THAT(recorder_.all<InvocationChanged>(), IsEmpty());
    EXPECT_THAT(must(store_->invocations_of(bob_.id, 0)), IsEmpty());

    const auto silent = must(store_->begin_heard("dice", Uuid::make(), heard.room_id, heard.id));
    must(finish({.invocation = silent.id, .failure = ErrorCode::Crashed}));
    EXPECT_EQ(outcome(store_->invocation(bob_.id, silent.id)), "not_found") << "it leaves nothing behind";
    EXPECT_NE(events().back().kind, Event::Kind::CommandFailed);
    must(store_->remove(bob_.id, uri_, heard.id));
    EXPECT_EQ(outcome(store_->begin_heard("dice", Uuid::make(), heard.room_id, heard.id)), "not_found");
}

}  // namespace
}  // namespace riposte
