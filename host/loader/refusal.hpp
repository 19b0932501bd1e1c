#pragma once

#include "base/problem.hpp"

#include <string>
#include <utility>

namespace riposte {

/// A build that does not go live: PluginRefused with the step in `argument` and the reason in `detail`.
inline Problem refused(std::string step, std::string reason) {
    return {.code = ErrorCode::PluginRefused, .detail = std::move(reason), .argument = std::move(step)};
}

}  // namespace riposte
