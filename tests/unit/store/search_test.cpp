#include "unit/store/world.hpp"

#include "store/sqlite/database.hpp"
#include "store/sqlite/search_text.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace riposte {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Search : public World {
protected:
    Search() : alice_(person("alice")), uri_(room(alice_)) {}

    std::vector<std::string> results(SearchQuery query) {
        std::vector<std::string> texts;
        for (const auto& hit : must(store_->search(alice_.id, std::move(query)))) texts.push_back(hit.message.text);
        return texts;
    }
    std::vector<std::string> found(const std::string& text) { return results({.text = text}); }

    /// Says it and waits until it can be found: the index is at most a second behind.
    Message indexed(const std::string& text) {
        const auto message = says(alice_, uri_, text);
        must(store_->mark_read(alice_.id, uri_, message.seq));
        wait_for_index(message);
        return message;
    }

    void wait_for_index(const Message& message) {
        const auto until = std::chrono::steady_clock::now() + deadline;
        sqlite::Database db(folder_.path() / "riposte.db", sqlite::Mode::ReadOnly);
        while (db.value("SELECT indexed_to >= (SELECT max(id) FROM messages) FROM search_progress") != "1") {
            ASSERT_LT(std::chrono::steady_clock::now(), until) << "not indexed: " << message.text;
            std::this_thread::yield();
        }
    }

    User alice_;
    std::string uri_;
};

TEST_F(Search, FindsEnglishWordsInAnyFormNewestFirst) {
    indexed("It rains in Bergen");
    indexed("No rain today");
    indexed("Trains are late");
    EXPECT_THAT(found("RAIN"), ElementsAre("No rain today", "It rains in Bergen"));
    EXPECT_THAT(found("rain bergen"), ElementsAre("It rains in Bergen"));
    EXPECT_THAT(found("snow"), IsEmpty());
}

TEST_F(Search, FindsChineseWords) {
    indexed("今天天气很好");
    indexed("天天向上");
    indexed("天，气");
    EXPECT_THAT(found("天气"), ElementsAre("今天天气很好"));
    EXPECT_THAT(found("天天"), ElementsAre("天天向上", "今天天气很好")) << "any two that stand together are found";
    EXPECT_THAT(found("今天天气"), ElementsAre("今天天气很好"));
    EXPECT_THAT(found("天气很坏"), IsEmpty());
}

TEST_F(Search, FindsMixedQueries) {
    indexed("用SQLite存储消息");
    indexed("SQLite stores messages");
    indexed("存储消息");
    EXPECT_THAT(found("sqlite消息"), ElementsAre("用SQLite存储消息"));
    EXPECT_THAT(found("消息 sqlite"), ElementsAre("用SQLite存储消息"));
    EXPECT_THAT(found("ｓｑｌｉｔｅ"), SizeIs(2)) << "full-width letters are letters";
}

TEST_F(Search, FindsASingleChineseCharacterAndASymbol) {
    indexed("猫在哪里");
    indexed("my cat 猫");
    indexed("party 🎉");
    EXPECT_THAT(found("猫"), ElementsAre("my cat 猫", "猫在哪里"));
    EXPECT_THAT(found("cat 猫"), ElementsAre("my cat 猫"));
    EXPECT_THAT(found("🎉"), ElementsAre("party 🎉"));
}

TEST_F(Search, LooksOnlyWhereOneMayRead) {
    const auto bob = person("bob");
    const auto other = room(bob);
    says(bob, other, "the secret word");
    wait_for_index(indexed("the public word"));
    EXPECT_THAT(found("word"), ElementsAre("the public word"));
    must(store_->add_member(bob.id, other, "alice"));
    EXPECT_THAT(found("word"), ElementsAre("the public word", "the secret word"));
    EXPECT_THAT(results({.text = "word", .room = other}), ElementsAre("the secret word"));
    must(store_->remove_member(bob.id, other, "alice"));
    EXPECT_THAT(found("word"), ElementsAre("the public word"));
}

TEST_F(Search, ForgetsEditedAndDeletedText) {
    const auto first = indexed("purple elephants 紫色大象");
    const auto second = indexed("purple rain");
    must(store_->edit(alice_.id, uri_, first.id, "green elephants 绿色大象"));
    EXPECT_THAT(found("purple"), ElementsAre("purple rain"));
    EXPECT_THAT(found("紫色"), IsEmpty());
    EXPECT_THAT(found("green"), ElementsAre("green elephants 绿色大象"));
    EXPECT_THAT(found("绿色大象"), SizeIs(1));
    must(store_->remove(alice_.id, uri_, second.id));
    EXPECT_THAT(found("rain"), IsEmpty());
}

