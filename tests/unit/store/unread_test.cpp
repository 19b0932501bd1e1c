#include "unit/store/world.hpp"

#include "store/sqlite/mentions.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using ::testing::ElementsAre;

class UnreadMessages : public World {
protected:
    UnreadMessages() : alice_(person("alice")), bob_(person("bob")), uri_(room(alice_, {bob_})) {}

    std::int64_t unread(const User& user) { return seen(user, uri_).unread; }
    std::int64_t mentions(const User& user) { return seen(user, uri_).mentions; }

    User alice_;
    User bob_;
    std::string uri_;
};

TEST_F(UnreadMessages, CountWhatOtherPeopleSaid) {
    says(alice_, uri_, "one");
    says(bob_, uri_, "mine does not count for me");
    says(alice_, uri_, "two");
    EXPECT_EQ(unread(bob_), 2);
    EXPECT_EQ(unread(alice_), 1);
}

TEST_F(UnreadMessages, DoNotCountBotsEditsOrDeletions) {
    must(store_->ensure_bot("dice", "Dice"));
    const auto call = commands(alice_, uri_, "/dice");
    must(store_->reply({.plugin = "dice", .invocation = call.id, .text = "4"}));
    const auto typo = says(alice_, uri_, "helo");
    EXPECT_EQ(unread(bob_), 2) << "the command and the message, not the bot";
    must(store_->edit(alice_.id, uri_, typo.id, "hello"));
    EXPECT_EQ(unread(bob_), 2);
    must(store_->remove(alice_.id, uri_, typo.id));
    EXPECT_EQ(unread(bob_), 1) << "what is deleted cannot be read any more";
    must(store_->mark_read(bob_.id, uri_, seen(bob_, uri_).last_seq));
    EXPECT_EQ(unread(bob_), 0);
    must(store_->remove(alice_.id, uri_, *call.message_id));
    EXPECT_EQ(unread(bob_), 0) << "deleting what was read makes nothing negative";
}

TEST_F(UnreadMessages, AreCountedFromTheDayOfJoining) {
    says(alice_, uri_, "before");
    const auto carol = person("carol");
    must(store_->add_member(alice_.id, uri_, "carol"));
    EXPECT_EQ(unread(carol), 0);
    says(alice_, uri_, "after");
    EXPECT_EQ(unread(carol), 1);
}

TEST_F(UnreadMessages, AreSummedUpAfterAnySeq) {
    const auto first = says(alice_, uri_, "one");
    says(alice_, uri_, "two for @bob");
    says(bob_, uri_, "mine");
    const auto missed = must(store_->missed(bob_.id, uri_, first.seq));
    EXPECT_EQ(missed.unread, 1);
    EXPECT_EQ(missed.mentions, 1);
    EXPECT_EQ(missed.last_seq, first.seq + 2);
    EXPECT_EQ(must(store_->missed(bob_.id, uri_, 0)).unread, 2);
}

TEST_F(UnreadMessages, MentionMeByNameAtTheBoundaryOfAWord) {
    for (const auto* text : {"@bob", "hi @Bob!", "(@bob)", "@bob, @bob", "说@bob好"}) {
        const auto before = mentions(bob_);
        says(alice_, uri_, text);
        EXPECT_EQ(mentions(bob_), before + 1) << text;
    }
    for (const auto* text : {"bob", "@bobby", "me@bob", "@ bob", "@alice", "@@", "@"}) {
        const auto before = mentions(bob_);
        says(alice_, uri_, text);
        EXPECT_EQ(mentions(bob_), before) << text;
    }
    EXPECT_EQ(mentions(alice_), 0) << "nobody mentions themselves";
}

TEST_F(UnreadMessages, MentionChineseNamesWithoutASpace) {
    const auto wang = must(store_->create_user({.name = "王小明", .display_name = "小明", .password_hash = "x"}));
    must(store_->add_member(alice_.id, uri_, "王小明"));
    for (const auto* text : {"@王小明你好", "请问＠王小明 在吗", "@小明，吃饭", "早@王小明"}) {
        const auto before = mentions(wang);
        says(alice_, uri_, text);
        EXPECT_EQ(mentions(wang), before + 1) << text;
    }
    const auto before = mentions(wang);
    says(alice_, uri_, "@王小");
    EXPECT_EQ(mentions(wang), before);
}

TEST_F(UnreadMessages, MentionsFollowEditsAndDeletions) {
    const auto message = says(alice_, uri_, "dear @bob");
    must(store_->edit(alice_.id, uri_, message.id, "dear all"));
    EXPECT_EQ(mentions(bob_), 0);
    must(store_->edit(alice_.id, uri_, message.id, "dear @bob after all"));
    EXPECT_EQ(mentions(bob_), 1);
    must(store_->remove(alice_.id, uri_, message.id));
    EXPECT_EQ(mentions(bob_), 0);
}

TEST(MentionCandidates, AreTheRunAndItsPiecesThatEndAtAChineseCharacter) {
    EXPECT_THAT(sqlite::mention_candidates("@bob_2-x, @王明ok"),
                ElementsAre(ElementsAre("bob_2-x"), ElementsAre("王明ok", "王明", "王")));
    EXPECT_TRUE(sqlite::mention_candidates("a@b @ @. \xff@").empty());
    EXPECT_LE(sqlite::mention_candidates(std::string(10'000, '@') + "x").size(), 20u);
}

}  // namespace
}  // namespace riposte
