#include "unit/store/world.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Invocations : public World {
protected:
    Invocations() : alice_(person("alice")), bob_(person("bob")), uri_(room(alice_, {bob_})) {
        must(store_->ensure_bot("dice", "Dice"));
    }
    std::vector<Event> events() { return must(store_->events(bob_.id, uri_, 0, 200)).events; }

    User alice_;
    User bob_;
    std::string uri_;
};

TEST_F(Invocations, AreBornWithTheirMessageAndAnsweredByTheBot) {
    const auto call = commands(alice_, uri_, "/dice 2d6");
    EXPECT_EQ(call.state, InvocationState::Queued);
    EXPECT_EQ(call.text, "/dice 2d6");
    const auto reply = must(store_->reply({.plugin = "dice", .invocation = call.id, .text = "rolling"}));
    ASSERT_TRUE(reply);
    EXPECT_TRUE(reply->author.bot);
    EXPECT_EQ(reply->invocation, call.id);
    recorder_.clear();
    const auto ended =
        must(finish({.invocation = call.id,
                     .last_reply = BotReply{.plugin = "dice", .invocation = call.id, .part = 1, .text = "7"},
                     .writes = {{"last", "7"}}}));
    EXPECT_EQ(ended.state, InvocationState::Done);
    EXPECT_THAT(texts(bob_, uri_), ElementsAre("/dice 2d6", "rolling", "7"));
    EXPECT_EQ(must(store_->key_value("dice", "last")), "7");
    const auto batches = recorder_.batches();
    ASSERT_THAT(batches, SizeIs(1)) << "reply, outcome and writes are one commit";
    EXPECT_TRUE(std::holds_alternative<Event>(batches[0].at(0)));
    EXPECT_EQ(std::get<InvocationChanged>(batches[0].at(1)).invocation.state, InvocationState::Done);
}

TEST_F(Invocations, EndOnce) {
    const auto call = commands(alice_, uri_, "/dice");
    EXPECT_EQ(outcome(finish({.invocation = call.id})), "ok");
    EXPECT_EQ(outcome(finish({.invocation = call.id, .failure = ErrorCode::TimedOut})), "not_found");
    EXPECT_EQ(must(store_->invocation(alice_.id, call.id)).state, InvocationState::Done);
    EXPECT_EQ(outcome(store_->reply({.plugin = "dice", .invocation = call.id, .text = "too late"})), "not_found");
    EXPECT_EQ(outcome(finish({.invocation = Uuid::make()})), "not_found");
}

TEST_F(Invocations, TakeEachPartOnce) {
    const auto call = commands(alice_, uri_, "/dice");
    must(store_->reply({.plugin = "dice", .invocation = call.id, .part = 0, .text = "one"}));
    EXPECT_EQ(outcome(store_->reply({.plugin = "dice", .invocation = call.id, .part = 0, .text = "one"})),
              "invalid_value");
    EXPECT_EQ(
        outcome(finish({.invocation = call.id, .last_reply = BotReply{.plugin = "dice", .part = 0, .text = "one"}})),
        "ok")
        << "an end with a part that is there already is still an end";
    EXPECT_THAT(texts(bob_, uri_), ElementsAre("/dice", "one"));
}

TEST_F(Invocations, BelongToTheirPluginAndAuthor) {
    must(store_->ensure_bot("poll", "Poll"));
    const auto call = commands(alice_, uri_, "/dice");
    EXPECT_EQ(outcome(store_->reply({.plugin = "poll", .invocation = call.id, .text = "mine"})), "not_found");
    EXPECT_EQ(outcome(store_->invocation(bob_.id, call.id)), "not_found");
}

TEST_F(Invocations, AFailureIsShownToTheRoomWithoutItsText) {
    const auto call = commands(alice_, uri_, "/dice");
    recorder_.clear();
    must(finish({.invocation = call.id, .failure = ErrorCode::PluginFailed, .detail = "no dice left"}));
    const auto event = events().back();
    EXPECT_EQ(event.kind, Event::Kind::CommandFailed);
    EXPECT_EQ(event.message_id, call.message_id);
    EXPECT_EQ(event.invocation, call.id);
    EXPECT_EQ(event.plugin, "dice");
    EXPECT_EQ(event.code, ErrorCode::PluginFailed);
    ASSERT_THAT(recorder_.all<InvocationChanged>(), SizeIs(1));
    EXPECT_EQ(recorder_.all<InvocationChanged>()[0].invocation.detail, "no dice left");
}

