#pragma once

#include "base/ids.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace riposte {

enum class LogSource : std::uint8_t { Debug, Info, Warning, Error, Output, ErrorOutput, Host };

/// "debug", …, "stdout", "stderr", "host".
std::string_view to_string(LogSource source);

/// One line of a plugin's log.
struct PluginLogLine {
    Timestamp at = 0;
    std::int64_t generation = 0;
    LogSource source = LogSource::Host;
    std::string text;
};

/// One line of a file and back: "1764324000000 3 stderr text". None: not such a line.
std::string to_log_text(const PluginLogLine& line);
std::optional<PluginLogLine> from_log_text(std::string_view text);

}  // namespace riposte
