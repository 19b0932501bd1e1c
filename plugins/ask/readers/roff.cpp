#include "ask/readers/roff.hpp"

#include "ask/readers/lines.hpp"

#include <algorithm>
#include <charconv>

namespace riposte::ask {
namespace {

constexpr int deepest_string = 8;  // \*(aa defined by \*(bb and so on; a page may define one by itself

/// Where the comment `\"` of a line begins.
std::size_t comment_start(std::string_view line) {
    for (std::size_t at = 0; at + 1 < line.size(); ++at) {
        if (line[at] != '\\') continue;
        if (line[at + 1] == '"' || line[at + 1] == '#') return at;
        ++at;
    }
    return std::string_view::npos;
}

std::string_view skip_blanks(std::string_view text) {
    const std::size_t at = text.find_first_not_of(" \t");
    return at == std::string_view::npos ? std::string_view{} : text.substr(at);
}

std::string_view take_word(std::string_view& text) {
    text = skip_blanks(text);
    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    text.remove_prefix(word.size());
    return word;
}

/// A number, `\n(.g` (which says "this is groff") or an unknown register, which counts as 0.
int take_number(std::string_view& text) {
    int value = 0;
    if (text.starts_with("\\n")) {
        const bool is_groff = text.starts_with("\\n(.g") || text.starts_with("\\n[.g]");
        text.remove_prefix(2);
        const std::size_t bracket = text.starts_with('[') ? text.find(']') : std::string_view::npos;
        const std::size_t size = bracket != std::string_view::npos ? bracket + 1 : text.starts_with('(') ? 3 : 1;
        text.remove_prefix(std::min(size, text.size()));
        return is_groff ? 1 : 0;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return error == std::errc{} ? value : 0;
}

/// Takes the condition off the front of `text` and says whether nroff finds it true.
bool take_condition(std::string_view& text) {
    text = skip_blanks(text);
    if (text.starts_with('!')) {
        text.remove_prefix(1);
        return !take_condition(text);
    }
    if (text.empty()) return false;
    const char first = text[0];
    if (first == '\'' || first == '"') {
        const std::size_t middle = text.find(first, 1);
        const std::size_t end = middle == std::string_view::npos ? middle : text.find(first, middle + 1);
        if (end == std::string_view::npos) return text = {}, false;
        const bool same = text.substr(1, middle - 1) == text.substr(middle + 1, end - middle - 1);
        text.remove_prefix(end + 1);
        return same;
    }
    if (first == '(' || first == '\\' || first == '-' || (first >= '0' && first <= '9')) {
        if (first == '(') text.remove_prefix(1);
        const int left = take_number(text);
        bool holds = left > 0;
        if (!text.empty() && std::string_view("<>=").find(text[0]) != std::string_view::npos) {
            const char comparison = text[0];
            text.remove_prefix(text.find_first_not_of("<>=") == std::string_view::npos ? text.size()
                                                                                       : text.find_first_not_of("<>="));
            const int right = take_number(text);
            holds = comparison == '<' ? left < right : comparison == '>' ? left > right : left == right;
        }
        if (text.starts_with(')')) text.remove_prefix(1);
        return holds;
    }
    const bool holds = take_word(text).substr(0, 1) == "n";  // t: typeset output; d, r, c: defined here? no
    if (first == 'd' || first == 'r' || first == 'c') take_word(text);
    return holds;
}

int depth_change(std::string_view line) {
    int change = 0;
    for (std::size_t at = 0; at + 1 < line.size(); ++at) {
        if (line[at] != '\\') continue;
        ++at;
        change += line[at] == '{' ? 1 : line[at] == '}' ? -1 : 0;
    }
    return change;
}

void erase_all(std::string& line, std::string_view what) {
    for (std::size_t at = 0; (at = line.find(what, at)) != std::string::npos;) line.erase(at, what.size());
}

}  // namespace

std::string_view RoffLines::raw_line() {
    Lines lines(source_);
    const std::string_view line = lines.next();
    const std::size_t end = source_.find('\n');
    source_.remove_prefix(end == std::string_view::npos ? source_.size() : end + 1);
    return line;
}

std::string RoffLines::whole_line() {
    if (!pending_.empty()) {
        std::string line = std::move(pending_.front());
        pending_.pop_front();
        return line;
    }
    std::string line;
    for (bool more = true; more && !source_.empty();) {
        std::string_view part = raw_line();
        const std::size_t comment = comment_start(part);
        part = part.substr(0, comment);
        more = comment == std::string_view::npos && part.ends_with('\\') && !part.ends_with("\\\\");
        if (more) part.remove_suffix(1);
        line += part;
    }
    return line;
}

std::string RoffLines::with_strings(std::string_view line, int depth) const {
    std::string whole;
    while (!line.empty()) {
        const std::size_t at = line.find("\\*");
        whole += line.substr(0, at);
        if (at == std::string_view::npos) break;
        line.remove_prefix(at + 2);
        const std::size_t close = line.starts_with('[') ? line.find(']') : std::string_view::npos;
        const std::size_t begin = line.starts_with('(') || close != std::string_view::npos ? 1 : 0;
        const std::size_t end = std::min(close != std::string_view::npos ? close
                                         : line.starts_with('(')         ? std::size_t{3}
                                                                         : std::size_t{1},
                                         line.size());
        const auto known = strings_.find(line.substr(begin, end - std::min(begin, end)));
        if (known != strings_.end() && depth < deepest_string) whole += with_strings(known->second, depth + 1);
        line.remove_prefix(std::min(close != std::string_view::npos ? end + 1 : end, line.size()));
    }
    return whole;
}

void RoffLines::define_string(std::string_view rest) {
    const std::string name(take_word(rest));
    rest = skip_blanks(rest);
    if (rest.starts_with('"')) rest.remove_prefix(1);
    strings_[name] = std::string(rest);
}

void RoffLines::skip_definition(std::string_view rest) {
    take_word(rest);
    const std::string_view given = take_word(rest);
    const std::string end = "." + std::string(given.empty() ? "." : given);
    while (!source_.empty())
        if (raw_line().starts_with(end)) return;
}

void RoffLines::decide(const RoffLine& line) {
    std::string_view body = line.rest;
    const bool holds = take_condition(body);
    if (line.name == "ie") decided_.push_back(holds);
    follow(holds, body);
}

void RoffLines::otherwise(std::string_view body) {
    const bool held = !decided_.empty() && decided_.back();
    if (!decided_.empty()) decided_.pop_back();
    follow(!held, body);
}

void RoffLines::follow(bool holds, std::string_view body) {
    std::string text(skip_blanks(body));
    if (!holds) {
        for (int depth = depth_change(text); depth > 0 && (!source_.empty() || !pending_.empty());)
            depth += depth_change(whole_line());
        return;
    }
    if (text.starts_with("\\{")) text.erase(0, 2);
    if (!skip_blanks(text).empty()) pending_.push_front(std::string(skip_blanks(text)));
}

bool RoffLines::next(RoffLine& line) {
    while (!source_.empty() || !pending_.empty()) {
        std::string text = whole_line();
        if (text == "..") continue;
        const bool is_request = !text.empty() && (text[0] == '.' || text[0] == '\'');
        if (!is_request) {
            erase_all(text, "\\}");
            line = {{}, with_strings(text, 0)};
            return true;
        }
        std::string_view rest = std::string_view(text).substr(1);
        const std::string name(take_word(rest));
        line = {name, std::string(skip_blanks(rest))};
        if (name == "de" || name == "am" || name == "de1" || name == "ig") {
            skip_definition(name == "ig" ? "ig " + line.rest : line.rest);
        } else if (name == "ds" || name == "ds1") {
            define_string(line.rest);
        } else if (name == "if" || name == "ie") {
            decide(line);
        } else if (name == "el") {
            otherwise(rest);
        } else if (!name.empty() && name[0] != '\\') {
            erase_all(line.rest, "\\}");
            line.rest = with_strings(line.rest, 0);
            return true;
        }
    }
    return false;
}

std::vector<std::string> roff_arguments(std::string_view rest) {
    std::vector<std::string> arguments;
    while (!(rest = skip_blanks(rest)).empty()) {
        const bool quoted = rest[0] == '"';
        std::string argument;
        std::size_t at = quoted ? 1 : 0;
        for (; at < rest.size(); ++at) {
            const char letter = rest[at];
            if (letter == '\\' && at + 1 < rest.size()) {
                argument.push_back(letter);
                argument.push_back(rest[++at]);
            } else if (quoted && letter == '"') {
                if (at + 1 >= rest.size() || rest[at + 1] != '"') break;
                argument.push_back(rest[++at]);
            } else if (!quoted && (letter == ' ' || letter == '\t')) {
                break;
            } else {
                argument.push_back(letter);
            }
        }
        arguments.push_back(std::move(argument));
        rest.remove_prefix(std::min(at + 1, rest.size()));
    }
    return arguments;
}

}  // namespace riposte::ask
