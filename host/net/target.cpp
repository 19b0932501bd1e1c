#include "net/target.hpp"

#include "net/malformed.hpp"
#include "protocol/unicode.hpp"

#include <algorithm>
#include <optional>

namespace riposte {
namespace {

using namespace std::string_view_literals;

enum class Plus { Literal, Space };

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// None for a broken percent sign, or bytes that are not UTF-8.
std::optional<std::string> decoded(std::string_view text, Plus plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' && plus == Plus::Space ? ' ' : text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_value(text[i + 1]);
        const int low = hex_value(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    if (!valid_utf8(out)) return std::nullopt;
    return out;
}

bool is_unsafe_in_path(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f || c == '/' || c == '\\';
}

Result<> read_path(Target& target, std::string_view path) {
    target.path = "/";
    path.remove_prefix(1);
    while (!path.empty()) {
        const auto end = path.find('/');
        auto segment = decoded(path.substr(0, end), Plus::Literal);
        if (!segment) return malformed("the address is not percent-encoded UTF-8");
        if (segment->empty() || *segment == "." || *segment == "..")
            return malformed("the address has an empty or dot segment");
        if (std::ranges::any_of(*segment, is_unsafe_in_path))
            return malformed("the address has an encoded slash or control character");
        target.path += *segment;
        target.segments.push_back(std::move(*segment));
        if (end == std::string_view::npos) return {};
        target.path += '/';
        path.remove_prefix(end + 1);
        if (path.empty()) target.segments.emplace_back();
    }
    return {};
}

Result<> read_query(Target& target, std::string_view query) {
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const auto pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto key = decoded(pair.substr(0, equals), Plus::Space);
        auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), Plus::Space);
        if (!key || !value) return malformed("the query is not percent-encoded UTF-8");
        if (value->find('\0') != std::string::npos) return malformed("the query has a zero byte");
        if (!target.query.emplace(std::move(*key), std::move(*value)).second)
            return malformed("the query says one thing twice");
    }
    return {};
}

}  // namespace

Result<Target> parse_target(std::string_view text) {
    if (!text.starts_with('/')) return malformed("the address must begin with a slash");
    const auto question = std::min(text.find('?'), text.size());
    Target target;
    if (const auto path = read_path(target, text.substr(0, question)); !path) return path.error();
    if (question < text.size())
        if (const auto query = read_query(target, text.substr(question + 1)); !query) return query.error();
    return target;
}

}  // namespace riposte
