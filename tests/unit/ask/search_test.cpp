#include "documents.hpp"

#include "ask/index_file.hpp"

#include <gmock/gmock.h>

namespace riposte::ask {
namespace {

using testing::ElementsAre;

/// Four pages in two languages that share most of their words.
class AskSearch : public testing::Test {
protected:
    AskSearch() {
        documents.write("en/rooms.md",
                        "# Rooms\n\nPeople talk in rooms.\n\n## Invite people\n\nA link lets somebody into the room. "
                        "It can expire.\n\n"
                        "## Leave\n\nThe room menu has it.\n");
        documents.write(
            "en/messages.md",
            "# Messages\n\nType and press Enter.\n\n## Delete\n\nThe text is erased. A link to it says so.\n\n"
            "## Search\n\nFinds words in every room.\n");
        documents.write("zh/rooms.md",
                        "# 房间\n\n大家在房间里交谈。\n\n## 邀请别人\n\n用链接邀请别人加入房间，可以设置有效期。\n");
        documents.write(
            "zh/messages.md",
            "# 消息\n\n按 Enter 发送。\n\n## 删除\n\n内容会被抹去。\n\n## 搜索\n\n可以搜索所有房间的消息。\n");
        documents.refresh();
    }

    Hit best(std::string_view question) {
        Search search = documents.search();
        const std::vector<Hit> hits = search.find(read_question(question), 1);
        return hits.empty() ? Hit{} : hits.front();
    }

    Documents documents;
};

TEST_F(AskSearch, FindsThePassageNotOnlyThePage) {
    const Hit hit = best("How do I invite somebody?");
    EXPECT_EQ(hit.name, "en/rooms.md");
    EXPECT_THAT(hit.passage.headings, ElementsAre("Invite people"));
    EXPECT_THAT(best("deleting messages").passage.headings, ElementsAre("Delete"));
}

TEST_F(AskSearch, FindsChinese) {
    EXPECT_EQ(best("怎么邀请别人？").name, "zh/rooms.md");
    EXPECT_THAT(best("怎么邀请别人？").passage.headings, ElementsAre("邀请别人"));
    EXPECT_THAT(best("搜索消息").passage.headings, ElementsAre("搜索"));
    EXPECT_THAT(best("删").passage.headings, ElementsAre("删除")) << "one character is a question, too";
}

TEST_F(AskSearch, StemsMeet) { EXPECT_THAT(best("inviting").passage.headings, ElementsAre("Invite people")); }

TEST_F(AskSearch, PrefersTheLanguageOfTheQuestion) {
    EXPECT_EQ(best("Enter").name, "en/messages.md");
    EXPECT_EQ(best("Enter 发送").name, "zh/messages.md");
}

TEST_F(AskSearch, CoverageIsTheShareOfTheQuestionThatIsMet) {
    EXPECT_DOUBLE_EQ(best("invite people").coverage, 1);
    EXPECT_DOUBLE_EQ(best("邀请别人").coverage, 1);
    EXPECT_LT(best("invite elephants to breakfast").coverage, 0.5);
    EXPECT_LT(best("邀请大象吃早饭").coverage, 0.6);
}

TEST_F(AskSearch, NothingGivesNothing) {
    for (const char* question : {"", "?!", "zebra", "斑马", "\xff\xfe"}) EXPECT_EQ(best(question).name, "") << question;
}

TEST_F(AskSearch, GivesOneHitASource) { EXPECT_EQ(documents.found("room link"), "en/rooms.md en/messages.md"); }

TEST_F(AskSearch, AReplacedIndexAnswersTheNextQuestion) {
    IndexFile file(documents.index());
    EXPECT_TRUE(file.current().find(read_question("zebra"), 1).empty());
    documents.write("en/zebra.md", "# Zebra\n\nA zebra has stripes.\n");
    documents.refresh();
    ASSERT_EQ(file.current().find(read_question("zebra"), 1).size(), 1u);
    EXPECT_EQ(file.trouble(), "");
}

TEST_F(AskSearch, ABrokenReplacementLeavesTheOldOneServing) {
    IndexFile file(documents.index());
    std::ofstream(documents.folder() / "junk") << std::string(5000, 'x');
    std::filesystem::rename(documents.folder() / "junk", documents.index());
    EXPECT_EQ(file.current().find(read_question("invite"), 1).size(), 1u);
    EXPECT_THAT(file.trouble(), testing::HasSubstr("not a database"));
    std::filesystem::remove(documents.index());
    EXPECT_EQ(file.current().find(read_question("invite"), 1).size(), 1u);
    documents.refresh();
    EXPECT_EQ(file.current().find(read_question("invite"), 1).size(), 1u);
    EXPECT_EQ(file.trouble(), "");
}

TEST(AskIndexFile, AMissingFileIsAnError) { EXPECT_THROW(IndexFile("/nowhere/ask.db"), DatabaseError); }

}  // namespace
}  // namespace riposte::ask
