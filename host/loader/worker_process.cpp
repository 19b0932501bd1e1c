#include "loader/worker_process.hpp"

#include "loader/worker_main.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

namespace riposte {
namespace {

struct SpawnActions {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;

    explicit SpawnActions(WorkerProcess::Inherited inherited) {
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&files, inherited.output, 1);
        ::posix_spawn_file_actions_adddup2(&files, inherited.errors, 2);
        ::posix_spawn_file_actions_adddup2(&files, inherited.socket, worker_socket);
        ::posix_spawn_file_actions_adddup2(&files, inherited.tickets, worker_tickets);
        ::posix_spawn_file_actions_addclosefrom_np(&files, worker_tickets + 1);

        sigset_t all;
        sigset_t none;
        ::sigfillset(&all);
        ::sigemptyset(&none);
        ::posix_spawnattr_init(&attributes);
        ::posix_spawnattr_setsigdefault(&attributes, &all);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        // Its own group: Ctrl+C at the operator's terminal is the host's to handle.
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnActions() {
        ::posix_spawn_file_actions_destroy(&files);
        ::posix_spawnattr_destroy(&attributes);
    }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;
};

Problem cannot_start(int failure) {
    return {.code = ErrorCode::Internal, .detail = std::string("cannot start a worker: ") + std::strerror(failure)};
}

}  // namespace

Result<std::shared_ptr<WorkerProcess>> WorkerProcess::spawn(asio::any_io_executor control,
                                                            const std::filesystem::path& executable,
                                                            Inherited inherited) {
    const SpawnActions actions(inherited);
    auto path = executable.string();
    char verb[] = "worker";
    char* arguments[] = {path.data(), verb, nullptr};
    char utf8[] = "LANG=C.UTF-8";
    char* environment[] = {utf8, nullptr};
    pid_t pid = 0;
    if (const int failure =
            ::posix_spawn(&pid, path.c_str(), &actions.files, &actions.attributes, arguments, environment))
        return cannot_start(failure);
    const auto file = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    if (file < 0) {
        const int failure = errno;
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
        return cannot_start(failure);
    }
    return std::make_shared<WorkerProcess>(control, pid, file);
}

WorkerProcess::WorkerProcess(asio::any_io_executor control, pid_t pid, int pid_file)
    : pid_(pid), pid_file_(control, pid_file) {}

WorkerProcess::~WorkerProcess() {
    kill();
    if (!reaped_) reap();
}

void WorkerProcess::watch(std::function<void(std::string)> ended) {
    pid_file_.async_wait(
        asio::posix::stream_descriptor::wait_read,
        [self = shared_from_this(), ended = std::move(ended)](const boost::system::error_code& failure) {
            if (!failure) ended(self->reap());
        });
}

void WorkerProcess::kill() {
    // Safe against another process under the same number: until it is reaped, the number is this child's.
    if (!reaped_) ::kill(pid_, SIGKILL);
}

std::string WorkerProcess::reap() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {}
    reaped_ = true;
    if (!WIFSIGNALED(status)) return "exit status " + std::to_string(WEXITSTATUS(status));
    const char* name = ::sigabbrev_np(WTERMSIG(status));
    return name == nullptr ? "signal " + std::to_string(WTERMSIG(status)) : std::string("SIG") + name;
}

}  // namespace riposte
