#pragma once

#include "base/problem.hpp"

#include <string>
#include <string_view>

namespace riposte {

/// MalformedRequest: what cannot be read in one way only.
inline Problem malformed(std::string_view detail) {
    Problem problem{.code = ErrorCode::MalformedRequest};
    problem.detail = detail;
    return problem;
}

}  // namespace riposte