TEST_F(Search, FindsAnEditMadeBeforeTheFirstIndexing) {
    const auto message = says(alice_, uri_, "early bird");
    must(store_->edit(alice_.id, uri_, message.id, "late bird"));
    wait_for_index(message);
    EXPECT_THAT(found("early"), IsEmpty());
    EXPECT_THAT(found("late"), ElementsAre("late bird"));
}

TEST_F(Search, KeepsTheIndexSoundThroughEditsAndDeletes) {
    for (int i = 0; i < 5; ++i) {
        const auto message = indexed("round " + std::to_string(i) + " 第几轮");
        must(store_->edit(alice_.id, uri_, message.id, "edited " + std::to_string(i)));
        if (i % 2) must(store_->remove(alice_.id, uri_, message.id));
    }
    restart();
    store_->stop();
    sqlite::Database db(folder_.path() / "riposte.db", sqlite::Mode::ReadWrite);
    EXPECT_NO_THROW(db.script("INSERT INTO search (search) VALUES ('integrity-check')"));
    EXPECT_EQ(db.value("SELECT count(*) FROM search WHERE search MATCH 'round'"), "0");
    EXPECT_EQ(db.value("SELECT count(*) FROM search WHERE search MATCH 'edited'"), "3");
}

TEST_F(Search, EndsAtATimeAndALimit) {
    for (int i = 0; i < 5; ++i) says(alice_, uri_, "tick " + std::to_string(i));
    const auto last = indexed("tick 5");
    EXPECT_THAT(results({.text = "tick", .limit = 2}), ElementsAre("tick 5", "tick 4"));
    for (const auto& text : results({.text = "tick", .before = last.created_at})) EXPECT_NE(text, "tick 5");
    EXPECT_THAT(results({.text = "tick", .before = last.created_at + 1}), SizeIs(6));
    EXPECT_THAT(results({.text = "tick", .before = 1}), IsEmpty());
}

TEST_F(Search, TakesAnythingThatIsTyped) {
    indexed("plain text");
    for (const auto* query : {"",
                              " ",
                              "\"",
                              "\"plain",
                              "plain*",
                              "plain AND",
                              "NOT plain",
                              "a OR",
                              "NEAR(",
                              "room:r1",
                              "-x",
                              "^plain",
                              "(",
                              ")",
                              "{",
                              "col : x",
                              "'; DROP TABLE messages; --",
                              "\xff\xfe",
                              "+",
                              "‍",
                              "́",
                              "words : \"x\""})
        EXPECT_EQ(outcome(store_->search(alice_.id, {.text = query})), "ok") << query;
    EXPECT_EQ(outcome(store_->search(alice_.id, {.text = std::string(100'000, 'x')})), "ok");
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "word" + std::to_string(i) + " 天气 ";
    EXPECT_EQ(outcome(store_->search(alice_.id, {.text = many})), "ok");
}

TEST_F(Search, ShowsTheSurroundingsOfTheHit) {
    const std::string padding(300, 'x');
    indexed(padding + "\nthe needle 天气\n" + padding);
    const auto hit = must(store_->search(alice_.id, {.text = "needle"})).at(0);
    EXPECT_THAT(hit.excerpt, HasSubstr("the needle 天气"));
    EXPECT_LT(hit.excerpt.size(), 250u);
    EXPECT_EQ(hit.excerpt.find('\n'), std::string::npos);
    EXPECT_EQ(hit.room_title, "A room");
}

TEST(SearchText, CutsChineseIntoOverlappingPairs) {
    const auto indexed = sqlite::index_text("今天 weather很好, Über-cool ＡＢ１");
    EXPECT_EQ(indexed.pairs, "今天 0 很好");
    EXPECT_EQ(indexed.words, "weather Über cool AB1");
    EXPECT_EQ(sqlite::match_expression(sqlite::search_terms("今天天气 ok")),
              "words : \"ok\" AND pairs : \"今天 天天 天气\"");
}

}  // namespace
}  // namespace riposte
