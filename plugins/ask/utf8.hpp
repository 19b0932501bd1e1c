#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace riposte::ask {

/// One code point and the number of bytes it took. Wrong bytes give U+FFFD and take one byte.
struct CodePoint {
    char32_t value;
    std::size_t size;
};

/// The code point that begins at `at`, which must lie inside `text`.
CodePoint code_point(std::string_view text, std::size_t at);

void append_utf8(std::string& text, char32_t value);

bool is_utf8(std::string_view text);

/// Han, kana, hangul: scripts written without spaces, which are searched by pairs of characters.
bool is_cjk(char32_t value);

/// A letter or digit of any other script.
bool is_word(char32_t value);

/// Lower case, full-width forms narrowed, Latin-1 accents dropped.
char32_t fold(char32_t value);

/// True when at least one letter in five is CJK: a Chinese page full of option names is still Chinese.
bool is_mostly_cjk(std::string_view text);

/// Whether the last, or the first, character of `text` is CJK: between two such a line break is no space.
bool ends_in_cjk(std::string_view text);
bool begins_with_cjk(std::string_view text);

}  // namespace riposte::ask
