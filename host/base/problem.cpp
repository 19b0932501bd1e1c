#include "base/problem.hpp"

#include <array>
#include <utility>

namespace riposte {
namespace {

constexpr auto table = std::to_array<ErrorInfo>({
    {"malformed_request", 400, "The request is malformed"},
    {"invalid_value", 422, "A value is not valid"},
    {"unknown_action", 400, "Unknown action"},
    {"too_large", 413, "Too large"},
    {"unsupported_media", 415, "Unsupported media type"},
    {"not_found", 404, "Not found"},
    {"method_not_allowed", 405, "Method not allowed"},
    {"rate_limited", 429, "Too many requests"},
    {"overloaded", 503, "The server is overloaded"},
    {"shutting_down", 503, "The server is shutting down"},
    {"timeout", 408, "The request took too long"},
    {"internal", 500, "Internal error"},
    {"not_supported", 501, "Not supported"},
    {"unauthenticated", 401, "Sign in first"},
    {"wrong_credentials", 401, "Wrong name or password"},
    {"wrong_origin", 403, "Wrong origin"},
    {"not_allowed", 403, "Not allowed"},
    {"registration_closed", 403, "Registration is closed"},
    {"name_taken", 409, "The name is taken"},
    {"bad_link", 410, "The link is not valid any more"},
    {"not_a_member", 403, "Not a member of the room"},
    {"barred", 403, "Barred from the room"},
    {"uri_taken", 409, "The room address is taken"},
    {"last_owner", 409, "A room needs an owner"},
    {"message_conflict", 409, "Another message has this client_msg_id"},
    {"message_deleted", 410, "The message is deleted"},
    {"room_closed", 403, "The room is closed"},
    {"unknown_command", 422, "Unknown command"},
    {"bad_argument", 422, "An argument of the command is wrong"},
    {"missing_argument", 422, "An argument of the command is missing"},
    {"command_not_allowed", 403, "The command is not for you"},
    {"busy", 429, "Too many commands are waiting"},
    {"timed_out", 504, "The plugin took too long"},
    {"cancelled", 499, "Cancelled"},
    {"crashed", 502, "The plugin crashed"},
    {"plugin_failed", 502, "The plugin failed"},
    {"plugin_disabled", 503, "The plugin is disabled"},
    {"interrupted", 503, "Interrupted by a restart"},
    {"plugin_refused", 409, "The build is refused"},
});
static_assert(table.size() == static_cast<std::size_t>(ErrorCode::Count_));

}  // namespace

const ErrorInfo& info(ErrorCode code) { return table[static_cast<std::size_t>(code)]; }

std::optional<ErrorCode> error_code(std::string_view name) {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].name == name) return static_cast<ErrorCode>(i);
    return std::nullopt;
}

}  // namespace riposte
