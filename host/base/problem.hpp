#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riposte {

/// Every reason for which Riposte says no. The table in problem.cpp gives each its stable wire name, HTTP status and
/// English title; clients show their own text by the wire name.
enum class ErrorCode : std::uint8_t {
    // the request itself
    MalformedRequest,  // 400 not HTTP, not JSON, wrong type
    InvalidValue,      // 422 a field out of its range; `argument` names it
    UnknownAction,     // 400 a socket frame with an unknown "do"
    TooLarge,          // 413
    UnsupportedMedia,  // 415
    NotFound,          // 404 also for a room one may not see
    MethodNotAllowed,  // 405
    RateLimited,       // 429 retry_after_s
    Overloaded,        // 503 a bounded queue is full; retry_after_s
    ShuttingDown,      // 503
    Timeout,           // 408
    Internal,          // 500
    NotSupported,      // 501
    // who is asking
    Unauthenticated,     // 401
    WrongCredentials,    // 401
    WrongOrigin,         // 403
    NotAllowed,          // 403
    RegistrationClosed,  // 403
    NameTaken,           // 409
    BadLink,             // 410 an invite or one-time link that is unknown, used up, expired or revoked
    // rooms and messages
    NotAMember,       // 403
    Barred,           // 403
    UriTaken,         // 409
    LastOwner,        // 409
    MessageConflict,  // 409 another body under the same client_msg_id
    MessageDeleted,   // 410
    RoomClosed,       // 403 by an operator: it can be read, not written in
    // commands
    UnknownCommand,     // 422 suggestions
    BadArgument,        // 422 argument, position, usage
    MissingArgument,    // 422 argument, position, usage
    CommandNotAllowed,  // 403 audience
    Busy,               // 429 the plugin's or the user's queue of commands is full
    // ends of an invocation
    TimedOut,        // 504
    Cancelled,       // 499
    Crashed,         // 502
    PluginFailed,    // 502 the plugin said so; detail is its text
    PluginDisabled,  // 503
    Interrupted,     // 503 the host was stopped while it ran
    // operating plugins
    PluginRefused,  // 409 the new build does not go live; detail says why
    Count_
};

/// An error as it travels: to the log, into a problem+json body, into a socket event.
struct Problem {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;                     // English, for a log or a script; never a message's text
    std::string argument;                   // the field or command argument at fault
    std::optional<std::uint32_t> position;  // code points from the start of the text as the user sent it
    std::string usage;                      // "/dice [sides]"
    std::vector<std::string> suggestions;   // closest names
    std::uint32_t retry_after_s = 0;        // with RateLimited and Overloaded
};

struct ErrorInfo {
    std::string_view name;  // "unknown_command": stable, on the wire
    int status;             // HTTP
    std::string_view title;
};

const ErrorInfo& info(ErrorCode code);
std::optional<ErrorCode> error_code(std::string_view name);

}  // namespace riposte
