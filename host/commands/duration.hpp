#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace riposte {

struct ReadDuration {
    std::chrono::milliseconds length{0};
    std::size_t bytes = 0;  // of the text that say it
};

/// Reads a duration at the beginning of a text: "90s", "10m", "1h30m", "2 days", "1.5 hours", "10分钟", "１小时３０分",
/// "半小时", "两个半小时", "三天后". Ends at white space or the end, or behind a Chinese unit. None when there is no duration,
/// or one of more than ten years.
std::optional<ReadDuration> read_duration(std::string_view text);

/// "1d2h3m4s"; read_duration() reads it back.
std::string to_string(std::chrono::milliseconds length);

}  // namespace riposte
