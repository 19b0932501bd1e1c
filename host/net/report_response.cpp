#include "net/report_response.hpp"

#include "net/problem_response.hpp"
#include "net/replies.hpp"
#include "operator/plugin_json.hpp"

namespace riposte {

Result<Response> report_response(Result<ReloadReport> report, const std::string& request_id) {
    if (!report) return report.error();
    if (report->live || report->unchanged || report->stored) return value_response(*report);
    const Problem problem{.code = ErrorCode::PluginRefused, .detail = report->step + ": " + report->reason};
    std::string json;
    {
        JsonObject object(json);
        append_problem_fields(object, problem);
        object.field("request_id", request_id)
            .field("plugin", report->plugin)
            .field("result", "refused")
            .field("step", report->step)
            .field("reason", report->reason);
    }
    auto response = problem_response(problem, request_id);
    response.body = std::move(json);
    return response;
}

}  // namespace riposte
