#include "documents.hpp"

#include <gmock/gmock.h>

namespace riposte::ask {
namespace {

using testing::ElementsAre;

TEST(AskIndex, ReadsWhatIsThere) {
    Documents documents;
    documents.write("en/tea.md", "# Tea\n\nGreen tea wants 80 degrees.\n");
    documents.write("ls.1", ".SH NAME\nls \\- list directory contents\n");
    documents.write("picture.png", "\x89PNG");
    const Refreshed result = documents.refresh();
    EXPECT_EQ(result.added, 2u);
    EXPECT_EQ(result.passages, 2);
    EXPECT_EQ(documents.found("green tea"), "en/tea.md");
    EXPECT_EQ(documents.found("directory contents"), "ls.1");
}

TEST(AskIndex, RedoesOnlyWhatChanged) {
    Documents documents;
    documents.write("tea.md", "Green tea.");
    documents.write("milk.md", "Cold milk.");
    documents.write("beer.md", "Dark beer.");
    documents.refresh();
    documents.write("milk.md", "Warm cocoa.");
    documents.erase("beer.md");
    documents.write("wine.md", "Red wine.");
    const Refreshed result = documents.refresh();
    EXPECT_EQ(result.added, 2u);
    EXPECT_EQ(result.unchanged, 1u);
    EXPECT_EQ(result.removed, 1u);
    EXPECT_EQ(result.passages, 3);
    EXPECT_EQ(documents.found("cocoa"), "milk.md");
    EXPECT_EQ(documents.found("milk"), "milk.md") << "the title still says so";
    EXPECT_EQ(documents.found("cold"), "") << "the old text must be gone from the full-text tables";
    EXPECT_EQ(documents.found("dark beer"), "");
}

TEST(AskIndex, NothingNewLeavesTheFileAlone) {
    Documents documents;
    documents.write("tea.md", "Green tea.");
    documents.refresh();
    const auto before = std::filesystem::last_write_time(documents.index());
    EXPECT_EQ(documents.refresh().unchanged, 1u);
    EXPECT_EQ(std::filesystem::last_write_time(documents.index()), before);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(documents.folder()), {}), 2)
        << "no copy may stay behind";
}

TEST(AskIndex, ATouchedFileIsNotReadAgain) {
    Documents documents;
    const auto path = documents.write("tea.md", "Green tea.");
    documents.refresh();
    std::filesystem::last_write_time(path, std::filesystem::last_write_time(path) + std::chrono::seconds(5));
    EXPECT_EQ(documents.refresh().unchanged, 1u);
}

TEST(AskIndex, OtherSettingsRedoEverything) {
    Documents documents;
    documents.write("a.md", "# A\n\n## Name\n\nAlpha\n\n## Use\n\nBeta\n");
    documents.refresh();
    EXPECT_EQ(documents.found("alpha"), "a.md");
    EXPECT_EQ(documents.refresh({"NAME"}).added, 1u);
    EXPECT_EQ(documents.found("alpha"), "");
    EXPECT_EQ(documents.found("beta"), "a.md");
}

TEST(AskIndex, BadFilesAreNamedAndSkipped) {
    Documents documents;
    documents.write("good.md", "Tea.");
    documents.write("binary.md", std::string("a\0b", 3));
    documents.write("gbk.txt", "\xc4\xe3\xba\xc3");
    documents.write("broken.1.gz", "no gzip");
    const Refreshed result = documents.refresh();
    EXPECT_EQ(result.added, 1u);
    EXPECT_THAT(documents.skipped,
                ElementsAre("binary.md: is binary", "broken.1.gz: is no whole gzip file", "gbk.txt: is not UTF-8"));
}

TEST(AskIndex, AFileThatTurnedBadIsForgotten) {
    Documents documents;
    documents.write("tea.md", "Green tea.");
    documents.refresh();
    documents.write("tea.md", std::string("tea\0", 4));
    documents.refresh();
    EXPECT_EQ(documents.found("tea"), "");
}

TEST(AskIndex, OverwritesNothingThatIsNotItsOwn) {
    Documents documents;
    documents.write("tea.md", "Green tea.");
    std::ofstream(documents.index()) << "my letter, not a database, long enough to look like something";
    EXPECT_THROW(documents.refresh(), DatabaseError);
    std::ifstream letter(documents.index());
    std::string word;
    letter >> word;
    EXPECT_EQ(word, "my");
}

TEST(AskIndex, AnIndexOfAnotherFormatIsRebuiltAndNotServed) {
    Documents documents;
    documents.write("tea.md", "Green tea.");
    documents.refresh();
    Database::open_for_writing(documents.index()).execute("PRAGMA user_version = 77");
    EXPECT_THROW(documents.search(), DatabaseError);
    EXPECT_EQ(documents.refresh().added, 1u);
    EXPECT_EQ(documents.found("tea"), "tea.md");
}

}  // namespace
}  // namespace riposte::ask
