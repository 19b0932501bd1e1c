#pragma once

#include "cli/operator_client.hpp"
#include "protocol/json_reader.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

namespace riposte {

/// The server said no; what() is one line for the operator.
class RequestRefused : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The JSON of a successful reply. Throws RequestRefused with the problem's title, detail and suggestions otherwise.
JsonDocument success_of(const OperatorReply& reply);

/// A field as text; empty when it is not there.
std::string text_of(JsonValue object, std::string_view field);
double number_of(JsonValue object, std::string_view field);

}  // namespace riposte
