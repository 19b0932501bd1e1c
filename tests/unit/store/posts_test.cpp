#include "unit/store/world.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <set>
#include <thread>

namespace riposte {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class Posts : public World {};

TEST_F(Posts, APostIsAnEventWithTheNextSeqAndAnAckBeforeIt) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    recorder_.clear();
    const auto posted = must(post(message(alice, uri, "你好, world"), AckAddress{.net_thread = 1, .session = 7}));
    EXPECT_EQ(posted.message->seq, 2);
    EXPECT_EQ(posted.message->author.name, "alice");
    EXPECT_FALSE(posted.repeated);

    const auto batch = recorder_.batches().at(0);
    ASSERT_THAT(batch, SizeIs(2));
    const auto& ack = std::get<Ack>(batch[0]);
    EXPECT_EQ(ack.to.session, 7u);
    EXPECT_EQ(ack.id, posted.message->id);
    EXPECT_EQ(ack.seq, 2);
    const auto& event = std::get<Event>(batch[1]);
    EXPECT_EQ(event.seq, 2);
    EXPECT_EQ(event.message->text, "你好, world");
    EXPECT_THAT(texts(alice, uri), ElementsAre("你好, world"));
}

TEST_F(Posts, ARepeatedSendIsTheSameMessageForEver) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    const auto wanted = message(alice, uri, "once");
    const auto first = must(post(wanted));
    restart();
    const auto second = must(post(wanted, AckAddress{}));
    EXPECT_TRUE(second.repeated);
    EXPECT_EQ(second.message->id, first.message->id);
    EXPECT_TRUE(recorder_.all<Ack>().back().repeated);
    EXPECT_EQ(recorder_.all<Ack>().back().seq, first.message->seq);
    EXPECT_THAT(texts(alice, uri), ElementsAre("once"));

    auto other = wanted;
    other.text = "twice";
    EXPECT_EQ(outcome(post(other, AckAddress{})), "message_conflict");
    EXPECT_EQ(recorder_.all<Ack>().back().problem->code, ErrorCode::MessageConflict);
    EXPECT_EQ(seen(alice, uri).last_seq, first.message->seq) << "a refused post takes no seq";
}

TEST_F(Posts, AnotherPersonMayUseTheSameClientMessageId) {
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto uri = room(alice, {bob});
    auto wanted = message(alice, uri, "hello");
    must(post(wanted));
    wanted.author = bob.id;
    EXPECT_FALSE(must(post(wanted)).repeated);
}

TEST_F(Posts, AReplyNamesAMessageOfTheSameRoom) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    const auto elsewhere = says(alice, room(alice), "over there");
    const auto here = says(alice, uri, "here");
    auto wanted = message(alice, uri, "answer");
    wanted.reply_to = elsewhere.id;
    EXPECT_EQ(outcome(post(wanted)), "invalid_value");
    wanted.reply_to = here.id;
    EXPECT_EQ(must(post(wanted)).message->reply_to, here.id) << "the refused post must not have used up the id";
}

TEST_F(Posts, FromManyThreadsAreDenseAndInOrder) {
    constexpr int threads = 8;
    constexpr int posts_each = 50;
    const auto alice = person("alice");
    const auto uri = room(alice);
    recorder_.clear();
    std::atomic<int> completed = 0;
    std::atomic<int> refused = 0;
    {
        std::vector<std::jthread> posters;
        for (int thread = 0; thread < threads; ++thread)
            posters.emplace_back([&, thread] {
                for (int i = 0; i < posts_each; ++i) {
                    const auto id = std::to_string(thread) + "-" + std::to_string(i);
                    // Every fifth is refused: it names a room that is not there.
                    const auto where = i % 5 == 4 ? "nowhere" : uri;
                    store_->post({.author = alice.id, .room = where, .client_msg_id = id, .text = id}, AckAddress{},
                                 [&](Result<Posted> posted) { ++(posted ? completed : refused); });
                }
            });
    }
    store_->stop();
    EXPECT_EQ(completed, threads * posts_each * 4 / 5);
    EXPECT_EQ(refused, threads * posts_each / 5);

    Seq expected = 2;
    for (const auto& batch : recorder_.batches()) {
        bool events_began = false;
        std::set<Seq> acknowledged;
        for (const auto& each : batch) {
            if (const auto* ack = std::get_if<Ack>(&each)) {
                EXPECT_FALSE(events_began) << "every ack of a batch comes before its events";
                if (!ack->problem) acknowledged.insert(ack->seq);
                continue;
            }
            events_began = true;
            const auto& event = std::get<Event>(each);
            EXPECT_EQ(event.seq, expected++) << "a hole or a disorder";
            EXPECT_TRUE(acknowledged.contains(event.seq));
        }
    }
    EXPECT_EQ(expected, 2 + threads * posts_each * 4 / 5);
}

TEST_F(Posts, ARefusalDoesNotHurtItsNeighboursInTheBatch) {
    constexpr int rounds = 20;
    const auto alice = person("alice");
    const auto bob = person("bob");
    const auto uri = room(alice, {bob});
    const auto seq_before = seen(alice, uri).last_seq;
    asio::io_context io;
    std::vector<std::string> leaving;
    recorder_.clear();
    recorder_.hold();
    store_->post(message(alice, uri, "first"), {}, nullptr);
    for (int i = 0; i < rounds; ++i) {
        store_->post(message(alice, uri, std::to_string(i)), AckAddress{}, nullptr);
        store_->post(message(alice, "nowhere", "lost"), AckAddress{}, nullptr);  // refused before it changes anything
        // Refused after it has left: the only owner stays.
        asio::co_spawn(io, store_->remove_member(alice.id, uri, "alice"),
                       [&](std::exception_ptr, Result<> left) { leaving.push_back(outcome(std::move(left))); });
        io.poll();
    }
    recorder_.release();
    io.run_for(deadline);
    EXPECT_THAT(leaving, AllOf(SizeIs(rounds), Each("last_owner")));
    EXPECT_THAT(texts(alice, uri), SizeIs(rounds + 1));
    EXPECT_EQ(seen(alice, uri).last_seq, seq_before + rounds + 1);
    EXPECT_EQ(seen(alice, uri).member_count, 2);
    EXPECT_THAT(recorder_.all<MembershipChanged>(), SizeIs(0)) << "what was undone is not published";
    EXPECT_THAT(recorder_.all<Event>(), SizeIs(rounds + 1));
    EXPECT_THAT(recorder_.all<Ack>(), SizeIs(2 * rounds));
    EXPECT_LE(recorder_.batches().size(), 2u) << "all of it was one batch, with or after the first post";
}

TEST_F(Posts, AFullQueueSaysSoAtOnce) {
    restart();
    store_.reset();
    store_ = open_sqlite_store({.directory = folder_.path(), .queue = 0}, recorder_);
    Result<Posted> answer = Problem{};
    store_->post({.room = "any"}, {}, [&](Result<Posted> posted) { answer = std::move(posted); });
    EXPECT_EQ(outcome(answer), "overloaded");
    store_->stop();
    store_->post({.room = "any"}, {}, [&](Result<Posted> posted) { answer = std::move(posted); });
    EXPECT_EQ(outcome(answer), "shutting_down");
}

}  // namespace
}  // namespace riposte
