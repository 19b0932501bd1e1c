#pragma once

#include "loader/guest_channel.hpp"
#include "loader/plugin_log_line.hpp"
#include "loader/tickets.hpp"
#include "loader/worker_process.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace riposte {

/// One running instance of a plugin, wherever it lives, and the line to it. [control]
class Instance : public std::enable_shared_from_this<Instance> {
public:
    struct Handlers {
        std::function<void(FromGuest&&)> received;
        std::function<void()> batch_ended;
        /// Once, when nothing more comes: "SIGSEGV", "exit status 0", or the reason given to kill().
        std::function<void(std::string how)> ended;
    };

    /// `said` gets each line of a worker's stdout and stderr, perhaps after its end; a thread of the host has none.
    static Result<std::shared_ptr<Instance>> start(asio::any_io_executor control,
                                                   const std::filesystem::path& executable, Isolation isolation,
                                                   std::function<void(LogSource, std::string)> said);
    Instance(asio::any_io_executor control, int socket, std::shared_ptr<Tickets> tickets);
    ~Instance();

    void open(Handlers handlers);
    void send(const ToGuest& message) { channel_->send(message); }
    void allow(std::size_t frame_bytes) { channel_->allow(frame_bytes); }
    Tickets& tickets() { return *tickets_; }
    /// By force and at once. A thread cannot be ended: it is abandoned, and whatever it asks of the host is refused.
    void kill(std::string reason);
    /// Resident memory of the process; 0 for a thread of the host.
    std::int64_t memory_bytes() const;
    /// Processor time of the process; 0 for a thread of the host.
    std::chrono::milliseconds cpu_time() const;
    /// How much of `ceiling` bytes, which are its own, the process has mapped; 0 for a thread or without a limit.
    double memory_share(std::int64_t ceiling) const;
    pid_t pid() const { return process_ ? process_->pid() : 0; }

private:
    void channel_closed(std::string violation);
    void process_ended(std::string how);
    void end_if_over();

    asio::any_io_executor control_;
    std::shared_ptr<GuestChannel> channel_;
    std::shared_ptr<Tickets> tickets_;
    std::shared_ptr<WorkerProcess> process_;  // or
    std::thread thread_;
    Handlers handlers_;
    bool line_is_over_ = false;
    bool runner_is_over_ = false;
    std::string reason_;  // of the host, before the system's
    std::string how_;
};

}  // namespace riposte
