#pragma once

#include "base/result.hpp"
#include "net/http.hpp"
#include "protocol/json.hpp"
#include "protocol/json_reader.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// What handlers share: reading a request's body and query, writing its answer.
namespace riposte {

inline Response json_response(std::string json, int status = 200) {
    return {.status = status, .body = std::move(json), .headers = {}};
}
inline Response no_content() { return {.status = 204, .body = {}, .headers = {}}; }

template <class T>
Response value_response(const T& value, int status = 200) {
    return json_response(to_json(value), status);
}

/// {"name": value}
template <class T>
Response field_response(std::string_view name, const T& value, int status = 200) {
    std::string json;
    json_object(json).field(name, value);
    return json_response(std::move(json), status);
}

/// The body as an object; an empty body is an empty object.
Result<JsonDocument> body_of(const Request& request);

/// A number of the query within its limits, or `otherwise`. InvalidValue.
Result<std::int64_t> query_integer(const Request& request, const std::string& name, IntegerLimits limits,
                                   std::int64_t otherwise);
std::string query_text(const Request& request, const std::string& name);

/// A user's name out of an address or a body, as it is compared. NotFound for what no name can be.
Result<std::string> name_looked_up(std::string_view name);
/// NotFound for what no number of a row can be.
Result<std::int64_t> number_looked_up(std::string_view number);
/// NotFound for what no id can be.
Result<Uuid> id_looked_up(std::string_view id);

}  // namespace riposte
