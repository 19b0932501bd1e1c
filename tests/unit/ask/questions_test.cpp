// Real questions against Riposte's own documentation: questions.txt names the page that answers each, or none.

#include "documents.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace riposte::ask {
namespace {

struct Asked {
    std::string pages;  // names, parted by spaces; "-": there is no answer
    std::string question;

    bool has_answer() const { return pages != "-"; }
    bool is_chinese() const { return read_question(question).language == Language::Chinese; }
};

std::vector<Asked> questions() {
    std::ifstream file(RIPOSTE_ASK_QUESTIONS);
    std::vector<Asked> all;
    for (std::string line; std::getline(file, line);) {
        const std::size_t bar = line.find(" | ");
        if (bar != std::string::npos) all.push_back({line.substr(0, bar), line.substr(bar + 3)});
    }
    return all;
}

struct Tally {
    std::size_t asked = 0, right = 0, silent = 0;
    std::string wrong;  // to be read when the test fails

    double share(std::size_t part) const { return static_cast<double>(part) / static_cast<double>(asked); }
};

class AskQuestions : public testing::TestWithParam<Language> {
protected:
    AskQuestions() {
        RefreshOptions options;
        options.roots = {RIPOSTE_ASK_DOCUMENTS};
        refresh(documents.index(), options);
    }

    Tally ask(bool with_answer) {
        Search search = documents.search();
        Tally tally;
        for (const Asked& asked : questions()) {
            if (asked.has_answer() != with_answer || asked.is_chinese() != (GetParam() == Language::Chinese)) continue;
            const Question question = read_question(asked.question);
            const std::vector<Hit> hits = search.find(question, 1);
            const bool sure = !hits.empty() && is_sure(hits.front());
            const bool right = sure && asked.pages.find(hits.front().name) != std::string::npos;
            ++tally.asked;
            tally.right += right;
            tally.silent += !sure;
            if (!right) tally.wrong += asked.question + (sure ? " -> " + hits.front().name : " -> silent") + "\n";
        }
        return tally;
    }

    Documents documents;
};

TEST_P(AskQuestions, AreAnsweredFromTheRightPage) {
    const Tally tally = ask(true);
    ASSERT_GE(tally.asked, 50u);
    EXPECT_GE(tally.share(tally.right), 0.9) << tally.wrong;
}

TEST_P(AskQuestions, WithoutAnAnswerGetNone) {
    const Tally tally = ask(false);
    ASSERT_GE(tally.asked, 20u);
    EXPECT_GE(tally.share(tally.silent), 0.95) << tally.wrong;
}

INSTANTIATE_TEST_SUITE_P(Languages, AskQuestions, testing::Values(Language::English, Language::Chinese),
                         [](const auto& language) { return language.param == Language::English ? "En" : "Zh"; });

}  // namespace
}  // namespace riposte::ask
