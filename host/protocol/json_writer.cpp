#include "protocol/json_writer.hpp"

#include "protocol/unicode.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace riposte {
namespace {

/// What a byte needs in a string: nothing, an escape, or a look at the whole code point.
enum class Need : std::uint8_t { Nothing, Escape, Decode };

constexpr auto needs = [] {
    std::array<Need, 256> table{};
    for (std::size_t byte = 0; byte < 256; ++byte)
        table[byte] = byte >= 0x80                                 ? Need::Decode
                      : byte < 0x20 || byte == '"' || byte == '\\' ? Need::Escape
                                                                   : Need::Nothing;
    return table;
}();

void append_escape(std::string& out, char c) {
    switch (c) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: break;
    }
    static constexpr char digits[] = "0123456789abcdef";
    out += "\\u00";
    out += digits[(c >> 4) & 15];
    out += digits[c & 15];
}

template <class Number>
void append_number(std::string& out, Number number) {
    std::array<char, 32> buffer;
    const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    out.append(buffer.data(), written.ptr);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t copied = 0;  // what stands before is in `out`
    for (std::size_t i = 0; i < text.size();) {
        const auto need = needs[static_cast<std::uint8_t>(text[i])];
        if (need == Need::Nothing) {
            ++i;
            continue;
        }
        const auto point = need == Need::Decode ? code_point_at(text, i) : CodePoint{0, 1, false};
        if (point.valid) {
            i += point.bytes;
            continue;
        }
        out.append(text, copied, i - copied);
        if (need == Need::Escape) append_escape(out, text[i]);
        else out += "\xEF\xBF\xBD";
        copied = i += 1;
    }
    out.append(text, copied, text.size() - copied);
    out += '"';
}

void append_json(std::string& out, std::int64_t number) { append_number(out, number); }
void append_json(std::string& out, std::uint64_t number) { append_number(out, number); }

void append_json(std::string& out, double number) {
    if (std::isfinite(number)) append_number(out, number);
    else out += "null";
}

void append_json(std::string& out, const Uuid& id) {
    static constexpr char digits[] = "0123456789abcdef";
    std::array<char, 38> text;
    std::size_t at = 0;
    text[at++] = '"';
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text[at++] = '-';
        text[at++] = digits[id.bytes[i] >> 4];
        text[at++] = digits[id.bytes[i] & 15];
    }
    text[at++] = '"';
    out.append(text.data(), text.size());
}

}  // namespace riposte
