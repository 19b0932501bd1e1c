#include "loader/sandbox/sandbox.hpp"

#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

namespace riposte::sandbox {
namespace {

/// Answered EPERM whatever the arguments. libseccomp numbers a call that this machine does not have below zero, and such
/// rules do nothing.
constexpr int forbidden[] = {
    // network; the line to the host is open already
    SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept), SCMP_SYS(accept4),
    // processes and programs
    SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(setns), SCMP_SYS(unshare), SCMP_SYS(setsid),
    SCMP_SYS(setpgid), SCMP_SYS(personality),
    // other processes
    SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(process_madvise),
    SCMP_SYS(kcmp), SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_getfd), SCMP_SYS(pidfd_send_signal), SCMP_SYS(tkill),
    SCMP_SYS(rt_sigqueueinfo), SCMP_SYS(rt_tgsigqueueinfo), SCMP_SYS(move_pages), SCMP_SYS(migrate_pages),
    SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd),
    // ways around the filter and around paths
    SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register), SCMP_SYS(bpf),
    SCMP_SYS(name_to_handle_at), SCMP_SYS(open_by_handle_at), SCMP_SYS(chroot), SCMP_SYS(pivot_root),
    // what the file rules do not cover: changing files without opening them
    SCMP_SYS(chmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(lchown), SCMP_SYS(fchownat), SCMP_SYS(setxattr),
    SCMP_SYS(lsetxattr), SCMP_SYS(removexattr), SCMP_SYS(lremovexattr), SCMP_SYS(utime), SCMP_SYS(utimes),
    SCMP_SYS(futimesat),
    // keys and shared memory that outlives a process
    SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(shmget), SCMP_SYS(shmat), SCMP_SYS(semget),
    SCMP_SYS(msgget), SCMP_SYS(mq_open),
    // the machine
    SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(move_mount), SCMP_SYS(open_tree), SCMP_SYS(fsopen), SCMP_SYS(fsconfig),
    SCMP_SYS(fsmount), SCMP_SYS(fspick), SCMP_SYS(mount_setattr), SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(reboot),
    SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(delete_module), SCMP_SYS(sethostname), SCMP_SYS(setdomainname), SCMP_SYS(settimeofday),
    SCMP_SYS(clock_settime), SCMP_SYS(adjtimex), SCMP_SYS(clock_adjtime), SCMP_SYS(iopl), SCMP_SYS(ioperm),
    SCMP_SYS(modify_ldt), SCMP_SYS(quotactl), SCMP_SYS(acct), SCMP_SYS(syslog), SCMP_SYS(fanotify_init),
    SCMP_SYS(lookup_dcookie), SCMP_SYS(vhangup)};

struct Release {
    void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;

bool deny(const Filter& filter, int call) {
    return seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
}

bool deny_if(const Filter& filter, int call, scmp_arg_cmp argument) {
    return seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), call, 1, argument) == 0;
}

/// Calling out: by IPv4 and IPv6, where that was granted.
bool deny_network(const Filter& filter, bool granted) {
    if (!granted)
        return deny(filter, SCMP_SYS(socket)) && deny(filter, SCMP_SYS(socketpair)) && deny(filter, SCMP_SYS(connect));
    for (scmp_datum_t family = 0; family < AF_INET6; ++family)
        if (family != AF_INET && !deny_if(filter, SCMP_SYS(socket), SCMP_A0(SCMP_CMP_EQ, family))) return false;
    return deny_if(filter, SCMP_SYS(socket), SCMP_A0(SCMP_CMP_GT, AF_INET6));
}

/// Threads, but no processes. clone3 hides its flags in memory: told that it does not exist, the C library uses clone.
bool deny_processes(const Filter& filter) {
    return deny_if(filter, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)) &&
           seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

/// Signals (abort), limits and priorities: its own only.
bool deny_others(const Filter& filter) {
    const auto self = static_cast<scmp_datum_t>(::getpid());
    for (const int call : {SCMP_SYS(kill), SCMP_SYS(tgkill)})
        if (!deny_if(filter, call, SCMP_A0(SCMP_CMP_NE, self))) return false;
    for (const int call : {SCMP_SYS(prlimit64), SCMP_SYS(setpriority), SCMP_SYS(sched_setscheduler),
                           SCMP_SYS(sched_setparam), SCMP_SYS(sched_setattr), SCMP_SYS(sched_setaffinity)}) {
        const auto target = call == SCMP_SYS(setpriority) ? SCMP_A1(SCMP_CMP_GT, 0) : SCMP_A0(SCMP_CMP_GT, 0);
        if (!deny_if(filter, call, target)) return false;
    }
    return true;
}

/// It dies with the host, whatever it would like.
bool deny_survival(const Filter& filter) {
    return deny_if(filter, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_SET_PDEATHSIG)) &&
           deny_if(filter, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, PR_SET_MM));
}

bool deny_programs(const Filter& filter, const char* but) {
    if (but == nullptr) return deny(filter, SCMP_SYS(execve));
    return deny_if(filter, SCMP_SYS(execve), SCMP_A0(SCMP_CMP_NE, reinterpret_cast<scmp_datum_t>(but)));
}

}  // namespace

Result<> forbid_system_calls(bool network, const char* program) {
    const Filter filter(seccomp_init(SCMP_ACT_ALLOW));
    const Problem failed{.code = ErrorCode::Internal, .detail = "seccomp: no filter"};
    if (!filter) return failed;
    for (const int call : forbidden)
        if (!deny(filter, call)) return failed;
    if (!deny_network(filter, network) || !deny_processes(filter) || !deny_programs(filter, program) ||
        !deny_others(filter) || !deny_survival(filter))
        return failed;
    if (seccomp_load(filter.get()) != 0) return system_problem("seccomp");
    return {};
}

}  // namespace riposte::sandbox
