#pragma once

#include <riposte/plugin.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace riposte {

/// A text in English and, if given, Chinese and further languages by BCP 47 tag.
struct Words {
    Words(const char* english = "", const char* chinese = nullptr,
          std::initializer_list<std::pair<const char*, const char*>> others = {})
        : english(english), others(others.begin(), others.end()) {
        if (chinese) this->others.insert(this->others.begin(), {"zh", chinese});
    }

    std::string english;
    std::vector<std::pair<std::string, std::string>> others;
};

// What may be said of an option or a setting, each by designated initialiser: {.minimum = 2, .otherwise = 6}.

template <class T>
struct NumericOption {
    Words summary{};
    bool required = false;
    std::optional<T> minimum{};
    std::optional<T> maximum{};
    std::optional<T> otherwise{};  // the default
    bool suggests = false;         // suggest() is asked for values while the user types
};

struct TextOption {
    Words summary{};
    bool required = false;
    std::optional<int> minimum{};  // length in code points
    std::optional<int> maximum{};
    std::optional<std::string> otherwise{};
    bool suggests = false;
};

struct PlainOption {  // choice, user, room, secret, list
    Words summary{};
    bool required = false;
    std::optional<std::string> otherwise{};
    bool suggests = false;
};

struct BooleanOption {
    Words summary{};
    bool required = false;
    std::optional<bool> otherwise{};
};

namespace detail {

/// Keeps what the ABI's structs point to, at addresses that never change.
class Keep {
public:
    const char* text(std::string text) { return texts_.emplace_back(std::move(text)).c_str(); }
    const char* const* texts(const std::vector<std::string>& list) {
        std::vector<const char*>& kept = lists_.emplace_back();
        for (const std::string& each : list) kept.push_back(text(each));
        kept.push_back(nullptr);
        return kept.data();
    }
    const riposte_translation* translations(const Words& words) {
        if (words.others.empty()) return nullptr;
        std::vector<riposte_translation>& kept = translations_.emplace_back();
        for (const auto& [language, wording] : words.others) kept.push_back({text(language), text(wording)});
        kept.push_back({nullptr, nullptr});
        return kept.data();
    }

private:
    std::deque<std::string> texts_;
    std::deque<std::vector<const char*>> lists_;
    std::deque<std::vector<riposte_translation>> translations_;
};

/// A list of options (or settings) that grows; `list()` ends in NULL.
class OptionList {
public:
    explicit OptionList(Keep& keep) : keep_(keep) {}

    template <class Given>
    riposte_option& add(riposte_type type, const char* name, const Given& given) {
        riposte_option& option = options_.emplace_back();
        option.struct_size = sizeof option;
        option.type = type;
        option.name = keep_.text(name);
        option.summary = keep_.text(given.summary.english);
        option.translations = keep_.translations(given.summary);
        if (given.required) option.flags |= RIPOSTE_REQUIRED;
        if (given.otherwise) option.otherwise = keep_.text(typed(*given.otherwise));
        if constexpr (requires { given.suggests; })
            if (given.suggests) option.flags |= RIPOSTE_SUGGESTS;
        if constexpr (requires { given.minimum; }) bound(option, given);
        pointers_.back() = &option;
        pointers_.push_back(nullptr);
        return option;
    }
    void choices(riposte_option& option, const std::vector<std::string>& choices) {
        option.choices = keep_.texts(choices);
    }
    const riposte_option* const* list() const { return pointers_.data(); }

private:
    template <class Given>
    static void bound(riposte_option& option, const Given& given) {
        if (given.minimum) option.flags |= RIPOSTE_HAS_MINIMUM, option.minimum = plain(*given.minimum);
        if (given.maximum) option.flags |= RIPOSTE_HAS_MAXIMUM, option.maximum = plain(*given.maximum);
    }
    template <class T>
    static double plain(T value) {
        if constexpr (std::is_arithmetic_v<T>) return static_cast<double>(value);
        else return std::chrono::duration<double>(value).count();
    }
    static std::string typed(const std::string& value) { return value; }
    static std::string typed(bool value) { return value ? "true" : "false"; }
    static std::string typed(std::chrono::seconds value) { return std::to_string(value.count()) + "s"; }
    static std::string typed(std::int64_t value) { return std::to_string(value); }
    static std::string typed(double value);

    Keep& keep_;
    std::deque<riposte_option> options_;
    std::vector<const riposte_option*> pointers_{nullptr};
};

inline std::string OptionList::typed(double value) {
    char text[32];
    const auto [end, error] = std::to_chars(text, text + sizeof text, value);
    return {text, end};
}

}  // namespace detail
}  // namespace riposte
