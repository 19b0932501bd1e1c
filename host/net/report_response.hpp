#pragma once

#include "net/http.hpp"
#include "operator/operator.hpp"

#include <string>

namespace riposte {

/// What was wanted serves, or is kept; or the old one goes on, and the answer is a problem and the report in one object.
Result<Response> report_response(Result<ReloadReport> report, const std::string& request_id);

}  // namespace riposte
