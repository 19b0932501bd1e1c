#pragma once

#include "base/ids.hpp"

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Writes JSON by appending to a string: no tree, no copies. Types of the protocol join by an append_json() of their own.
namespace riposte {

/// In quotes, escaped, one line. Bytes that are not UTF-8 become U+FFFD: one bad text must not end every socket of a room.
void append_json_string(std::string& out, std::string_view text);

/// JSON that is already written.
struct RawJson {
    std::string_view text;
};

void append_json(std::string& out, std::int64_t number);
void append_json(std::string& out, std::uint64_t number);
/// The shortest form that reads back equal; infinities and NaN become null.
void append_json(std::string& out, double number);
void append_json(std::string& out, const Uuid& id);
template <std::same_as<bool> Bool>
void append_json(std::string& out, Bool value) {
    out += value ? "true" : "false";
}
template <std::integral Number>
requires(!std::same_as<Number, bool>) void append_json(std::string& out, Number number) {
    if constexpr (std::signed_integral<Number>) append_json(out, static_cast<std::int64_t>(number));
    else append_json(out, static_cast<std::uint64_t>(number));
}
template <std::convertible_to<std::string_view> Text>
void append_json(std::string& out, const Text& text) {
    append_json_string(out, text);
}
inline void append_json(std::string& out, RawJson json) { out += json.text; }
inline void append_json(std::string& out, std::nullopt_t) { out += "null"; }

template <class T>
void append_json(std::string& out, const std::optional<T>& value);
template <class T>
void append_json(std::string& out, const std::map<std::string, T>& members);

template <class T>
void append_json(std::string& out, const std::vector<T>& elements) {
    out += '[';
    for (bool first = true; const auto& element : elements) {
        if (!first) out += ',';
        first = false;
        append_json(out, element);
    }
    out += ']';
}

template <class T>
void append_json(std::string& out, const std::optional<T>& value) {
    if (value) append_json(out, *value);
    else out += "null";
}

/// One object; its closing brace is written when this goes out of scope:
/// `json_object(out).field("rooms", rooms).field("next", seq);`
class JsonObject {
public:
    explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }
    ~JsonObject() { out_ += '}'; }
    JsonObject(const JsonObject&) = delete;
    JsonObject& operator=(const JsonObject&) = delete;

    /// `name` is plain ASCII, written as it is.
    template <class T>
    JsonObject& field(std::string_view name, const T& value) {
        key(name);
        append_json(out_, value);
        return *this;
    }
    /// Left out when there is no value, or the text is empty.
    template <class T>
    JsonObject& field_if(std::string_view name, const std::optional<T>& value) {
        return value ? field(name, *value) : *this;
    }
    JsonObject& field_if(std::string_view name, std::string_view text) {
        return text.empty() ? *this : field(name, text);
    }
    /// Written by `write(std::string& out)`.
    template <std::invocable<std::string&> Write>
    JsonObject& field_by(std::string_view name, Write write) {
        key(name);
        write(out_);
        return *this;
    }

private:
    void key(std::string_view name) {
        if (!first_) out_ += ',';
        first_ = false;
        out_ += '"';
        out_ += name;
        out_ += "\":";
    }

    std::string& out_;
    bool first_ = true;
};

inline JsonObject json_object(std::string& out) { return JsonObject(out); }

template <class T>
void append_json(std::string& out, const std::map<std::string, T>& members) {
    out += '{';
    for (bool first = true; const auto& [name, value] : members) {
        if (!first) out += ',';
        first = false;
        append_json_string(out, name);
        out += ':';
        append_json(out, value);
    }
    out += '}';
}

}  // namespace riposte
