#include "store/sqlite/search_text.hpp"

#include "store/sqlite/characters.hpp"

#include <algorithm>

namespace riposte::sqlite {
namespace {

constexpr std::size_t most_terms = 16;

/// A run of characters of one script, in the widths that are indexed.
struct Run {
    Script script = Script::Other;
    std::vector<char32_t> characters;
};

/// The next character, full-width forms of ASCII as ASCII.
Character next_folded(std::string_view& text) {
    const auto character = next_character(text);
    const auto folded = fold_width(character.code);
    if (folded == character.code) return character;
    const char narrow = static_cast<char>(folded);
    std::string_view view(&narrow, 1);
    return {folded, character.bytes, next_character(view).script};
}

std::vector<Run> runs_of(std::string_view text) {
    std::vector<Run> runs;
    while (!text.empty()) {
        const auto character = next_folded(text);
        if (runs.empty() || runs.back().script != character.script) runs.push_back({character.script, {}});
        runs.back().characters.push_back(character.code);
    }
    return runs;
}

std::string utf8(const std::vector<char32_t>& characters) {
    std::string text;
    for (const auto code : characters) append_utf8(text, code);
    return text;
}

/// "今天 天天 天气": each character but the last with its successor.
std::string pairs_of(const std::vector<char32_t>& characters) {
    std::string pairs;
    for (std::size_t i = 0; i + 1 < characters.size(); ++i) {
        if (i > 0) pairs += ' ';
        append_utf8(pairs, characters[i]);
        append_utf8(pairs, characters[i + 1]);
    }
    return pairs;
}

/// Arrows, pictures, emoji: what one may look for. Punctuation is not.
bool is_symbol(char32_t code) { return (code >= 0x2190 && code < 0x2e00) || (code >= 0x1f000 && code < 0x20000); }

void add_symbols(const Run& run, std::vector<std::string>& single) {
    for (const auto code : run.characters)
        if (is_symbol(code)) append_utf8(single.emplace_back(), code);
}

}  // namespace

IndexedText index_text(std::string_view text) {
    IndexedText indexed;
    Character last;
    bool in_run = false;  // the last character has a pair already
    while (!text.empty()) {
        const auto character = next_folded(text);
        if (character.script == Script::Word) {
            if (last.script != Script::Word && !indexed.words.empty()) indexed.words += ' ';
            append_utf8(indexed.words, character.code);
        }
        const bool pair = character.script == Script::Cjk && last.script == Script::Cjk;
        if (pair) {
            // The "0" keeps the last pair of one run from being beside the first pair of the next.
            if (!indexed.pairs.empty()) indexed.pairs += in_run ? " " : " 0 ";
            append_utf8(indexed.pairs, last.code);
            append_utf8(indexed.pairs, character.code);
        }
        in_run = pair;
        last = character;
    }
    return indexed;
}

SearchTerms search_terms(std::string_view query) {
    SearchTerms terms;
    std::size_t count = 0;
    for (const auto& run : runs_of(query)) {
        if (count >= most_terms) break;
        if (run.script != Script::Other) ++count;
        if (run.script == Script::Word) terms.words.push_back(utf8(run.characters));
        else if (run.script == Script::Other) add_symbols(run, terms.single);
        else if (run.characters.size() == 1) terms.single.push_back(utf8(run.characters));
        else terms.runs.push_back(utf8(run.characters));
    }
    if (terms.single.size() > most_terms) terms.single.resize(most_terms);
    return terms;
}

std::string match_expression(const SearchTerms& terms) {
    std::string expression;
    const auto add = [&expression](std::string_view column, const std::string& phrase) {
        if (!expression.empty()) expression += " AND ";
        expression.append(column).append(" : \"").append(phrase).append("\"");
    };
    for (const auto& word : terms.words) add("words", word);
    for (const auto& run : terms.runs) add("pairs", pairs_of(runs_of(run).front().characters));
    return expression;
}

bool contains_all(std::string_view text, const std::vector<std::string>& pieces) {
    return std::all_of(pieces.begin(), pieces.end(),
                       [text](const std::string& piece) { return text.find(piece) != std::string_view::npos; });
}

}  // namespace riposte::sqlite
