#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace riposte::ask {

/// What the index knows a text by: a stemmed word, or a pair of neighbouring CJK characters.
struct Token {
    std::string term;
    std::uint32_t begin;  ///< bytes from the start of the text
    std::uint32_t end;
    bool cjk;
};

/// Cuts a text of mixed languages: "用 Docker 部署" gives docker and 部署. A lone CJK character is its own token.
std::vector<Token> tokenize(std::string_view text);

/// The terms alone, parted by spaces: what goes into a column of the full-text table.
std::string terms_of(std::string_view text);

}  // namespace riposte::ask
