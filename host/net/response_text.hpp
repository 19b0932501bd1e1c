#pragma once

#include "net/http.hpp"

#include <cstdint>
#include <string>

namespace riposte {

enum class Connection : std::uint8_t { KeepAlive, Close };

/// Status line and header as they go out, with the empty line. Has no body: 204 and 304.
std::string header_text(const Response& response, Connection connection);
/// Whether a body follows the header; HEAD never has one.
bool sends_body(const Response& response, Method method);

}  // namespace riposte
