#pragma once

#include "base/ids.hpp"

#include <array>
#include <ctime>
#include <string>

namespace riposte {

/// "2026-11-28 10:12:03 UTC", for reasons and reports.
inline std::string utc_text(Timestamp at) {
    const auto seconds = static_cast<std::time_t>(at / 1000);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 32> buffer;
    return {buffer.data(), std::strftime(buffer.data(), buffer.size(), "%F %T UTC", &parts)};
}

}  // namespace riposte
