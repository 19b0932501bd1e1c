#include "net/problem_response.hpp"

#include "protocol/json.hpp"

namespace riposte {

Response problem_response(const Problem& problem, const std::string& request_id) {
    Response response{
        .status = info(problem.code).status, .content_type = "application/problem+json", .body = {}, .headers = {}};
    append_json(response.body, problem, request_id);
    if (problem.retry_after_s > 0) response.headers.emplace_back("Retry-After", std::to_string(problem.retry_after_s));
    if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return response;
}

}  // namespace riposte
