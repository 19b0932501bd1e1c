#include "commands/scanner.hpp"

#include "protocol/unicode.hpp"

namespace riposte {
namespace {

bool is_quote(char32_t c) { return c == '"' || c == U'“' || c == U'”' || c == U'＂'; }

}  // namespace

void Scanner::skip_spaces() {
    for (auto point = code_point_at(line_, at_); point.bytes > 0 && is_space(point.value);
         point = code_point_at(line_, at_))
        at_ += point.bytes;
}

void Scanner::skip(std::size_t bytes) {
    at_ += bytes;
    skip_spaces();
}

bool Scanner::skip_name(std::string_view name) {
    if (name.empty() || ascii_lower(remaining().substr(0, name.size())) != ascii_lower(name)) return false;
    const auto sign = code_point_at(line_, at_ + name.size());
    if (narrow(sign.value) != U'=') return false;
    at_ += name.size() + sign.bytes;
    return true;
}

bool Scanner::at_quote() const { return is_quote(code_point_at(line_, at_).value); }

std::optional<std::string> Scanner::word() {
    if (at_quote()) return quoted();
    std::string text;
    for (auto point = code_point_at(line_, at_); point.bytes > 0 && !is_space(point.value);
         point = code_point_at(line_, at_)) {
        const auto narrowed = narrow(point.value);
        if (narrowed >= '0' && narrowed <= '9') text += static_cast<char>(narrowed);
        else text += line_.substr(at_, point.bytes);
        at_ += point.bytes;
    }
    skip_spaces();
    return text;
}

std::optional<std::string> Scanner::quoted() {
    std::string text;
    for (std::size_t i = at_ + code_point_at(line_, at_).bytes; i < line_.size();) {
        auto point = code_point_at(line_, i);
        if (is_quote(point.value)) {
            skip(i + point.bytes - at_);
            return text;
        }
        const auto next = code_point_at(line_, i + point.bytes);
        if (point.value == '\\' && (next.value == '\\' || is_quote(next.value))) {
            i += point.bytes;
            point = next;
        }
        text += line_.substr(i, point.bytes);
        i += point.bytes;
    }
    return std::nullopt;
}

std::string Scanner::rest() {
    const auto text = trimmed(remaining());
    at_ = line_.size();
    return std::string(text);
}

}  // namespace riposte
