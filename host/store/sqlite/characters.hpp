#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace riposte::sqlite {

/// As far as search and mentions need to tell characters apart.
enum class Script : std::uint8_t {
    Other,  // spaces, punctuation, symbols
    Word,   // letters and digits of scripts that put spaces between words
    Cjk,    // Han, kana, hangul: words follow each other without a space
};

struct Character {
    char32_t code = 0;
    std::string_view bytes;  // of the text it was read from
    Script script = Script::Other;
};

/// Takes the first character off `text`, which is not empty. A broken byte is one character of Other.
Character next_character(std::string_view& text);

/// The full-width forms of ASCII (Ａ, １, ＠) as ASCII; others as they are.
char32_t fold_width(char32_t code);
void append_utf8(std::string& out, char32_t code);

}  // namespace riposte::sqlite
