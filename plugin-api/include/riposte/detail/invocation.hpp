#pragma once

#include <riposte/detail/call.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace riposte {

struct User {
    std::int64_t id = 0;  // for ever the same for one account
    std::string_view name;
    std::string_view display_name;
    riposte_role role = RIPOSTE_ROLE_MEMBER;  // in this room
    bool administrator = false;
};

struct Room {
    std::int64_t id = 0;  // for ever the same
    std::string_view uri;
    std::string_view title;
    bool direct = false;  // a conversation of two
};

namespace detail {

inline const riposte_argument* find(const riposte_argument* arguments, std::size_t count, std::string_view name) {
    for (std::size_t i = 0; i < count; ++i)
        if (view(arguments[i].name) == name) return &arguments[i];
    return nullptr;
}

}  // namespace detail

/// A call with what it was asked. Views are valid until the command returns; a pending call copies what it needs and
/// keeps a Call.
class Invocation : public Call {
public:
    Invocation(const riposte_host* host, const riposte_invocation* call) : Call(host, call->call), call_(call) {}

    // Arguments by the name of their option. One that was not given and has no default is `otherwise`.
    bool has(std::string_view name) const { return find(name) != nullptr; }
    std::int64_t integer(std::string_view name, std::int64_t otherwise = 0) const {
        const riposte_argument* argument = find(name);
        return argument ? argument->integer : otherwise;
    }
    double number(std::string_view name, double otherwise = 0) const {
        const riposte_argument* argument = find(name);
        return argument ? argument->number : otherwise;
    }
    bool boolean(std::string_view name, bool otherwise = false) const {
        const riposte_argument* argument = find(name);
        return argument ? argument->boolean != 0 : otherwise;
    }
    std::chrono::milliseconds duration(std::string_view name, std::chrono::milliseconds otherwise = {}) const {
        const riposte_argument* argument = find(name);
        return argument ? std::chrono::milliseconds(argument->integer) : otherwise;
    }
    /// Of any type, in its canonical spelling; also the way to a choice, a user's name, a room's URI.
    std::string_view text(std::string_view name, std::string_view otherwise = "") const {
        const riposte_argument* argument = find(name);
        return argument ? detail::view(argument->text) : otherwise;
    }

    User user() const {
        return {call_->user_id, detail::view(call_->user_name), detail::view(call_->user_display_name),
                static_cast<riposte_role>(call_->user_role), (call_->flags & RIPOSTE_ADMINISTRATOR) != 0};
    }
    Room room() const {
        return {call_->room_id, detail::view(call_->room), detail::view(call_->room_title),
                (call_->flags & RIPOSTE_DIRECT_ROOM) != 0};
    }
    std::string_view locale() const { return detail::view(call_->locale); }
    std::string_view time_zone() const { return detail::view(call_->time_zone); }
    /// The one of two wordings that the user reads.
    std::string_view words(std::string_view english, std::string_view chinese) const {
        return locale().starts_with("zh") ? chinese : english;
    }

    std::string_view id() const { return detail::view(call_->id); }
    std::string_view line() const { return detail::view(call_->line); }
    std::string_view rest() const { return detail::view(call_->rest); }

    // In on_timer().
    std::string_view payload() const { return detail::view(call_->payload); }
    std::int64_t timer() const { return call_->timer; }
    Time due() const { return Time(std::chrono::milliseconds(call_->due)); }
    bool late() const { return (call_->flags & RIPOSTE_LATE) != 0; }
    // In on_message().
    std::uint32_t hearing() const { return call_->hearing; }

    const riposte_invocation& abi() const { return *call_; }

private:
    const riposte_argument* find(std::string_view name) const {
        return detail::find(call_->arguments, call_->argument_count, name);
    }

    const riposte_invocation* call_;
};

/// What suggest() is asked: values for the option that the user is typing.
class SuggestionRequest {
public:
    SuggestionRequest(const riposte_host* host, const riposte_suggestion_request* request, const char* option)
        : host_(host), request_(request), option_(option) {}

    std::string_view option() const { return option_; }
    std::string_view typed() const { return detail::view(request_->typed); }
    std::string_view locale() const { return detail::view(request_->locale); }
    /// Another argument, as typed before this one; `otherwise` if it is not there yet, or is wrong.
    std::string_view text(std::string_view name, std::string_view otherwise = "") const {
        const riposte_argument* argument = detail::find(request_->arguments, request_->argument_count, name);
        return argument ? detail::view(argument->text) : otherwise;
    }
    /// False: enough, or nobody waits any more.
    bool suggest(std::string_view value, std::string_view description = "") const {
        return host_->suggest(host_, request_->call, detail::to_abi(value), detail::to_abi(description)) == RIPOSTE_OK;
    }
    const riposte_suggestion_request& abi() const { return *request_; }

private:
    const riposte_host* host_;
    const riposte_suggestion_request* request_;
    std::string_view option_;
};

}  // namespace riposte
