#include "config/assign.hpp"

#include "config/toml_text.hpp"

#include <charconv>

namespace riposte {
namespace {

template <class T>
struct TypeOfMember;
template <class T>
struct TypeOfMember<T& (*)(Config&)> {
    using type = T;
};

bool is_choice(std::string_view choices, std::string_view text) {
    for (;;) {
        const auto bar = choices.find('|');
        if (choices.substr(0, bar) == text) return true;
        if (bar == std::string_view::npos) return false;
        choices.remove_prefix(bar + 1);
    }
}

bool is_allowed(const Key&, bool) { return true; }
bool is_allowed(const Key& key, std::int64_t number) {
    return number >= key.rule.minimum && number <= key.rule.maximum;
}
bool is_allowed(const Key& key, const std::string& text) {
    return key.rule.choices.empty() || is_choice(key.rule.choices, text);
}
bool is_allowed(const Key&, const std::vector<std::string>&) { return true; }

std::string refusal(const Key& key, const TomlEntry::Value& value) {
    return std::string(key.name) + " must be " + type_of(key) + ", not " + shown(value);
}

std::vector<std::string> split_at_commas(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        auto item = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
        while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
        if (!item.empty()) items.emplace_back(item);
    }
    return items;
}

// What a text can be read as, by the type of the key; the text itself where it cannot.
TomlEntry::Value read_as(bool, std::string_view text) {
    if (text == "true" || text == "1") return true;
    if (text == "false" || text == "0") return false;
    return std::string(text);
}
TomlEntry::Value read_as(std::int64_t, std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) return number;
    return std::string(text);
}
TomlEntry::Value read_as(const std::string&, std::string_view text) { return std::string(text); }
TomlEntry::Value read_as(const std::vector<std::string>&, std::string_view text) { return split_at_commas(text); }

}  // namespace

std::optional<std::string> assign(Config& config, const Key& key, const TomlEntry::Value& value) {
    return std::visit(
        [&](auto member) -> std::optional<std::string> {
            using T = typename TypeOfMember<decltype(member)>::type;
            const T* typed = std::get_if<T>(&value);
            if (!typed || !is_allowed(key, *typed)) return refusal(key, value);
            member(config) = *typed;
            return std::nullopt;
        },
        key.slot);
}

std::optional<std::string> assign_text(Config& config, const Key& key, std::string_view text) {
    const auto value = std::visit(
        [&](auto member) { return read_as(typename TypeOfMember<decltype(member)>::type{}, text); }, key.slot);
    return assign(config, key, value);
}

std::string shown(const TomlEntry::Value& value) {
    return std::visit(
        [](const auto& held) -> std::string {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, TomlEntry::Unusable>) return held.what;
            else return toml_text(held);
        },
        value);
}

}  // namespace riposte
