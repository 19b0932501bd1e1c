#pragma once

#include <riposte/plugin.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// A small parser of command lines for tests: positional, name=value, "quoted words", rest of line. What the host's reads
// beyond that: full-width digits and quotes, a duration without a space behind it, Han numerals, letters of either case.
namespace riposte::testing {

/// An argument or a setting that owns its texts.
struct Value {
    std::string name;
    std::string text;
    riposte_type type = RIPOSTE_TEXT;
    std::int64_t integer = 0;
    double number = 0;
    bool boolean = false;

    riposte_argument abi() const {
        return {{name.data(), name.size()}, {text.data(), text.size()}, integer, number, type, boolean ? 1u : 0u};
    }
};

inline std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Milliseconds of "90s", "10m", "1h30m", "2 days", "10分钟"; none if it is no duration.
inline std::optional<std::int64_t> duration(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, std::int64_t>, 26> units{
        {{"s", 1},          {"sec", 1},     {"second", 1},   {"seconds", 1},  {"秒", 1},        {"秒钟", 1},
         {"m", 60},         {"min", 60},    {"minute", 60},  {"minutes", 60}, {"分", 60},       {"分钟", 60},
         {"h", 3600},       {"hour", 3600}, {"hours", 3600}, {"小时", 3600},  {"个小时", 3600}, {"时", 3600},
         {"d", 86400},      {"day", 86400}, {"days", 86400}, {"天", 86400},   {"w", 604800},    {"week", 604800},
         {"weeks", 604800}, {"周", 604800}}};
    std::int64_t total = 0;
    while (!text.empty()) {
        std::int64_t count = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error != std::errc{} || count < 0 || count > 1'000'000) return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        const std::string_view unit = text.substr(0, std::min(text.find_first_of("0123456789 "), text.size()));
        const auto* found =
            std::find_if(units.begin(), units.end(), [&](const auto& each) { return each.first == unit; });
        if (found == units.end()) return std::nullopt;
        total += count * found->second * 1000;
        text.remove_prefix(unit.size());
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    }
    return total;
}

/// Reads `typed` as the option's type into `value`. Empty if that went well, else what is wrong.
inline std::string read_value(const riposte_option& option, std::string typed, Value& value) {
    value.name = option.name;
    value.type = option.type;
    double measure = 0;
    const char* const begin = typed.data();
    const char* const end = begin + typed.size();
    switch (option.type) {
        case RIPOSTE_INTEGER: {
            const auto [stop, error] = std::from_chars(begin, end, value.integer);
            if (error != std::errc{} || stop != end) return value.name + " is not a whole number";
            measure = value.number = static_cast<double>(value.integer);
            break;
        }
        case RIPOSTE_NUMBER: {
            const auto [stop, error] = std::from_chars(begin, end, value.number);
            if (error != std::errc{} || stop != end) return value.name + " is not a number";
            measure = value.number;
            break;
        }
        case RIPOSTE_DURATION: {
            const std::optional<std::int64_t> milliseconds = duration(typed);
            if (!milliseconds) return value.name + " is not a duration";
            value.integer = *milliseconds;
            measure = static_cast<double>(*milliseconds) / 1000;
            break;
        }
        case RIPOSTE_BOOLEAN: {
            const bool yes = typed == "true" || typed == "yes" || typed == "on" || typed == "1" || typed == "是";
            const bool no = typed == "false" || typed == "no" || typed == "off" || typed == "0" || typed == "否";
            if (!yes && !no) return value.name + " is neither yes nor no";
            value.boolean = yes;
            typed = yes ? "true" : "false";
            break;
        }
        case RIPOSTE_CHOICE: {
            const char* const* choice = option.choices;
            while (*choice && *choice != typed) ++choice;
            if (!*choice) return value.name + " is none of the choices";
            break;
        }
        case RIPOSTE_USER:
        case RIPOSTE_ROOM:
            if (typed.starts_with('@') || typed.starts_with('#')) typed.erase(0, 1);
            break;
        default: measure = static_cast<double>(code_points(typed));
    }
    if ((option.flags & RIPOSTE_HAS_MINIMUM) && measure < option.minimum) return value.name + " is too small";
    if ((option.flags & RIPOSTE_HAS_MAXIMUM) && measure > option.maximum) return value.name + " is too large";
    value.text = std::move(typed);
    return {};
}

