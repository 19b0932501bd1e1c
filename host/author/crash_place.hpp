#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace riposte {

/// Where the last crash in a plugin's log was: "Weather::now, weather.cpp:18". Of the functions on the stack the first of the
/// plugin's own; file and line if `library` has debug information and addr2line is there. "" if there is no report.
std::string crash_place(const std::vector<std::string>& log, const std::filesystem::path& library);

}  // namespace riposte
