#include "ask/question.hpp"

#include "ask/tokens.hpp"
#include "ask/utf8.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace riposte::ask {
namespace {

/// As stems, since that is what tokens are.
constexpr std::array stop_words{
    "a",       "about",   "an",   "and",      "ani",    "anybodi", "anyon", "anyth", "ar",    "as",    "at",
    "be",      "been",    "by",   "can",      "could",  "did",     "do",    "doe",   "doesn", "don",   "everybodi",
    "everyon", "explain", "for",  "from",     "give",   "ha",      "had",   "have",  "he",    "help",  "how",
    "i",       "if",      "in",   "into",     "is",     "isn",     "it",    "let",   "like",  "mai",   "me",
    "mean",    "might",   "my",   "need",     "of",     "on",      "or",    "our",   "pleas", "shall", "should",
    "show",    "so",      "some", "somebodi", "someon", "someth",  "tell",  "than",  "that",  "the",   "thei",
    "their",   "them",    "then", "there",    "these",  "thi",     "those", "to",    "wa",    "want",  "we",
    "were",    "what",    "when", "where",    "whi",    "which",   "who",   "whom",  "whose", "will",  "wish",
    "with",    "would",   "you",  "your"};

/// Characters that carry no subject whatever stands beside them, and those that only carry none beside each other.
constexpr std::u32string_view particles = U"的了吗呢吧啊呀么怎哪谁我你您他她它们什何咱";
constexpr std::u32string_view helpers =
    U"是有在和与及或请问要想能可以会个这那些就都也被把将从到给让对为因所如吧用做应该去来没不很多少时候一";

bool is_particle(char32_t value) { return particles.find(value) != std::u32string_view::npos; }
bool is_helper(char32_t value) { return is_particle(value) || helpers.find(value) != std::u32string_view::npos; }

bool is_empty_pair(std::string_view pair) {
    const CodePoint first = code_point(pair, 0);
    if (first.size == pair.size()) return is_helper(first.value);
    const char32_t second = code_point(pair, first.size).value;
    return is_particle(first.value) || is_particle(second) || (is_helper(first.value) && is_helper(second));
}

bool is_empty(const Token& token) {
    return token.cjk ? is_empty_pair(token.term) : std::ranges::find(stop_words, token.term) != stop_words.end();
}

class QuestionReader {
public:
    explicit QuestionReader(std::string_view text) : text_(text) {}

    Question run() {
        std::vector<Token> tokens = tokenize(text_);
        const bool only_empty = std::ranges::all_of(tokens, is_empty);
        for (const Token& token : tokens) {
            question_.language = token.cjk ? Language::Chinese : question_.language;
            if (!only_empty && is_empty(token)) continue;
            const std::size_t term = number_of(token.term);
            if (token.cjk) add_characters(token, term);
            else question_.units.push_back({{term}});
        }
        drop_repeated_units();
        return std::move(question_);
    }

private:
    std::size_t number_of(const std::string& term) {
        const auto known = std::ranges::find(question_.terms, term);
        const auto number = static_cast<std::size_t>(known - question_.terms.begin());
        if (known == question_.terms.end()) question_.terms.push_back(term);
        return number;
    }

    void add_characters(const Token& pair, std::size_t term) {
        for (std::size_t at = pair.begin; at < pair.end;) {
            const CodePoint character = code_point(text_, at);
            if (last_character_ == at && !question_.units.empty()) question_.units.back().terms.push_back(term);
            else if (!is_helper(character.value)) question_.units.push_back({{term}}), last_character_ = at;
            at += character.size;
        }
    }

    void drop_repeated_units() {
        std::vector<Question::Unit> units;
        for (Question::Unit& unit : question_.units)
            if (std::ranges::find(units, unit.terms, &Question::Unit::terms) == units.end())
                units.push_back(std::move(unit));
        question_.units = std::move(units);
    }

    std::string_view text_;
    Question question_;
    std::size_t last_character_ = std::string_view::npos;  ///< bytes into the text, of the newest unit
};

}  // namespace

std::string Question::match() const {
    std::string query;
    for (const std::string& term : terms)
        query += (query.empty() ? "\"" : " OR \"") + term + (is_lone_character(term) ? "\"*" : "\"");
    return query;
}

bool is_lone_character(std::string_view term) {
    return begins_with_cjk(term) && code_point(term, 0).size == term.size();
}

Question read_question(std::string_view text) { return QuestionReader(text).run(); }

}  // namespace riposte::ask