/// What stands after a prefix, cut into the arguments of one command.
class ArgumentReader {
public:
    ArgumentReader(const riposte_command& command, std::string_view rest) : rest_(rest) {
        for (const riposte_option* const* each = command.options; each && *each; ++each) options_.push_back(*each);
        values_.resize(options_.size());
    }

    /// Empty if all went well, else what is wrong.
    std::string read() {
        while (skip_spaces(), !rest_.empty())
            if (std::string fault = read_next(); !fault.empty()) return fault;
        for (std::size_t i = 0; i < options_.size(); ++i)
            if (std::string fault = complete(i); !fault.empty()) return fault;
        return {};
    }

    /// Keeps what is right and skips the rest: for what stands before an argument that is being typed.
    void read_so_far() {
        while (skip_spaces(), !rest_.empty()) {
            const std::string_view before = rest_;
            if (!read_next().empty() && rest_ == before) break;
        }
        for (std::optional<Value>& each : values_)
            if (each && each->text.empty()) each.reset();
    }

    std::vector<riposte_argument> abi() const {
        std::vector<riposte_argument> arguments;
        for (const std::optional<Value>& each : values_)
            if (each) arguments.push_back(each->abi());
        return arguments;
    }

private:
    std::string read_next() {
        std::size_t index = named();
        if (index == options_.size()) {
            index = 0;
            while (index < options_.size() && values_[index]) ++index;
            if (index == options_.size()) return "too many arguments";
        }
        if (values_[index]) return std::string(options_[index]->name) + " is given twice";
        const riposte_option& option = *options_[index];
        std::string typed(option.flags & RIPOSTE_REST ? std::exchange(rest_, "") : word());
        if (option.type == RIPOSTE_DURATION && !duration(typed)) typed += " " + std::string(word());
        return read_value(option, std::move(typed), values_[index].emplace());
    }

    std::string complete(std::size_t index) {
        const riposte_option& option = *options_[index];
        if (values_[index]) return {};
        if (option.otherwise) return read_value(option, option.otherwise, values_[index].emplace());
        return option.flags & RIPOSTE_REQUIRED ? std::string(option.name) + " is missing" : "";
    }

    /// Takes "name=" off the front if it is an option's, and gives its index; else the number of options.
    std::size_t named() {
        std::size_t index = 0;
        const std::string_view name = rest_.substr(0, std::min(rest_.find('='), rest_.size()));
        while (index < options_.size() && (options_[index]->name != name || name.size() == rest_.size())) ++index;
        if (index < options_.size()) rest_.remove_prefix(name.size() + 1);
        return index;
    }

    std::string_view word() {
        skip_spaces();
        const bool quoted = rest_.starts_with('"');
        if (quoted) rest_.remove_prefix(1);
        const std::size_t end = quoted ? rest_.find('"') : std::min(rest_.find(' '), rest_.find("\u3000"));
        const std::size_t size = std::min(end, rest_.size());
        const std::string_view word = rest_.substr(0, size);
        rest_.remove_prefix(std::min(size + (quoted ? 1 : 0), rest_.size()));
        return word;
    }

    void skip_spaces() {
        for (const std::string_view space : {" ", "\u3000"})
            while (rest_.starts_with(space)) rest_.remove_prefix(space.size());
    }

    std::string_view rest_;
    std::vector<const riposte_option*> options_;
    std::vector<std::optional<Value>> values_;
};

}  // namespace riposte::testing
