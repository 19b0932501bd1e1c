#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace riposte {

/// What `addr2line -C -f -i` prints for an address of a library; "" when it cannot tell. May wait for a program.
using Symboliser = std::function<std::string(const std::filesystem::path& library, std::uint64_t address)>;

/// Of a build that is trusted: an author's own.
std::string symbolise_here(const std::filesystem::path& library, std::uint64_t address);

/// Where the last crash in a plugin's log was: "Weather::now, weather.cpp:18". Of the functions on the stack the first of the
/// plugin's own; file and line if `library` has debug information and addr2line is there. "" if there is no report.
std::string crash_place(const std::vector<std::string>& log, const std::filesystem::path& library,
                        const Symboliser& symbolise = symbolise_here);

}  // namespace riposte
