#include "loader/instance.hpp"

#include "loader/guest/guest.hpp"
#include "loader/worker_output.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

namespace riposte {
namespace {

void live_in_thread(int socket, std::shared_ptr<Tickets> tickets) {
    guest::Guest guest(socket, std::move(tickets));
    if (const auto setup = guest.setup()) guest.run(*setup, "in-process, no sandbox");
}

struct Memory {
    std::int64_t mapped = 0;
    std::int64_t resident = 0;
};

Memory memory_of(pid_t pid) {
    Memory pages;
    std::ifstream("/proc/" + std::to_string(pid) + "/statm") >> pages.mapped >> pages.resident;
    const auto page = ::sysconf(_SC_PAGESIZE);
    return {pages.mapped * page, pages.resident * page};
}

/// None: unlimited. Not by prlimit(): a container's root may not ask it about another user's process.
std::optional<std::int64_t> address_space_limit(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/limits");
    const std::string name = "Max address space";
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(name)) continue;
        std::int64_t bytes = 0;
        if (std::istringstream(line.substr(name.size())) >> bytes) return bytes;
    }
    return std::nullopt;
}

/// Where the output of a worker comes out. A worker starts without one rather than not at all.
struct OutputPipe {
    int ends[2] = {-1, -1};

    OutputPipe() {
        if (::pipe2(ends, O_CLOEXEC) == 0) return;
        ends[0] = -1;
        ends[1] = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    }
    OutputPipe(const OutputPipe&) = delete;
    OutputPipe& operator=(const OutputPipe&) = delete;
    ~OutputPipe() {
        for (const int end : ends)
            if (end >= 0) ::close(end);
    }
    void follow(asio::any_io_executor control, std::function<void(std::string)> line) {
        if (ends[0] >= 0) WorkerOutput::follow(control, std::exchange(ends[0], -1), std::move(line));
    }
};

}  // namespace

Result<std::shared_ptr<Instance>> Instance::start(asio::any_io_executor control,
                                                  const std::filesystem::path& executable, Isolation isolation,
                                                  std::function<void(LogSource, std::string)> said) {
    auto tickets = Tickets::make();
    if (!tickets) return tickets.error();
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return Problem{.code = ErrorCode::Internal, .detail = std::string("socketpair: ") + std::strerror(errno)};
    auto instance = std::make_shared<Instance>(control, ends[0], *tickets);
    if (isolation == Isolation::InProcess) {
        instance->thread_ = std::thread(live_in_thread, ends[1], *tickets);
        return instance;
    }
    OutputPipe output;
    OutputPipe errors;
    auto process =
        WorkerProcess::spawn(control, executable, {ends[1], (*tickets)->file(), output.ends[1], errors.ends[1]});
    ::close(ends[1]);
    (*tickets)->close_file();
    if (!process) return process.error();
    instance->process_ = std::move(*process);
    output.follow(control, [said](std::string line) { said(LogSource::Output, std::move(line)); });
    errors.follow(control, [said](std::string line) { said(LogSource::ErrorOutput, std::move(line)); });
    return instance;
}

Instance::Instance(asio::any_io_executor control, int socket, std::shared_ptr<Tickets> tickets)
    : control_(control), channel_(std::make_shared<GuestChannel>(control, socket)), tickets_(std::move(tickets)) {}

Instance::~Instance() {
    channel_->close();
    if (process_) process_->kill();
    if (thread_.joinable()) thread_.detach();
}

void Instance::open(Handlers handlers) {
    handlers_ = std::move(handlers);
    channel_->open(
        {.received = handlers_.received,
         .batch_ended = handlers_.batch_ended,
         .closed = [self = shared_from_this()](std::string violation) { self->channel_closed(std::move(violation)); }});
    if (process_)
        process_->watch([self = shared_from_this()](std::string how) { self->process_ended(std::move(how)); });
}

void Instance::kill(std::string reason) {
    if (reason_.empty()) reason_ = std::move(reason);
    channel_->close();
    line_is_over_ = true;
    if (process_) process_->kill();
    if (process_ && !runner_is_over_) return;  // its end is still to be noticed
    if (thread_.joinable()) thread_.detach();
    runner_is_over_ = true;
    asio::post(control_, [self = shared_from_this()] { self->end_if_over(); });
}

void Instance::channel_closed(std::string violation) {
    line_is_over_ = true;
    if (!violation.empty()) return kill("broke the worker protocol: " + violation);
    if (!process_) {
        how_ = "its thread ended";
        if (thread_.joinable()) thread_.join();  // closing the line was the last thing it did
        runner_is_over_ = true;
    } else {
        process_->kill();  // without its line it is of no use; nearly always it is dead already
    }
    end_if_over();
}

void Instance::process_ended(std::string how) {
    how_ = std::move(how);
    runner_is_over_ = true;
    end_if_over();
}

void Instance::end_if_over() {
    if (!line_is_over_ || !runner_is_over_) return;
    const auto handlers = std::exchange(handlers_, {});
    if (handlers.ended) handlers.ended(reason_.empty() ? how_ : reason_);
}

std::int64_t Instance::memory_bytes() const { return process_ ? memory_of(process_->pid()).resident : 0; }

double Instance::memory_share(std::int64_t ceiling) const {
    if (!process_) return 0;
    const auto limit = address_space_limit(process_->pid());
    if (!limit) return 0;
    // The limit counts what was mapped before the plugin came, and that is not the plugin's.
    const auto left = *limit - memory_of(process_->pid()).mapped;
    return 1 - static_cast<double>(left) / static_cast<double>(ceiling);
}

std::chrono::milliseconds Instance::cpu_time() const {
    if (!process_) return {};
    std::ifstream file("/proc/" + std::to_string(process_->pid()) + "/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    // After the name, which may hold anything, come the state and ten numbers before the times (proc(5)).
    std::istringstream fields(text.substr(std::min(text.size(), text.rfind(')') + 1)));
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;
    std::int64_t user = 0;
    std::int64_t system = 0;
    fields >> user >> system;
    return std::chrono::milliseconds((user + system) * 1000 / ::sysconf(_SC_CLK_TCK));
}

}  // namespace riposte
