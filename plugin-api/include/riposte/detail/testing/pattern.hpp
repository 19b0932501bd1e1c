#pragma once

#include <riposte/detail/testing/world.hpp>

#include <optional>
#include <regex>
#include <string>
#include <string_view>

namespace riposte::testing {

inline std::wstring wide(std::string_view text) {
    std::wstring points;
    while (!text.empty()) {
        const std::size_t size = std::max<std::size_t>(1, utf8_size(static_cast<unsigned char>(text.front())));
        unsigned point = static_cast<unsigned char>(text.front()) & (size == 1 ? 0x7Fu : 0xFFu >> (size + 1));
        for (const char c : text.substr(1, size - 1)) point = point << 6 | (static_cast<unsigned char>(c) & 0x3Fu);
        points += static_cast<wchar_t>(point);
        text.remove_prefix(std::min(size, text.size()));
    }
    return points;
}

/// What host->hear takes. None: the host would say INVALID.
inline std::optional<std::wregex> pattern(std::string_view text) {
    for (const std::string_view looks : {"(?=", "(?!", "(?<"})
        if (text.find(looks) != std::string_view::npos) return std::nullopt;
    auto syntax = std::regex_constants::ECMAScript;
#ifdef __GLIBCXX__
    syntax |= std::regex_constants::__polynomial;  // as the host: refuses back-references
#endif
    try {
        return std::wregex(wide(text), syntax);
    } catch (const std::regex_error&) {
        return std::nullopt;
    }
}

inline bool is_in(std::string_view text, const std::wregex& pattern) { return std::regex_search(wide(text), pattern); }

}  // namespace riposte::testing
