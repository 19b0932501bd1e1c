#include "config/toml_text.hpp"

#include <charconv>
#include <array>

namespace riposte {

std::string toml_text(bool value) { return value ? "true" : "false"; }

std::string toml_text(std::int64_t value) { return std::to_string(value); }

std::string toml_text(double value) {
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    std::string text(buffer.data(), end);
    if (text.find_first_of(".en") == std::string::npos) text += ".0";
    return text;
}

std::string toml_text(std::string_view value) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text = "\"";
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            text += '\\';
            text += c;
        } else if (byte < 0x20) {
            text += "\\u00";
            text += digits[byte >> 4];
            text += digits[byte & 15];
        } else {
            text += c;
        }
    }
    return text + '"';
}

std::string toml_text(const std::vector<std::string>& value) {
    std::string text = "[";
    for (const auto& item : value) {
        if (text.size() > 1) text += ", ";
        text += toml_text(item);
    }
    return text + "]";
}

}  // namespace riposte
