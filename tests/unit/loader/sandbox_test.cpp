#include "loader/sandbox/sandbox.hpp"

#include <gtest/gtest.h>

#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>

namespace riposte::test {
namespace {

constexpr const char* grep = "/bin/grep";
constexpr int not_started = 100;  // and errno; grep itself says 0 or 1

/// What a process answers that has locked itself up so; its program may be started.
int locked_up(const std::function<int()>& tries) {
    const auto child = ::fork();
    if (child == 0) {
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        if (!sandbox::forbid_system_calls(false, grep)) ::_exit(99);
        ::_exit(tries());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int start(const char* program, const char* pattern) {
    const char* words[] = {"grep", "-q", pattern, "/proc/self/status", nullptr};
    const char* environment[] = {nullptr};
    ::execve(program, const_cast<char**>(words), const_cast<char**>(environment));
    return not_started + errno;
}

TEST(Sandbox, ThatBecomesAProgramStaysLockedUp) {
    EXPECT_EQ(locked_up([] { return start(grep, "^Seccomp:[[:space:]]*2"); }), 0) << "the filter outlives exec";
    EXPECT_EQ(locked_up([] { return start(grep, "^Seccomp:[[:space:]]*0"); }), 1) << "it did start";
}

TEST(Sandbox, ThatMayBecomeAProgramMayNothingElse) {
    static const char same_name_elsewhere[] = "/bin/grep";
    ASSERT_NE(static_cast<const void*>(same_name_elsewhere), static_cast<const void*>(grep));
    EXPECT_EQ(locked_up([] { return start(same_name_elsewhere, ""); }), not_started + EPERM)
        << "what it becomes has no such pointer";
    EXPECT_EQ(locked_up([] { return start("/bin/true", ""); }), not_started + EPERM);
    EXPECT_EQ(locked_up([] { return ::socket(AF_INET, SOCK_STREAM, 0) < 0 ? errno : 0; }), EPERM);
    EXPECT_EQ(locked_up([] { return ::fork() < 0 ? errno : 0; }), EPERM);
    EXPECT_EQ(locked_up([] { return ::ptrace(PTRACE_TRACEME, 0, 0, 0) < 0 ? errno : 0; }), EPERM);
}

}  // namespace
}  // namespace riposte::test
