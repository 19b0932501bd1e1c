#include "commands/suggestions.hpp"

#include "protocol/unicode.hpp"

#include <algorithm>
#include <functional>

namespace riposte {
namespace {

constexpr std::size_t most_suggestions = 3;
constexpr std::size_t longest_typed = 40;  // code points; a longer word is no slip of a command
constexpr std::size_t most_words_of_a_head = 4;

std::u32string decoded(std::string_view text) {
    std::u32string points;
    for (std::size_t i = 0; i < text.size();) {
        const auto point = code_point_at(text, i);
        points += point.value;
        i += point.bytes;
    }
    return points;
}

std::uint64_t hash_of(const std::u32string& text) { return std::hash<std::u32string>{}(text); }

/// Hashes of the text itself and of each form with one character less. The slash stays.
std::vector<std::uint64_t> forms_of(const std::u32string& text) {
    std::vector<std::uint64_t> forms{hash_of(text)};
    for (std::size_t i = 1; i < text.size(); ++i) forms.push_back(hash_of(text.substr(0, i) + text.substr(i + 1)));
    return forms;
}

std::size_t slips(const std::u32string& one, const std::u32string& other) {
    std::vector<std::size_t> before(other.size() + 1);
    std::vector<std::size_t> last(other.size() + 1);
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t j = 0; j <= other.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= one.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[other.size()];
}

/// The first 1, 2, … words of what was typed: a name may have as many.
std::vector<std::string_view> heads_of(std::string_view typed) {
    std::vector<std::string_view> heads;
    for (std::size_t end = 0; end != typed.npos && heads.size() < most_words_of_a_head;) {
        end = typed.find(' ', end + 1);
        heads.push_back(typed.substr(0, end));
    }
    return heads;
}

}  // namespace

Suggestions::Suggestions(std::vector<std::string> names) : names_(std::move(names)) {
    std::sort(names_.begin(), names_.end());
    for (std::uint32_t i = 0; i < names_.size(); ++i)
        for (const auto form : forms_of(decoded(names_[i]))) filed_.emplace_back(form, i);
    std::sort(filed_.begin(), filed_.end());
}

std::vector<std::string> Suggestions::closest(std::string_view typed) const {
    std::vector<Filed> found;  // slips, index of the name
    const auto add = [&](std::uint64_t distance, std::uint32_t name) {
        const auto same =
            std::find_if(found.begin(), found.end(), [&](const Filed& filed) { return filed.second == name; });
        if (same == found.end()) found.emplace_back(distance, name);
        else same->first = std::min(same->first, distance);
    };

    for (const auto head : heads_of(typed)) {
        const auto points = decoded(head.substr(0, 4 * longest_typed));
        if (points.size() < 2 || points.size() > longest_typed) continue;
        const std::size_t tolerated =
            points.size() <= 4 ? 1 : 2;  // "/go" must not become any other word of two letters
        for (const auto form : forms_of(points)) {
            auto filed = std::lower_bound(filed_.begin(), filed_.end(), Filed{form, 0});
            for (; filed != filed_.end() && filed->first == form && found.size() < 64; ++filed) {
                const auto distance = slips(points, decoded(names_[filed->second]));
                if (distance <= tolerated) add(distance, filed->second);
            }
        }
        auto begins = std::lower_bound(names_.begin(), names_.end(), head);
        for (std::size_t i = 0; i < most_suggestions && begins != names_.end() && begins->starts_with(head);
             ++i, ++begins)
            add(1, static_cast<std::uint32_t>(begins - names_.begin()));
    }

    std::sort(found.begin(), found.end());
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(found.size(), most_suggestions); ++i) names.push_back(names_[found[i].second]);
    return names;
}

std::size_t slips_between(std::string_view one, std::string_view other) { return slips(decoded(one), decoded(other)); }

}  // namespace riposte
