#pragma once

#include "author/check.hpp"
#include "cli/command_line.hpp"

#include <filesystem>
#include <stdexcept>
#include <utility>

namespace riposte {

/// What those who write plugins have typed. Throws std::runtime_error for a setting without "=".
PluginSettings settings_of(const std::vector<std::string>& given);
CheckSubject subject_of(const CommandLine& line, std::filesystem::path library, std::filesystem::path transcripts);

/// The value, or an exception with the problem's detail.
template <class T>
T value_of(Result<T> result) {
    if (!result) throw std::runtime_error(result.error().detail);
    return std::move(*result);
}

}  // namespace riposte
