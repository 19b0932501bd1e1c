#include "conversion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace {

std::string lower(std::string_view text) {
    std::string copy(text);
    std::transform(copy.begin(), copy.end(), copy.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return copy;
}

/// Every name of a unit: its symbol, its Chinese name, the rest.
std::vector<std::string_view> names_of(const Unit& unit) {
    std::vector<std::string_view> names{unit.symbol, unit.chinese};
    for (std::string_view rest = unit.names; !rest.empty();) {
        const std::size_t end = std::min(rest.find('|'), rest.size());
        names.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return names;
}

template <class Accepts>
bool any_name(const Unit& unit, Accepts accepts) {
    const std::vector<std::string_view> names = names_of(unit);
    return std::any_of(names.begin(), names.end(), accepts);
}

std::u32string code_points(std::string_view text) {
    std::u32string points;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) != 0x80) points += byte;
        else if (!points.empty())
            points.back() = points.back() << 6 | (byte & 0x3Fu);  // unique, which is all that counts
    }
    return points;
}

/// Letters to insert, remove, replace or swap with their neighbour.
std::size_t distance(const std::u32string& a, const std::u32string& b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[a.size()][b.size()];
}

}  // namespace

const Unit* find_unit(std::string_view name) {
    const Unit* found = nullptr;
    for (const Unit& unit : units)
        if (any_name(unit, [&](std::string_view each) { return each == name; })) return &unit;
    const std::string folded = lower(name);
    for (const Unit& unit : units) {
        if (!any_name(unit, [&](std::string_view each) { return lower(each) == folded; })) continue;
        if (found) return nullptr;
        found = &unit;
    }
    return found;
}

std::vector<const Unit*> units_like(std::string_view typed, const Quantity* only, std::size_t most) {
    std::vector<const Unit*> found;
    const std::string begin = lower(typed);
    for (const Unit& unit : units) {
        if (found.size() == most) break;
        if (only && unit.quantity != *only) continue;
        if (any_name(unit, [&](std::string_view name) { return lower(name).starts_with(begin); }))
            found.push_back(&unit);
    }
    return found;
}

std::vector<std::string_view> close_names(std::string_view name) {
    constexpr std::size_t most = 3;
    const std::u32string typed = code_points(lower(name)).substr(0, 40);
    std::size_t best = typed.size() < 5 ? 1 : 2;  // letters that may be wrong
    std::vector<std::string_view> found;
    for (const Unit& unit : units) {
        const Unit* last = nullptr;
        for (const std::string_view each : names_of(unit)) {
            const std::size_t apart = distance(typed, code_points(lower(each)));
            if (apart > best || apart >= typed.size()) continue;
            if (apart < best) found.clear();
            else if (last == &unit || found.size() == most) continue;
            best = apart;
            last = &unit;
            found.push_back(each);
        }
    }
    return found;
}

double converted(double amount, const Unit& from, const Unit& to) {
    if (&from == &to) return amount;
    return (amount * from.factor + from.offset - to.offset) / to.factor;
}

std::string shown(double amount) {
    const double size = std::abs(amount);
    std::array<char, 64> text{};
    if (size != 0 && (size < 1e-6 || size >= 1e15)) {
        std::snprintf(text.data(), text.size(), "%.6g", amount);
        return text.data();
    }
    // What floating point leaves of a whole number is whole: 212, not 211.99999999999997.
    const bool whole = std::abs(amount - std::round(amount)) < 1e-9 * std::max(size, 1e-3);
    const int digits = size == 0 ? 0 : static_cast<int>(std::floor(std::log10(size))) + 1;
    std::snprintf(text.data(), text.size(), "%.*f", whole ? 0 : std::max(6 - digits, 0), amount);
    std::string plain = text.data();
    if (plain.find('.') != std::string::npos) {
        plain.erase(plain.find_last_not_of('0') + 1);
        if (plain.back() == '.') plain.pop_back();
    }
    return plain == "-0" ? "0" : plain;
}
