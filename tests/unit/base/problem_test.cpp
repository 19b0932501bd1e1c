#include "base/problem.hpp"
#include "base/result.hpp"

#include <gtest/gtest.h>

#include <set>

namespace riposte {
namespace {

struct Pinned {
    ErrorCode code;
    const char* name;
    int status;
};

// Clients and scripts know these: a name never changes and is never given to another reason.
constexpr Pinned pinned[] = {
    {ErrorCode::MalformedRequest, "malformed_request", 400},
    {ErrorCode::InvalidValue, "invalid_value", 422},
    {ErrorCode::UnknownAction, "unknown_action", 400},
    {ErrorCode::TooLarge, "too_large", 413},
    {ErrorCode::UnsupportedMedia, "unsupported_media", 415},
    {ErrorCode::NotFound, "not_found", 404},
    {ErrorCode::MethodNotAllowed, "method_not_allowed", 405},
    {ErrorCode::RateLimited, "rate_limited", 429},
    {ErrorCode::Overloaded, "overloaded", 503},
    {ErrorCode::ShuttingDown, "shutting_down", 503},
    {ErrorCode::Timeout, "timeout", 408},
    {ErrorCode::Internal, "internal", 500},
    {ErrorCode::NotSupported, "not_supported", 501},
    {ErrorCode::Unauthenticated, "unauthenticated", 401},
    {ErrorCode::WrongCredentials, "wrong_credentials", 401},
    {ErrorCode::WrongOrigin, "wrong_origin", 403},
    {ErrorCode::NotAllowed, "not_allowed", 403},
    {ErrorCode::RegistrationClosed, "registration_closed", 403},
    {ErrorCode::NameTaken, "name_taken", 409},
    {ErrorCode::BadLink, "bad_link", 410},
    {ErrorCode::NotAMember, "not_a_member", 403},
    {ErrorCode::Barred, "barred", 403},
    {ErrorCode::UriTaken, "uri_taken", 409},
    {ErrorCode::LastOwner, "last_owner", 409},
    {ErrorCode::MessageConflict, "message_conflict", 409},
    {ErrorCode::MessageDeleted, "message_deleted", 410},
    {ErrorCode::RoomClosed, "room_closed", 403},
    {ErrorCode::UnknownCommand, "unknown_command", 422},
    {ErrorCode::BadArgument, "bad_argument", 422},
    {ErrorCode::MissingArgument, "missing_argument", 422},
    {ErrorCode::CommandNotAllowed, "command_not_allowed", 403},
    {ErrorCode::Busy, "busy", 429},
    {ErrorCode::TimedOut, "timed_out", 504},
    {ErrorCode::Cancelled, "cancelled", 499},
    {ErrorCode::Crashed, "crashed", 502},
    {ErrorCode::PluginFailed, "plugin_failed", 502},
    {ErrorCode::PluginDisabled, "plugin_disabled", 503},
    {ErrorCode::Interrupted, "interrupted", 503},
    {ErrorCode::PluginRefused, "plugin_refused", 409},
};

TEST(Problems, NamesAndStatusesAreStable) {
    for (const auto& [code, name, status] : pinned) {
        EXPECT_EQ(info(code).name, name);
        EXPECT_EQ(info(code).status, status) << name;
        EXPECT_FALSE(info(code).title.empty()) << name;
    }
}

TEST(Problems, EveryCodeIsPinnedHere) { EXPECT_EQ(std::size(pinned), static_cast<std::size_t>(ErrorCode::Count_)); }

TEST(Problems, AWireNameLeadsBackToItsCode) {
    for (const auto& [code, name, status] : pinned) EXPECT_EQ(error_code(name), code);
    EXPECT_EQ(error_code("no_such_code"), std::nullopt);
    EXPECT_EQ(error_code(""), std::nullopt);
}

TEST(Results, HoldAValueOrAProblem) {
    const Result<int> good = 7;
    const Result<int> bad = Problem{.code = ErrorCode::NotFound, .detail = "no such room"};
    EXPECT_EQ(good.value(), 7);
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, ErrorCode::NotFound);
}

TEST(Results, TakingTheValueOfAProblemIsAProgrammersError) {
    const Result<int> bad = Problem{.detail = "no such room"};
    EXPECT_THROW((void)bad.value(), std::logic_error);
}

}  // namespace
}  // namespace riposte
