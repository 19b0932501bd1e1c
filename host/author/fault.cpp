#include "author/fault.hpp"

#include "protocol/unicode.hpp"

namespace riposte {
namespace {

bool is_wide(char32_t value) {
    return (value >= 0x1100 && value <= 0x115f) || (value >= 0x2e80 && value <= 0xa4cf) ||
           (value >= 0xac00 && value <= 0xd7a3) || (value >= 0xf900 && value <= 0xfaff) ||
           (value >= 0xfe30 && value <= 0xfe6f) || (value >= 0xff00 && value <= 0xff60) ||
           (value >= 0xffe0 && value <= 0xffe6) || (value >= 0x1f300 && value <= 0x1faff) ||
           (value >= 0x20000 && value <= 0x3fffd);
}

bool joins_the_one_before(char32_t value) {
    return (value >= 0x300 && value <= 0x36f) || value == 0x200d || (value >= 0xfe00 && value <= 0xfe0f);
}

std::string caret(std::size_t column, const std::string& what) { return std::string(column, ' ') + "^ " + what; }

/// The option in "/weather <city> [days=1]".
std::size_t place_in(const std::string& usage, const std::string& option) {
    for (const auto* bracket : {"<", "["})
        if (const auto place = usage.find(bracket + option); place != std::string::npos) return place;
    return usage.size();
}

std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
}

/// How a call ended that did not end well.
std::string end_text(const Problem& problem) {
    switch (problem.code) {
        case ErrorCode::PluginFailed: return problem.detail.empty() ? "failed" : problem.detail;
        case ErrorCode::Crashed: return "crashed: " + problem.detail;
        case ErrorCode::TimedOut: return "timed out";
        case ErrorCode::Cancelled: return "cancelled";
        default: break;
    }
    const auto title = std::string(info(problem.code).title);
    return problem.detail.empty() ? title : title + ": " + problem.detail;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        const auto point = code_point_at(text, offset);
        offset += point.bytes;
        if (!joins_the_one_before(point.value)) columns += is_wide(point.value) ? 2 : 1;
    }
    return columns;
}

std::vector<std::string> fault_lines(std::string_view line, const Problem& problem) {
    if (problem.code == ErrorCode::MissingArgument) {
        const std::string begin = "usage: ";
        const auto place = place_in(problem.usage, problem.argument);
        return {begin + problem.usage,
                caret(begin.size() + columns_of(problem.usage.substr(0, place)), problem.detail)};
    }
    if (problem.code == ErrorCode::BadArgument && problem.position)
        return {caret(columns_of(first_code_points(line, *problem.position)), problem.detail)};
    if (problem.code == ErrorCode::UnknownCommand)
        return {problem.suggestions.empty() ? "unknown command; /help lists them"
                                            : "unknown command; close to it: " + joined(problem.suggestions)};
    return {end_text(problem)};
}

std::string_view without_caret(std::string_view fault_line) {
    const auto begin = fault_line.find_first_not_of(' ');
    if (begin == std::string_view::npos || !fault_line.substr(begin).starts_with("^ ")) return fault_line;
    return fault_line.substr(begin + 2);
}

}  // namespace riposte
