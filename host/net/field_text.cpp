#include "net/field_text.hpp"

#include <algorithm>
#include <cstdlib>

namespace riposte {
namespace {

using namespace std::string_view_literals;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// "0.8" of ";q=0.8"; 1 where there is none, 0 where it makes no sense.
double quality(std::string_view parameters) {
    const auto begin = parameters.find("q="sv);
    if (begin == std::string_view::npos) return 1;
    const std::string number(parameters.substr(begin + 2, 5));
    return std::clamp(std::strtod(number.c_str(), nullptr), 0.0, 1.0);
}

}  // namespace

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z'); }

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return is_alphanumeric(c) || "!#$%&'*+-.^_`|~"sv.find(c) != std::string_view::npos;
    });
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

std::string_view without_blanks(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t"sv);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t"sv) - begin + 1);
}

std::vector<std::string_view> list_items(std::string_view value) {
    std::vector<std::string_view> items;
    while (!value.empty()) {
        const auto end = std::min(value.find(','), value.size());
        if (const auto item = without_blanks(value.substr(0, end)); !item.empty()) items.push_back(item);
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return items;
}

std::vector<Preference> preferences(std::string_view value) {
    std::vector<Preference> found;
    for (const auto item : list_items(value)) {
        const auto end = std::min(item.find(';'), item.size());
        found.push_back({lower_case(without_blanks(item.substr(0, end))), quality(item.substr(end))});
    }
    std::ranges::stable_sort(found, std::ranges::greater{}, &Preference::quality);
    return found;
}

std::string preferred_locale(std::string_view accept_language) {
    for (const auto& [name, quality] : preferences(accept_language)) {
        if (quality == 0) break;
        const auto language = name.substr(0, name.find('-'));
        if (language == "zh") return "zh-CN";
        if (language == "en" || language == "*") return "en";
    }
    return "en";
}

}  // namespace riposte
