#include "loader/sandbox/sandbox.hpp"

#include <cerrno>
#include <cstring>
#include <optional>

namespace riposte::sandbox {

Problem system_problem(const std::string& what) {
    return {.code = ErrorCode::Internal, .detail = what + ": " + std::strerror(errno)};
}

Result<std::string> lock_up(const Setup& setup) {
    auto files = FileRules::make(setup);
    if (!files && (setup.require_landlock || files.error().code != ErrorCode::NotSupported)) return files.error();
    if (auto limited = set_limits(setup); !limited) return limited.error();
    std::string layers = "limits";
    const auto add = [&](const std::string& layer) { layers += layer.empty() ? "" : ", " + layer; };

    const auto dropped = drop_privileges(setup);
    if (!dropped) return dropped.error();
    add(*dropped);
    if (auto bound = die_with_host(); !bound) return bound.error();
    if (files) {
        const auto enforced = files->enforce();
        if (!enforced) return enforced.error();
        add(*enforced);
    }
    if (auto forbidden = forbid_system_calls(setup.network); !forbidden) return forbidden.error();
    add(setup.network ? "seccomp but for the network" : "seccomp");
    return layers;
}

}  // namespace riposte::sandbox
