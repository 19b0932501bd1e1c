#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Code points of UTF-8 text. Pure functions, any thread.
namespace riposte {

/// One code point at a place of a text. Bytes that are not UTF-8 read as U+FFFD of one byte, so a loop always ends.
struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 0;  // 0 only at the end of the text
    bool valid = true;
};

CodePoint code_point_at(std::string_view text, std::size_t offset);
void append_code_point(std::string& out, char32_t value);

/// Well-formed UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
bool valid_utf8(std::string_view text);
/// Number of code points; 0x80..0xBF are not counted, so it is exact for valid text.
std::size_t code_points(std::string_view text);
/// The first `most` code points, or all there are. A view into `text`.
std::string_view first_code_points(std::string_view text, std::size_t most);

/// White space of any script, line breaks and U+3000 included.
bool is_space(char32_t value);
/// Control characters (C0, DEL, C1).
bool is_control(char32_t value);
/// Chinese characters, in the planes where words need no space between them.
bool is_han(char32_t value);
/// A letter, mark or decimal digit of any script.
bool is_word_character(char32_t value);
/// U+FF01..U+FF5E and U+3000 to the ASCII they look like; others unchanged.
char32_t narrow(char32_t value);

/// Without white space of any script at either end. A view into `text`.
std::string_view trimmed(std::string_view text);
std::string ascii_lower(std::string_view text);
/// Canonical composition (NFC), or compatibility composition (NFKC: full-width letters become plain ones).
/// None when the text is not UTF-8.
enum class Composition { Canonical, Compatible };
std::optional<std::string> composed(std::string_view text, Composition composition = Composition::Canonical);

}  // namespace riposte