TEST_F(Invocations, ForTheAuthorOnlyLeaveNothingInTheRoom) {
    const auto before = seen(bob_, uri_).last_seq;
    auto wanted = message(alice_, uri_, "/dice secretly");
    wanted.invocation = NewInvocation{
        .id = Uuid::make(), .plugin = "dice", .command = "/dice", .visibility = CommandVisibility::Author};
    const auto posted = must(post(wanted, AckAddress{}));
    EXPECT_FALSE(posted.message);
    EXPECT_EQ(recorder_.all<Ack>().back().invocation, wanted.invocation->id);
    EXPECT_FALSE(recorder_.all<Ack>().back().id);

    const auto repeated = must(post(wanted));
    EXPECT_TRUE(repeated.repeated);
    EXPECT_EQ(repeated.invocation->id, wanted.invocation->id);
    auto other = wanted;
    other.text = "/dice otherwise";
    EXPECT_EQ(outcome(post(other)), "message_conflict");

    must(store_->reply(
        {.plugin = "dice", .invocation = wanted.invocation->id, .text = "6", .visibility = CommandVisibility::Room}));
    ASSERT_THAT(recorder_.all<EphemeralPosted>(), SizeIs(1));
    EXPECT_EQ(recorder_.all<EphemeralPosted>()[0].user, alice_.id);
    EXPECT_EQ(recorder_.all<EphemeralPosted>()[0].reply.text, "6");
    must(finish({.invocation = wanted.invocation->id, .failure = ErrorCode::Crashed}));
    EXPECT_EQ(seen(bob_, uri_).last_seq, before);
    const auto mine = must(store_->invocations_of(alice_.id, 0));
    ASSERT_THAT(mine, SizeIs(1));
    EXPECT_EQ(mine[0].text, "/dice secretly");
    ASSERT_THAT(mine[0].replies, SizeIs(1));
    EXPECT_EQ(mine[0].replies[0].text, "6");
}

TEST_F(Invocations, AreListedWhileOpenAndForAWhileAfter) {
    const auto open = commands(alice_, uri_, "/dice 1");
    const auto ended = commands(alice_, uri_, "/dice 2");
    must(finish({.invocation = ended.id}));
    EXPECT_THAT(must(store_->invocations_of(alice_.id, 0)), SizeIs(2));
    const auto later = must(store_->invocations_of(alice_.id, now_ms() + 60'000));
    ASSERT_THAT(later, SizeIs(1));
    EXPECT_EQ(later[0].id, open.id);
    EXPECT_THAT(must(store_->invocations_of(bob_.id, 0)), IsEmpty());
}

TEST_F(Invocations, AreInterruptedByARestart) {
    const auto call = commands(alice_, uri_, "/dice");
    const auto quiet = commands(alice_, uri_, "/dice", CommandVisibility::Author);
    must(store_->reply({.plugin = "dice", .invocation = call.id, .text = "rol", .state = MessageState::Streaming}));
    restart();
    EXPECT_EQ(must(store_->interrupt_open()), 2);
    EXPECT_EQ(must(store_->interrupt_open()), 0);
    for (const auto& each : {call, quiet}) {
        const auto ended = must(store_->invocation(alice_.id, each.id));
        EXPECT_EQ(ended.state, InvocationState::Failed);
        EXPECT_EQ(ended.code, ErrorCode::Interrupted);
    }
    const auto all = events();
    EXPECT_EQ(all[all.size() - 2].kind, Event::Kind::CommandFailed);
    EXPECT_EQ(all.back().kind, Event::Kind::Edit) << "the stream that nobody goes on with has ended";
    EXPECT_EQ(all.back().message->state, MessageState::Posted);
    EXPECT_EQ(all.back().message->text, "rol");
}

TEST_F(Invocations, AStreamIsAPostAndAnEdit) {
    const auto call = commands(alice_, uri_, "/dice");
    const auto stream =
        *must(store_->reply({.plugin = "dice", .invocation = call.id, .text = "ro", .state = MessageState::Streaming}));
    EXPECT_EQ(stream.state, MessageState::Streaming);
    const auto whole = must(store_->edit_reply("dice", stream.id, "rolled a 6"));
    EXPECT_EQ(whole.state, MessageState::Posted);
    EXPECT_THAT(texts(bob_, uri_), ElementsAre("/dice", "rolled a 6"));
    EXPECT_EQ(events().back().kind, Event::Kind::Edit);
    EXPECT_EQ(outcome(store_->edit_reply("dice", *call.message_id, "not mine")), "not_found");
    must(store_->remove(alice_.id, uri_, stream.id));
    EXPECT_EQ(outcome(store_->edit_reply("dice", stream.id, "again")), "message_deleted");
}

TEST_F(Invocations, ADeletedCommandIsScrubbedInItsInvocationToo) {
    const auto call = commands(alice_, uri_, "/dice password");
    must(store_->remove(alice_.id, uri_, *call.message_id));
    EXPECT_EQ(must(store_->invocation(alice_.id, call.id)).text, "");
}

}  // namespace
}  // namespace riposte
