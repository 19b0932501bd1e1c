#include "unit/store/world.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

namespace riposte {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class History : public World {
protected:
    History() : alice_(person("alice")), uri_(room(alice_)) {
        for (int i = 1; i <= 10; ++i) messages_.push_back(says(alice_, uri_, "m" + std::to_string(i)));
    }

    /// "m3 m4 | before after": the texts and on which sides there is more.
    std::string page(HistoryQuery query) {
        const auto page = must(store_->history(alice_.id, uri_, query));
        std::string shown;
        for (const auto& message : page.messages) shown += message.text + " ";
        shown += "|";
        if (page.has_before) shown += " before";
        if (page.has_after) shown += " after";
        return shown;
    }
    Seq seq(int number) const { return messages_[static_cast<std::size_t>(number - 1)].seq; }

    User alice_;
    std::string uri_;
    std::vector<Message> messages_;
};

TEST_F(History, PagesFromTheEnd) {
    EXPECT_EQ(page({.limit = 3}), "m8 m9 m10 | before");
    EXPECT_EQ(page({.seq = seq(8), .limit = 3}), "m5 m6 m7 | before after");
    EXPECT_EQ(page({.seq = seq(4), .limit = 5}), "m1 m2 m3 | after");
    EXPECT_EQ(page({.seq = seq(1), .limit = 5}), "| after");
}

TEST_F(History, PagesForward) {
    EXPECT_EQ(page({.direction = Direction::After, .seq = 0, .limit = 2}), "m1 m2 | after");
    EXPECT_EQ(page({.direction = Direction::After, .seq = seq(8), .limit = 5}), "m9 m10 | before");
    EXPECT_EQ(page({.direction = Direction::After, .seq = seq(10), .limit = 5}), "| before");
}

TEST_F(History, PagesAroundASeqOrAMessage) {
    EXPECT_EQ(page({.direction = Direction::Around, .seq = seq(5), .limit = 4}), "m3 m4 m5 m6 | before after");
    EXPECT_EQ(page({.direction = Direction::Around, .around = messages_[4].id, .limit = 4}),
              "m3 m4 m5 m6 | before after");
    EXPECT_EQ(page({.direction = Direction::Around, .seq = seq(1), .limit = 4}), "m1 m2 m3 m4 | after");
    EXPECT_EQ(page({.direction = Direction::Around, .seq = seq(10), .limit = 4}), "m7 m8 m9 m10 | before");
    EXPECT_EQ(outcome(store_->history(alice_.id, uri_, {.direction = Direction::Around, .around = Uuid::make()})),
              "not_found");
}

TEST_F(History, SkipsWhatIsNoMessage) {
    for (int i = 0; i < 5; ++i) must(store_->update_room(alice_.id, uri_, "Title " + std::to_string(i), {}));
    EXPECT_EQ(page({.limit = 2}), "m9 m10 | before");
}

TEST_F(History, ADeletedMessageIsATombstoneWithoutItsText) {
    must(store_->remove(alice_.id, uri_, messages_[9].id));
    const auto message = must(store_->history(alice_.id, uri_, {.limit = 1})).messages.at(0);
    EXPECT_TRUE(message.deleted);
    EXPECT_EQ(message.text, "");
    EXPECT_EQ(outcome(store_->edit(alice_.id, uri_, message.id, "back")), "message_deleted");
    EXPECT_EQ(outcome(store_->remove(alice_.id, uri_, message.id)), "message_deleted");
}

TEST_F(History, ADeletedTextIsNowhereInTheFiles) {
    const auto secret = says(alice_, uri_, "correct-horse-battery-staple");
    must(store_->remove(alice_.id, uri_, secret.id));
    store_->stop();
    std::string bytes;
    for (const auto& file : std::filesystem::directory_iterator(folder_.path())) {
        std::ifstream in(file.path(), std::ios::binary);
        bytes.append(std::istreambuf_iterator<char>(in), {});
    }
    EXPECT_EQ(bytes.find("correct-horse-battery-staple"), std::string::npos);
    EXPECT_NE(bytes.find("m10"), std::string::npos) << "the others are there";
}

TEST_F(History, OnlyTheAuthorEditsAndModeratorsDelete) {
    const auto bob = person("bob");
    const auto carol = person("carol");
    must(store_->add_member(alice_.id, uri_, "bob"));
    must(store_->add_member(alice_.id, uri_, "carol"));
    const auto message = says(bob, uri_, "by bob");
    EXPECT_EQ(outcome(store_->edit(alice_.id, uri_, message.id, "by alice")), "not_allowed");
    EXPECT_EQ(outcome(store_->remove(carol.id, uri_, message.id)), "not_allowed");
    EXPECT_EQ(must(store_->edit(bob.id, uri_, message.id, "by Bob")).text, "by Bob");
    EXPECT_EQ(outcome(store_->remove(alice_.id, uri_, message.id)), "ok");
    EXPECT_EQ(outcome(store_->edit(bob.id, room(bob), message.id, "x")), "not_found") << "not in that room";
}

TEST_F(History, EventsComeDenseInTheirOrder) {
    const auto bob = person("bob");
    must(store_->add_member(alice_.id, uri_, "bob"));
    must(store_->edit(alice_.id, uri_, messages_[0].id, "m1, better"));
    must(store_->remove(alice_.id, uri_, messages_[1].id));
    must(store_->set_role(alice_.id, uri_, "bob", Role::Moderator));
    must(store_->remove_member(alice_.id, uri_, "bob"));

    const auto page = must(store_->events(alice_.id, uri_, 0, 200));
    EXPECT_EQ(page.last_seq, 16);
    ASSERT_THAT(page.events, SizeIs(16));
    for (std::size_t i = 0; i < page.events.size(); ++i) EXPECT_EQ(page.events[i].seq, static_cast<Seq>(i + 1));
    EXPECT_EQ(page.events[1].message->text, "m1, better") << "an event shows the text as it is now";
    EXPECT_TRUE(page.events[2].message->deleted);
    EXPECT_EQ(page.events[11].change, Change::Joined);
    EXPECT_EQ(page.events[12].kind, Event::Kind::Edit);
    EXPECT_EQ(page.events[12].message->id, messages_[0].id);
    EXPECT_EQ(page.events[13].kind, Event::Kind::Delete);
    EXPECT_EQ(page.events[13].message_id, messages_[1].id);
    EXPECT_EQ(page.events[13].actor, "alice");
    EXPECT_EQ(page.events[14].role, Role::Moderator);
    EXPECT_EQ(page.events[15].change, Change::Removed);

    EXPECT_THAT(must(store_->events(alice_.id, uri_, 10, 3)).events, SizeIs(3));
    EXPECT_EQ(must(store_->events(alice_.id, uri_, 10, 3)).events[0].seq, 11);
    EXPECT_THAT(must(store_->events(alice_.id, uri_, 16, 3)).events, IsEmpty());
}

TEST_F(History, LiveEventsAreWhatIsReadLater) {
    must(store_->edit(alice_.id, uri_, messages_[0].id, "edited"));
    must(store_->remove(alice_.id, uri_, messages_[2].id));
    must(store_->update_room(alice_.id, uri_, "Title", RoomVisibility::Public));
    const auto live = recorder_.all<Event>();
    const auto read = must(store_->events(alice_.id, uri_, 0, 200)).events;
    ASSERT_EQ(live.size(), read.size());
    for (std::size_t i = 0; i < live.size(); ++i) {
        EXPECT_EQ(live[i].seq, read[i].seq);
        EXPECT_EQ(live[i].kind, read[i].kind);
        EXPECT_EQ(live[i].room, read[i].room);
        EXPECT_EQ(live[i].actor, read[i].actor);
        EXPECT_EQ(live[i].message_id, read[i].message_id);
        EXPECT_EQ(live[i].message.has_value(), read[i].message.has_value());
        EXPECT_EQ(live[i].title, read[i].title);
        EXPECT_EQ(live[i].visibility, read[i].visibility);
    }
}

}  // namespace
}  // namespace riposte
