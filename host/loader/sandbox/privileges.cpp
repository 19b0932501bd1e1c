#include "loader/sandbox/sandbox.hpp"

#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace riposte::sandbox {
namespace {

bool set_capabilities(std::uint32_t kept) {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    const __user_cap_data_struct sets[2] = {{kept, kept, 0}, {0, 0, 0}};
    return ::syscall(SYS_capset, &header, sets) == 0;
}

void drop_bounding_set() {
    for (unsigned long capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability)
        ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
}

bool everything_is_reachable(const Setup& setup) {
    const auto reachable = [](const std::string& path) { return path.empty() || ::access(path.c_str(), R_OK) == 0; };
    return reachable(setup.library) && reachable(setup.data_directory) &&
           std::ranges::all_of(setup.readable, reachable);
}

}  // namespace

Result<std::string> drop_privileges(const Setup& setup) {
    if (::geteuid() != 0 || setup.user == 0) return std::string();
    drop_bounding_set();
    const auto id = static_cast<uid_t>(setup.user);
    if (::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0 || ::setgroups(0, nullptr) != 0 || ::setresgid(id, id, id) != 0 ||
        ::setresuid(id, id, id) != 0)
        return system_problem("become uid " + std::to_string(setup.user));

    const bool reachable = everything_is_reachable(setup);
    const std::uint32_t kept = reachable || !setup.require_landlock ? 0 : 1u << CAP_DAC_READ_SEARCH;
    if (!set_capabilities(kept)) return system_problem("drop capabilities");
    ::prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED, 0, 0, 0);
    return "uid " + std::to_string(setup.user) + (kept == 0 ? "" : " (may search closed folders)");
}

Result<> die_with_host() {
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return system_problem("death signal");
    return {};
}

}  // namespace riposte::sandbox
