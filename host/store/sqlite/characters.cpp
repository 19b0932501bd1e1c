#include "store/sqlite/characters.hpp"

#include <algorithm>
#include <iterator>

namespace riposte::sqlite {
namespace {

struct Range {
    char32_t first;
    char32_t last;
    Script script;
};

/// Beyond ASCII, sorted; what lies between is Word, being letters of some script.
constexpr Range ranges[] = {
    {0x0080, 0x00a9, Script::Other}, {0x00ab, 0x00b1, Script::Other},    {0x00b4, 0x00b4, Script::Other},
    {0x00b6, 0x00b8, Script::Other}, {0x00bb, 0x00bb, Script::Other},    {0x00bf, 0x00bf, Script::Other},
    {0x00d7, 0x00d7, Script::Other}, {0x00f7, 0x00f7, Script::Other},    {0x1100, 0x11ff, Script::Cjk},
    {0x2000, 0x2bff, Script::Other}, {0x2e00, 0x2e7f, Script::Other},    {0x2e80, 0x2fdf, Script::Cjk},
    {0x2ff0, 0x3004, Script::Other}, {0x3005, 0x3007, Script::Cjk},      {0x3008, 0x3020, Script::Other},
    {0x3021, 0x3029, Script::Cjk},   {0x302a, 0x3030, Script::Other},    {0x3031, 0x3035, Script::Cjk},
    {0x3036, 0x3040, Script::Other}, {0x3041, 0x3096, Script::Cjk},      {0x3097, 0x309c, Script::Other},
    {0x309d, 0x309f, Script::Cjk},   {0x30a0, 0x30a0, Script::Other},    {0x30a1, 0x30fa, Script::Cjk},
    {0x30fb, 0x30fb, Script::Other}, {0x30fc, 0x31bf, Script::Cjk},      {0x31c0, 0x31ef, Script::Other},
    {0x31f0, 0x31ff, Script::Cjk},   {0x3200, 0x33ff, Script::Other},    {0x3400, 0x4dbf, Script::Cjk},
    {0x4dc0, 0x4dff, Script::Other}, {0x4e00, 0xa48f, Script::Cjk},      {0xa490, 0xa4cf, Script::Other},
    {0xac00, 0xd7ff, Script::Cjk},   {0xd800, 0xf8ff, Script::Other},    {0xf900, 0xfaff, Script::Cjk},
    {0xfe00, 0xfe6f, Script::Other}, {0xfeff, 0xff0f, Script::Other},    {0xff1a, 0xff20, Script::Other},
    {0xff3b, 0xff40, Script::Other}, {0xff5b, 0xff65, Script::Other},    {0xff66, 0xff9f, Script::Cjk},
    {0xffe0, 0xffff, Script::Other}, {0x1d000, 0x1d3ff, Script::Other},  {0x1f000, 0x1ffff, Script::Other},
    {0x20000, 0x3ffff, Script::Cjk}, {0xe0000, 0x10ffff, Script::Other},
};

Script ascii_script(char32_t code) {
    const bool letter = (code | 0x20) >= U'a' && (code | 0x20) <= U'z';
    return letter || (code >= U'0' && code <= U'9') ? Script::Word : Script::Other;
}

Script script_of(char32_t code) {
    const auto* range = std::lower_bound(std::begin(ranges), std::end(ranges), code,
                                         [](const Range& range, char32_t code) { return range.last < code; });
    return range != std::end(ranges) && code >= range->first ? range->script : Script::Word;
}

/// Of a character beyond ASCII; 0: none begins so.
int length_of(unsigned char first) {
    if (first >= 0xf0 && first < 0xf5) return 4;
    if (first >= 0xe0) return first < 0xf0 ? 3 : 0;
    return first >= 0xc2 ? 2 : 0;
}

}  // namespace

Character next_character(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x80) {
        const Character character{first, text.substr(0, 1), ascii_script(first)};
        text.remove_prefix(1);
        return character;
    }
    const auto length = static_cast<std::size_t>(length_of(first));
    if (length == 0 || text.size() < length) {
        const Character broken{0xfffd, text.substr(0, 1), Script::Other};
        text.remove_prefix(1);
        return broken;
    }
    char32_t code = first & (0x7fu >> length);
    for (std::size_t i = 1; i < length; ++i) code = (code << 6) | (static_cast<unsigned char>(text[i]) & 0x3fu);
    const Character character{code, text.substr(0, length), script_of(code)};
    text.remove_prefix(length);
    return character;
}

char32_t fold_width(char32_t code) {
    if (code >= 0xff01 && code <= 0xff5e) return code - 0xff01 + 0x21;
    return code == 0x3000 ? U' ' : code;
}

void append_utf8(std::string& out, char32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
        return;
    }
    if (code < 0x800) {
        out += static_cast<char>(0xc0 | (code >> 6));
    } else {
        if (code < 0x10000) {
            out += static_cast<char>(0xe0 | (code >> 12));
        } else {
            out += static_cast<char>(0xf0 | (code >> 18));
            out += static_cast<char>(0x80 | ((code >> 12) & 0x3f));
        }
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
    }
    out += static_cast<char>(0x80 | (code & 0x3f));
}

}  // namespace riposte::sqlite
