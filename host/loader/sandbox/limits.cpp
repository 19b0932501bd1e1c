#include "loader/sandbox/sandbox.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace riposte::sandbox {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool shadow_memory = true;  // terabytes of address space, most of it never touched
#else
constexpr bool shadow_memory = false;
#endif

bool limit(__rlimit_resource what, std::int64_t most) {
    const rlimit value{static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
    return ::setrlimit(what, &value) == 0;
}

/// Address space of this process before the plugin is loaded: the host's own libraries are not charged to it.
std::int64_t address_space_now() {
    std::int64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    return pages * ::sysconf(_SC_PAGESIZE);
}

}  // namespace

Result<> set_limits(const Setup& setup) {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return system_problem("no_new_privs");
    ::umask(077);
    [[maybe_unused]] const int niceness = ::nice(10);
    if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NOFILE, setup.files) || !limit(RLIMIT_FSIZE, setup.file_bytes) ||
        !limit(RLIMIT_MEMLOCK, 0))
        return system_problem("limits");
    if (!shadow_memory && !limit(RLIMIT_AS, address_space_now() + setup.memory_bytes))
        return system_problem("memory limit");
    // The kernel counts per user: with the host's own uid every other process of that user would count.
    if (::geteuid() == 0 && setup.user != 0 && !limit(RLIMIT_NPROC, setup.processes))
        return system_problem("process limit");
    return {};
}

}  // namespace riposte::sandbox
