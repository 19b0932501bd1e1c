#pragma once

#include "ask/document.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace riposte::ask {

/// What a question looks for, without the words that every question has.
struct Question {
    /// Something the answer should speak of: a word, or one Chinese character by the pairs it stands in.
    struct Unit {
        std::vector<std::size_t> terms;  ///< indices; any of them will do
    };

    Language language = Language::English;
    std::vector<std::string> terms;  ///< distinct, in the order of the question
    std::vector<Unit> units;

    /// The terms as a query of FTS5: any of them.
    std::string match() const;
};

/// A single CJK character, which is met by any pair that begins with it.
bool is_lone_character(std::string_view term);

Question read_question(std::string_view text);

}  // namespace riposte::ask
