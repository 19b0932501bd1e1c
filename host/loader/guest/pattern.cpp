#include "loader/guest/pattern.hpp"

#include "protocol/unicode.hpp"

#include <string>

namespace riposte::guest {
namespace {

static_assert(sizeof(wchar_t) == sizeof(char32_t));

std::wstring code_points_of(std::string_view text) {
    std::wstring wide;
    wide.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto point = code_point_at(text, at);
        wide += static_cast<wchar_t>(point.value);
        at += point.bytes;
    }
    return wide;
}

}  // namespace

std::shared_ptr<const Pattern> Pattern::compiled(std::string_view pattern) {
    for (const std::string_view looks : {"(?=", "(?!", "(?<"})
        if (pattern.find(looks) != std::string_view::npos) return nullptr;
    // What may stand before it is part of the expression: a search that begins anew at each character would take the
    // square of the time. __polynomial: libstdc++'s engine that never goes back; it refuses back-references.
    const auto syntax = std::regex_constants::ECMAScript | std::regex_constants::__polynomial;
    const auto wanted = code_points_of(pattern);
    try {
        const std::wregex valid_alone(wanted, syntax);
        return std::shared_ptr<const Pattern>(new Pattern(std::wregex(L"[\\s\\S]*?(?:" + wanted + L")", syntax)));
    } catch (const std::regex_error&) {
        return nullptr;
    }
}

bool Pattern::is_in(std::string_view text) const {
    return std::regex_search(code_points_of(text), expression_, std::regex_constants::match_continuous);
}

}  // namespace riposte::guest
