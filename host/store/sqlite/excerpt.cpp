#include "store/sqlite/search_text.hpp"

#include "store/sqlite/characters.hpp"

#include <algorithm>

namespace riposte::sqlite {
namespace {

constexpr std::size_t characters_before = 40;
constexpr std::size_t characters_in_all = 160;

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

/// Byte position of the first term; 0 when the index found it in another form (stem, width, accent).
std::size_t first_hit(std::string_view text, const SearchTerms& terms) {
    const auto lower = ascii_lower(text);
    std::size_t first = std::string::npos;
    for (const auto* list : {&terms.words, &terms.runs, &terms.single})
        for (const auto& term : *list) first = std::min(first, lower.find(ascii_lower(term)));
    return first == std::string::npos ? 0 : first;
}

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

std::size_t back_by_characters(std::string_view text, std::size_t place, std::size_t count) {
    while (place > 0 && count > 0) {
        --place;
        if (!continues_character(text[place])) --count;
    }
    return place;
}

}  // namespace

std::string excerpt(std::string_view text, const SearchTerms& terms) {
    const auto begin = back_by_characters(text, first_hit(text, terms), characters_before);
    auto rest = text.substr(begin);
    std::string out = begin > 0 ? "…" : "";
    for (std::size_t i = 0; i < characters_in_all && !rest.empty(); ++i) {
        const auto character = next_character(rest);
        if (character.code < 0x20) out += ' ';
        else out += character.bytes;
    }
    if (!rest.empty()) out += "…";
    return out;
}

}  // namespace riposte::sqlite
