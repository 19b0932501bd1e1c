#include "protocol/text.hpp"

#include "protocol/unicode.hpp"

#include <algorithm>

namespace riposte {
namespace {

constexpr std::size_t most_mentions = 50;

bool is_name_character(char32_t c) { return c == '-' || c == '_' || is_word_character(c); }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <class Allowed>
bool consists_of(std::string_view text, Allowed allowed) {
    for (std::size_t i = 0; i < text.size();) {
        const auto point = code_point_at(text, i);
        if (!point.valid || !allowed(point.value)) return false;
        i += point.bytes;
    }
    return true;
}

bool spans(std::string_view text, std::size_t least, std::size_t most) {
    const auto length = code_points(text);
    return length >= least && length <= most;
}

/// What Unicode has of pictures in one colour or more, as far as blocks tell.
bool is_pictograph(char32_t c) {
    constexpr std::pair<char32_t, char32_t> blocks[] = {{0xA9, 0xA9},     {0xAE, 0xAE},     {0x203C, 0x2049},
                                                        {0x2122, 0x2122}, {0x2139, 0x2BFF}, {0x3030, 0x3030},
                                                        {0x303D, 0x303D}, {0x3297, 0x3299}, {0x1F000, 0x1FAFF}};
    return std::any_of(std::begin(blocks), std::end(blocks),
                       [c](auto block) { return c >= block.first && c <= block.second; });
}

/// One line that is shown to people.
Result<std::string> check_label(std::string_view argument, std::string_view text, std::size_t most) {
    const auto label = composed(trimmed(text));
    if (!label) return invalid_value(argument, "is not UTF-8");
    if (!spans(*label, 1, most))
        return invalid_value(argument, "must have 1 to " + std::to_string(most) + " characters");
    if (!consists_of(*label, [](char32_t c) { return !is_control(c); }))
        return invalid_value(argument, "must not hold control characters");
    return *label;
}

/// The place after the run of name characters that starts at `begin`.
std::size_t end_of_name(std::string_view text, std::size_t begin) {
    while (begin < text.size()) {
        const auto point = code_point_at(text, begin);
        if (!is_name_character(point.value)) break;
        begin += point.bytes;
    }
    return begin;
}

}  // namespace

Problem invalid_value(std::string_view argument, std::string detail) {
    Problem problem;
    problem.code = ErrorCode::InvalidValue;
    problem.argument = argument;
    problem.detail = std::string(argument) + ' ' + std::move(detail);
    return problem;
}

Result<std::string> check_user_name(std::string_view name) {
    auto plain = composed(name, Composition::Compatible);
    if (!plain) return invalid_value("name", "is not UTF-8");
    // Again: "ẖ" is one code point, its capital is two.
    plain = composed(ascii_lower(*plain), Composition::Compatible);
    if (!spans(*plain, 2, longest_name)) return invalid_value("name", "must have 2 to 32 characters");
    if (!consists_of(*plain, is_name_character))
        return invalid_value("name", "may hold letters, digits, '-' and '_' only");
    return *plain;
}

Result<std::string> check_display_name(std::string_view name) {
    return check_label("display_name", name, longest_name);
}

Result<> check_room_uri(std::string_view uri) {
    const auto allowed = [](char c) { return is_lower(c) || is_digit(c) || c == '-'; };
    if (uri.size() < 3 || uri.size() > 64 || !std::all_of(uri.begin(), uri.end(), allowed))
        return invalid_value("uri", "must be 3 to 64 of a-z, 0-9 and '-'");
    return {};
}

Result<std::string> check_title(std::string_view title) { return check_label("title", title, longest_title); }

Result<> check_client_msg_id(std::string_view id) {
    const auto allowed = [](char c) { return is_lower(c) || is_upper(c) || is_digit(c) || c == '_' || c == '-'; };
    if (id.empty() || id.size() > 64 || !std::all_of(id.begin(), id.end(), allowed))
        return invalid_value("client_msg_id", "must be 1 to 64 of A-Z, a-z, 0-9, '_' and '-'");
    return {};
}

Result<> check_message_text(std::string_view text) {
    if (text.size() > longest_message_bytes) return invalid_value("text", "is longer than 16 KiB");
    if (!valid_utf8(text)) return invalid_value("text", "is not UTF-8");
    if (!consists_of(text, [](char32_t c) { return !is_control(c) || c == '\n' || c == '\t'; }))
        return invalid_value("text", "must not hold control characters but line feed and tab");
    if (trimmed(text).empty()) return invalid_value("text", "is blank");
    return {};
}

Result<> check_emoji(std::string_view emoji) {
    const bool keycap = emoji.find("\u20e3") != std::string_view::npos;
    const auto part = [keycap](char32_t c) {
        const bool joins = c == 0x200D || c == 0xFE0F || c == 0x20E3;
        const bool key = keycap && ((c >= '0' && c <= '9') || c == '#' || c == '*');
        return joins || key || is_pictograph(c) || (c >= 0xE0020 && c <= 0xE007F);
    };
    const auto first = emoji.empty() ? char32_t{0} : code_point_at(emoji, 0).value;
    const bool begins = is_pictograph(first) || (keycap && first < 0x80);
    if (emoji.size() > 40 || !valid_utf8(emoji) || !spans(emoji, 1, 10) || !begins || !consists_of(emoji, part))
        return invalid_value("emoji", "must be one emoji");
    return {};
}

Result<std::string> check_reason(std::string_view reason) {
    if (trimmed(reason).empty()) return std::string();
    return check_label("reason", reason, longest_reason);
}

Result<std::string> check_file_name(std::string_view name) {
    const auto slash = name.find_last_of("/\\");
    return check_label("name", slash == std::string_view::npos ? name : name.substr(slash + 1), longest_file_name);
}

Result<> check_locale(std::string_view locale) {
    const auto allowed = [](char c) { return is_lower(c) || is_upper(c) || is_digit(c) || c == '-'; };
    if (locale.size() > 35 || !std::all_of(locale.begin(), locale.end(), allowed))
        return invalid_value("locale", "must be a language tag such as \"en\" or \"zh-CN\"");
    return {};
}

Result<> check_time_zone(std::string_view zone) {
    const auto allowed = [](char c) {
        return is_lower(c) || is_upper(c) || is_digit(c) || c == '_' || c == '-' || c == '+' || c == '/';
    };
    if (zone.size() > 64 || !std::all_of(zone.begin(), zone.end(), allowed))
        return invalid_value("time_zone", "must be a zone's name such as \"Europe/Berlin\"");
    return {};
}

std::vector<std::string> mentions(std::string_view text) {
    std::vector<std::string> names;
    bool in_word = false;
    for (std::size_t i = 0; i < text.size() && names.size() < most_mentions;) {
        const auto point = code_point_at(text, i);
        i += point.bytes;
        // Chinese is written without spaces, so a Han character before the "@" does not make it a mail address.
        const bool starts = !in_word && (point.value == '@' || point.value == 0xFF20);
        in_word = is_name_character(point.value) && !is_han(point.value);
        if (!starts) continue;
        const auto end = end_of_name(text, i);
        const auto name = check_user_name(text.substr(i, end - i));
        if (name && std::find(names.begin(), names.end(), *name) == names.end()) names.push_back(*name);
        if (end > i) i = end;
        in_word = false;
    }
    return names;
}

}  // namespace riposte
