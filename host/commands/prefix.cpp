#include "commands/catalogue.hpp"

#include "protocol/unicode.hpp"

#include <algorithm>

namespace riposte {
namespace {

constexpr std::size_t longest_prefix_bytes = 64;
constexpr std::size_t most_words = 4;
constexpr std::string_view reserved[] = {"/help", "/帮助"};

/// What a Chinese keyboard has where others have the slash counts as one.
bool is_slash(char32_t c) { return c == '/' || c == U'／' || c == U'、'; }
bool is_prefix_character(char32_t c) { return c == '-' || c == '_' || is_word_character(c); }

}  // namespace

LineKind line_kind(std::string_view text) {
    const auto first = code_point_at(text, 0);
    if (!is_slash(first.value)) return LineKind::Plain;
    return is_slash(code_point_at(text, first.bytes).value) ? LineKind::EscapedSlash : LineKind::Command;
}

std::string without_escape(std::string_view text) { return std::string(text.substr(code_point_at(text, 0).bytes)); }

std::string normalised_prefix(std::string_view prefix) {
    std::string folded;
    bool space = false;
    for (std::size_t i = 0; i < prefix.size();) {
        const auto point = code_point_at(prefix, i);
        const auto value = folded.empty() && is_slash(point.value) ? U'/' : narrow(point.value);
        i += point.bytes;
        if (is_space(value)) {
            space = !folded.empty();
            continue;
        }
        if (space) folded += ' ';
        space = false;
        append_code_point(folded, value);
    }
    // Twice, because "ẖ" is one code point and its capital is two.
    const auto lower = ascii_lower(composed(folded).value_or(folded));
    return composed(lower).value_or(lower);
}

std::string invalid_prefix(std::string_view prefix) {
    if (!prefix.starts_with('/')) return "does not begin with \"/\"";
    if (prefix.size() > longest_prefix_bytes) return "is longer than 64 bytes";
    if (!valid_utf8(prefix)) return "is not UTF-8";
    std::size_t words = 1;
    std::size_t word_length = 0;
    for (std::size_t i = 1; i < prefix.size();) {
        const auto point = code_point_at(prefix, i);
        i += point.bytes;
        if (point.value == ' ') {
            if (word_length == 0 || i == prefix.size()) return "has a space that parts no words";
            ++words;
            word_length = 0;
        } else if (is_prefix_character(point.value)) {
            ++word_length;
        } else {
            return "holds something else than letters, digits, '-' and '_'";
        }
    }
    if (word_length == 0) return "names nothing";
    if (words > most_words) return "has more than 4 words";
    if (std::find(std::begin(reserved), std::end(reserved), normalised_prefix(prefix)) != std::end(reserved))
        return "is the host's own";
    return "";
}

}  // namespace riposte
