#pragma once

#include <riposte/plugin.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace riposte {

/// What is thrown when the host says no and the plugin did not ask for the status. Escaping from a command it fails the
/// call with this text; from a constructor or restore_state() it refuses the build.
class Error : public std::runtime_error {
public:
    Error(riposte_status status, const std::string& what) : std::runtime_error(what), status_(status) {}
    riposte_status status() const { return status_; }

private:
    riposte_status status_;
};

namespace detail {

inline riposte_text to_abi(std::string_view text) { return {text.data(), text.size()}; }
inline std::string_view view(riposte_text text) { return text.size ? std::string_view(text.data, text.size) : ""; }

inline const char* wording(riposte_status status) {
    switch (status) {
        case RIPOSTE_OK: return "ok";
        case RIPOSTE_GONE: return "the call has ended";
        case RIPOSTE_NOT_SUPPORTED: return "not supported";
        case RIPOSTE_TOO_LARGE: return "too large";
        case RIPOSTE_TOO_MANY: return "too many";
        case RIPOSTE_INVALID: return "invalid";
        case RIPOSTE_BUSY: return "too fast";
        case RIPOSTE_DENIED: return "not granted";
        case RIPOSTE_NOT_FOUND: return "not found";
        case RIPOSTE_CANCELLED: return "cancelled";
        default: return "failed";
    }
}

inline void check(riposte_status status, const char* action) {
    if (status != RIPOSTE_OK) throw Error(status, std::string(action) + ": " + wording(status));
}

/// For what a call puts out: once it is over there is nobody left to tell, so that is no error.
inline void check_output(riposte_status status, const char* action) {
    if (status != RIPOSTE_GONE) check(status, action);
}

}  // namespace detail
}  // namespace riposte
