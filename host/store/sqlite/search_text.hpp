#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace riposte::sqlite {

/// What the index keeps of a text. FTS5's tokenizers find no word in Chinese: runs of CJK characters are cut into
/// overlapping pairs instead ("今天天气" -> "今天 天天 天气"), and words are indexed without them.
struct IndexedText {
    std::string words;
    std::string pairs;
};

IndexedText index_text(std::string_view text);

/// A query as the index can answer it.
struct SearchTerms {
    std::vector<std::string> words;   // each must occur
    std::vector<std::string> runs;    // of two or more CJK characters, each must occur as it is
    std::vector<std::string> single;  // one CJK character or symbol: looked for in the text itself
    bool empty() const { return words.empty() && runs.empty() && single.empty(); }
    bool needs_scan() const { return words.empty() && runs.empty(); }
};

/// Any text gives a query; at most 16 terms of it count.
SearchTerms search_terms(std::string_view query);

/// FTS5's expression for the words and runs; nothing that a user types can be its syntax.
std::string match_expression(const SearchTerms& terms);

bool contains_all(std::string_view text, const std::vector<std::string>& pieces);

/// A piece of the text around the first term found in it, at most some 160 characters, on one line.
std::string excerpt(std::string_view text, const SearchTerms& terms);

}  // namespace riposte::sqlite
