#include "store/file_storage.hpp"
#include "unit/store/world.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// What people do to messages besides writing them.
class Talk : public World {
protected:
    Attachment upload(const User& owner, const std::string& uri, std::int64_t size = 10) {
        Attachment file;
        file.id = Uuid::make();
        file.name = "tea.txt";
        file.type = "text/plain";
        file.size = size;
        return must(store_->add_file(owner.id, uri, file));
    }
    Message with_files(const User& author, const std::string& uri, std::vector<FileId> files) {
        auto wanted = message(author, uri, "look");
        wanted.attachments = std::move(files);
        return *must(post(wanted)).message;
    }
};

TEST_F(Talk, AReactionIsOneEventHoweverOftenItIsGiven) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    const auto hello = *must(post(message(alice, uri, "hello"))).message;
    recorder_.clear();
    for (int i = 0; i < 3; ++i) must(store_->react(alice.id, uri, hello.id, "👍", true));
    must(store_->react(alice.id, uri, hello.id, "🎉", false));
    const auto events = recorder_.all<Event>();
    ASSERT_THAT(events, SizeIs(1));
    EXPECT_EQ(events[0].kind, Event::Kind::Reaction);
    EXPECT_EQ(events[0].seq, hello.seq + 1);
    const auto page = must(store_->history(alice.id, uri, {}));
    ASSERT_THAT(page.messages.back().reactions, SizeIs(1));
    EXPECT_THAT(page.messages.back().reactions[0].names, ElementsAre("alice"));
}

TEST_F(Talk, AFileOfNoMessageIsForgottenAfterItsTimeAndOneOfAMessageIsNot) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    const auto loose = upload(alice, uri);
    const auto kept = upload(alice, uri);
    with_files(alice, uri, {kept.id});
    EXPECT_THAT(must(store_->forget_files(now_ms() - 60'000)), IsEmpty());
    EXPECT_THAT(must(store_->forget_files(now_ms() + 60'000)), ElementsAre(loose.id));
    EXPECT_EQ(outcome(store_->file(alice.id, loose.id)), "not_found");
    EXPECT_EQ(outcome(store_->file(alice.id, kept.id)), "ok");
}

TEST_F(Talk, WithAMessageGoItsFilesAtTheNextSweep) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    const auto file = upload(alice, uri);
    const auto sent = with_files(alice, uri, {file.id});
    must(store_->remove(alice.id, uri, sent.id));
    EXPECT_THAT(must(store_->history(alice.id, uri, {})).messages.back().attachments, IsEmpty());
    EXPECT_THAT(must(store_->forget_files(now_ms() - 60'000)), ElementsAre(file.id));
}

TEST_F(Talk, AQuotaCountsWhatIsKept) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    upload(alice, uri, 600);
    EXPECT_EQ(outcome(store_->may_upload(alice.id, uri, 400, {1000})), "ok");
    EXPECT_EQ(outcome(store_->may_upload(alice.id, uri, 401, {1000})), "too_large");
}

TEST_F(Talk, AMessageSentTwiceCarriesItsFilesOnce) {
    const auto alice = person("alice");
    const auto uri = room(alice);
    auto wanted = message(alice, uri, "look");
    wanted.attachments = {upload(alice, uri).id};
    const auto first = must(post(wanted));
    const auto again = must(post(wanted));
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(again.message->id, first.message->id);
    EXPECT_THAT(again.message->attachments, SizeIs(1));
}

TEST(FileStorageTest, KeepsWhatArrivedAndNothingHalf) {
    const TemporaryFolder folder;
    const auto whole = Uuid::make();
    const auto half = Uuid::make();
    {
        FileStorage files(folder.path());
        must(files.append(whole, "first "));
        must(files.append(whole, "second"));
        must(files.append(half, "begun"));
        must(files.keep(whole, whole, FilePart::Whole));
        EXPECT_EQ(must(files.size(whole, FilePart::Whole)), 12);
        EXPECT_EQ(must(files.read(whole, FilePart::Whole, 6, 100)), "second");
        EXPECT_EQ(outcome(files.size(whole, FilePart::Thumbnail)), "not_found");
    }
    FileStorage files(folder.path());  // a restart
    EXPECT_EQ(must(files.read(whole, FilePart::Whole, 0, 5)), "first");
    EXPECT_THAT(outcome(files.keep(half, half, FilePart::Whole)), testing::StartsWith("internal"));
    files.remove({whole});
    EXPECT_EQ(outcome(files.size(whole, FilePart::Whole)), "not_found");
}

}  // namespace
}  // namespace riposte
