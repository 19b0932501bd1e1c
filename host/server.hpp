#pragma once

namespace riposte {

struct LoadedConfig;

/// Serves until SIGTERM or SIGINT, then drains; the exit status. Throws std::exception when it cannot start, with what to
/// do about it.
int serve(const LoadedConfig& loaded);

}  // namespace riposte
