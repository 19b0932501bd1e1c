#include "protocol/unicode.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace riposte {
namespace {

constexpr CodePoint broken{0xFFFD, 1, false};

std::uint8_t byte_at(std::string_view text, std::size_t i) { return static_cast<std::uint8_t>(text[i]); }

bool ascii_only(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Composition changes nothing: below U+0300 and among the Chinese characters all code points stand for themselves.
bool surely_canonical(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto point = code_point_at(text, i);
        if (!point.valid || (point.value >= 0x300 && (point.value < 0x3400 || point.value > 0x9FFF))) return false;
        i += point.bytes;
    }
    return true;
}

struct Free {
    void operator()(void* memory) const { std::free(memory); }
};

}  // namespace

CodePoint code_point_at(std::string_view text, std::size_t offset) {
    if (offset >= text.size()) return {};
    const auto lead = byte_at(text, offset);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() - offset < length) return broken;
    char32_t value = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = byte_at(text, offset + i);
        if ((next & 0xC0) != 0x80) return broken;
        value = (value << 6) | (next & 0x3Fu);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return broken;
    return {value, length};
}

void append_code_point(std::string& out, char32_t value) {
    const auto byte = [&](char32_t bits) { out += static_cast<char>(static_cast<std::uint8_t>(bits)); };
    if (value < 0x80) return byte(value);
    if (value < 0x800) {
        byte(0xC0 | (value >> 6));
    } else {
        if (value < 0x10000) {
            byte(0xE0 | (value >> 12));
        } else {
            byte(0xF0 | (value >> 18));
            byte(0x80 | ((value >> 12) & 0x3F));
        }
        byte(0x80 | ((value >> 6) & 0x3F));
    }
    byte(0x80 | (value & 0x3F));
}

bool valid_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto point = code_point_at(text, i);
        if (!point.valid) return false;
        i += point.bytes;
    }
    return true;
}

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view first_code_points(std::string_view text, std::size_t most) {
    std::size_t offset = 0;
    for (std::size_t count = 0; count < most && offset < text.size(); ++count)
        offset += code_point_at(text, offset).bytes;
    return text.substr(0, offset);
}

bool is_space(char32_t value) {
    return value == ' ' || (value >= 0x09 && value <= 0x0D) || value == 0x85 || value == 0xA0 || value == 0x1680 ||
           (value >= 0x2000 && value <= 0x200A) || value == 0x2028 || value == 0x2029 || value == 0x202F ||
           value == 0x205F || value == 0x3000;
}

bool is_control(char32_t value) { return value < 0x20 || (value >= 0x7F && value <= 0x9F); }

bool is_han(char32_t value) {
    return (value >= 0x4E00 && value <= 0x9FFF) || (value >= 0x3400 && value <= 0x4DBF) || value == 0x3007 ||
           (value >= 0xF900 && value <= 0xFAFF) || (value >= 0x20000 && value <= 0x323AF);
}

bool is_word_character(char32_t value) {
    if (value < 0x80)
        return (value >= '0' && value <= '9') || (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(value))) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ND: return true;
        default: return false;
    }
}

char32_t narrow(char32_t value) {
    if (value >= 0xFF01 && value <= 0xFF5E) return value - 0xFF01 + '!';
    return value == 0x3000 ? U' ' : value;
}

std::string_view trimmed(std::string_view text) {
    std::size_t begin = text.size();
    std::size_t end = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto point = code_point_at(text, i);
        if (!is_space(point.value)) {
            begin = std::min(begin, i);
            end = i + point.bytes;
        }
        i += point.bytes;
    }
    return begin < end ? text.substr(begin, end - begin) : std::string_view{};
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

std::optional<std::string> composed(std::string_view text, Composition composition) {
    const bool unchanged = composition == Composition::Canonical ? surely_canonical(text) : ascii_only(text);
    if (unchanged) return std::string(text);
    utf8proc_uint8_t* result = nullptr;
    auto options = static_cast<int>(UTF8PROC_STABLE) | static_cast<int>(UTF8PROC_COMPOSE);
    if (composition == Composition::Compatible) options |= static_cast<int>(UTF8PROC_COMPAT);
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &result, static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, Free> owner(result);
    if (size < 0) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(result), static_cast<std::size_t>(size));
}

}  // namespace riposte
