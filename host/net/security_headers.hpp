#pragma once

#include "net/http.hpp"

namespace riposte {

/// Adds what every response carries: the content policy and its kin, HSTS over https, and no-store where the response
/// says nothing of caching.
void add_security_headers(Response& response, bool secure);

}  // namespace riposte
