#include "ask/utf8.hpp"

namespace riposte::ask {
namespace {

constexpr CodePoint wrong{0xFFFD, 1};

struct Range {
    char32_t first, last;
};

constexpr Range cjk[] = {{0x3040, 0x30FF}, {0x3105, 0x312F}, {0x3400, 0x4DBF},  {0x4E00, 0x9FFF},
                         {0xAC00, 0xD7AF}, {0xF900, 0xFAFF}, {0x20000, 0x3134F}};

/// Above Latin-1 everything is a letter but these blocks of punctuation, symbols and private use.
constexpr Range symbols[] = {{0x02B9, 0x036F}, {0x2000, 0x2BFF}, {0x2E00, 0x303F}, {0x30FB, 0x30FB},
                             {0xD800, 0xF8FF}, {0xFE00, 0xFE6F}, {0xFF00, 0xFFFF}, {0x1F000, 0x1FAFF}};

template <std::size_t Count>
bool within(char32_t value, const Range (&ranges)[Count]) {
    for (const Range& range : ranges)
        if (value >= range.first && value <= range.last) return true;
    return false;
}

bool is_full_width(char32_t value) { return value >= 0xFF01 && value <= 0xFF5E; }

bool is_ascii_word(char32_t value) {
    return (value >= '0' && value <= '9') || (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
}

/// U+00C0..U+00FF without their accents; '*' is no letter.
constexpr char32_t unaccented[] = U"aaaaaaæceeeeiiiidnooooo*ouuuuytßaaaaaaæceeeeiiiidnooooo*ouuuuyty";

}  // namespace

CodePoint code_point(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[at + offset]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + size > text.size()) return wrong;
    char32_t value = lead & (0xFFU >> (size + 1));
    for (std::size_t offset = 1; offset < size; ++offset) {
        if ((byte(offset) & 0xC0) != 0x80) return wrong;
        value = (value << 6) | (byte(offset) & 0x3FU);
    }
    const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return wrong;
    return {value, size};
}

void append_utf8(std::string& text, char32_t value) {
    const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (value < 0x80) return put(value);
    if (value < 0x800) {
        put(0xC0 | (value >> 6));
    } else if (value < 0x10000) {
        put(0xE0 | (value >> 12));
        put(0x80 | ((value >> 6) & 0x3F));
    } else {
        put(0xF0 | (value >> 18));
        put(0x80 | ((value >> 12) & 0x3F));
        put(0x80 | ((value >> 6) & 0x3F));
    }
    put(0x80 | (value & 0x3F));
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint next = code_point(text, at);
        if (next.value == 0xFFFD && next.size == 1) return false;
        at += next.size;
    }
    return true;
}

bool is_cjk(char32_t value) { return value >= 0x3040 && value != 0x30FB && within(value, cjk); }

bool is_word(char32_t value) {
    if (is_full_width(value)) return is_ascii_word(fold(value));
    if (value < 0x80) return is_ascii_word(value);
    if (value < 0xC0 || value == 0xD7 || value == 0xF7) return value == 0xB5;
    return !is_cjk(value) && !within(value, symbols);
}

char32_t fold(char32_t value) {
    if (is_full_width(value)) value -= 0xFEE0;
    if (value >= 'A' && value <= 'Z') return value + 0x20;
    if (value < 0xC0) return value;
    if (value <= 0xFF) return unaccented[value - 0xC0];
    if (value <= 0x137 || (value >= 0x14A && value <= 0x177)) return value | 1;  // Latin Extended-A: pairs
    if ((value >= 0x391 && value <= 0x3A9) || (value >= 0x410 && value <= 0x42F)) return value + 0x20;
    if (value >= 0x400 && value <= 0x40F) return value + 0x50;
    return value;
}

bool is_mostly_cjk(std::string_view text) {
    std::size_t pairs = 0, letters = 0;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint next = code_point(text, at);
        if (is_cjk(next.value)) ++pairs;
        if (is_word(next.value)) ++letters;
        at += next.size;
    }
    return pairs > 0 && pairs * 4 >= letters;
}

bool begins_with_cjk(std::string_view text) { return !text.empty() && is_cjk(code_point(text, 0).value); }

bool ends_in_cjk(std::string_view text) {
    if (text.empty()) return false;
    std::size_t at = text.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    return is_cjk(code_point(text, at).value);
}

}  // namespace riposte::ask
