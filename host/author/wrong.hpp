#pragma once

#include "base/problem.hpp"

#include <string>
#include <utility>

namespace riposte {

/// InvalidValue: what the author gave cannot be used, for this reason.
inline Problem wrong(std::string detail) { return {.code = ErrorCode::InvalidValue, .detail = std::move(detail)}; }

}  // namespace riposte
