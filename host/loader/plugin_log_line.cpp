#include "loader/plugin_log_line.hpp"

#include <array>
#include <charconv>

namespace riposte {
namespace {

constexpr std::array<std::string_view, 7> names{"debug", "info", "warning", "error", "stdout", "stderr", "host"};

/// The next word of the line and the blank after it.
std::string_view take_word(std::string_view& text) {
    const auto end = text.find(' ');
    const auto word = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return word;
}

std::optional<std::int64_t> number(std::string_view word) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return value;
}

}  // namespace

std::string_view to_string(LogSource source) { return names[static_cast<std::size_t>(source)]; }

std::string to_log_text(const PluginLogLine& line) {
    return std::to_string(line.at) + ' ' + std::to_string(line.generation) + ' ' + std::string(to_string(line.source)) +
           ' ' + line.text;
}

std::optional<PluginLogLine> from_log_text(std::string_view text) {
    const auto at = number(take_word(text));
    const auto generation = number(take_word(text));
    const auto source = take_word(text);
    if (!at || !generation) return std::nullopt;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == source) return PluginLogLine{*at, *generation, static_cast<LogSource>(i), std::string(text)};
    return std::nullopt;
}

}  // namespace riposte
