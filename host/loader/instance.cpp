#include "loader/instance.hpp"

#include "loader/guest/guest.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace riposte {
namespace {

void live_in_thread(int socket, std::shared_ptr<Tickets> tickets) {
    guest::Guest guest(socket, std::move(tickets));
    if (const auto setup = guest.setup()) guest.run(*setup, "in-process, no sandbox");
}

}  // namespace

Result<std::shared_ptr<Instance>> Instance::start(asio::any_io_executor control,
                                                  const std::filesystem::path& executable, Isolation isolation) {
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
    auto process = WorkerProcess::spawn(control, executable, {ends[1], (*tickets)->file()});
    ::close(ends[1]);
    (*tickets)->close_file();
    if (!process) return process.error();
    instance->process_ = std::move(*process);
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

std::int64_t Instance::memory_bytes() const {
    if (!process_) return 0;
    std::int64_t size = 0;
    std::int64_t resident = 0;
    std::ifstream("/proc/" + std::to_string(process_->pid()) + "/statm") >> size >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

}  // namespace riposte
