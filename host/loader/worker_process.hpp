#pragma once

#include "base/async.hpp"
#include "base/result.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace riposte {

/// A child process `riposte worker`. It ends with this object, with the thread that spawned it, or by itself. [control]
class WorkerProcess : public std::enable_shared_from_this<WorkerProcess> {
public:
    /// What a child inherits; none of the files is closed here.
    struct Inherited {
        int socket;   // becomes its worker_socket
        int tickets;  // becomes its worker_tickets
        int output;   // becomes its stdout
        int errors;   // becomes its stderr
    };
    /// Call from a thread that lives as long as the host: the child dies with it.
    static Result<std::shared_ptr<WorkerProcess>> spawn(asio::any_io_executor control,
                                                        const std::filesystem::path& executable, Inherited inherited);
    WorkerProcess(asio::any_io_executor control, pid_t pid, int pid_file);
    ~WorkerProcess();

    /// Calls `ended` once, when the process is gone: "SIGSEGV", "exit status 3".
    void watch(std::function<void(std::string how)> ended);
    void kill();
    pid_t pid() const { return pid_; }

private:
    std::string reap();

    pid_t pid_;
    bool reaped_ = false;
    asio::posix::stream_descriptor pid_file_;
};

}  // namespace riposte
