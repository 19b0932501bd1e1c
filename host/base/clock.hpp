#pragma once

#include "base/ids.hpp"

#include <chrono>

namespace riposte {

/// Wall clock, for what is stored and shown. Deadlines use std::chrono::steady_clock.
inline Timestamp now_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

}  // namespace riposte
