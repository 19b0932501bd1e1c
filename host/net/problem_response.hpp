#pragma once

#include "base/problem.hpp"
#include "net/http.hpp"

#include <string>

namespace riposte {

/// application/problem+json, with Retry-After and WWW-Authenticate where they belong.
Response problem_response(const Problem& problem, const std::string& request_id);

}  // namespace riposte
