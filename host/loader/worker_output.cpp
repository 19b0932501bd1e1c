#include "loader/worker_output.hpp"

namespace riposte {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_output_line = 4 << 10;
constexpr std::size_t bytes_between_pauses = 100 << 10;
constexpr auto length_of_pause = 100ms;

}  // namespace

void WorkerOutput::follow(asio::any_io_executor control, int pipe, std::function<void(std::string)> line) {
    std::make_shared<WorkerOutput>(control, pipe, std::move(line))->read();
}

WorkerOutput::WorkerOutput(asio::any_io_executor control, int pipe, std::function<void(std::string)> line)
    : pipe_(control, pipe), pause_(control), line_(std::move(line)) {
    pipe_.non_blocking(true);
}

void WorkerOutput::read() {
    pipe_.async_read_some(asio::buffer(buffer_),
                          [self = shared_from_this()](const boost::system::error_code& failure, std::size_t bytes) {
                              if (failure) return self->end();
                              self->received(bytes);
                              if (self->since_pause_ < bytes_between_pauses) self->read();
                              else self->rest();
                          });
}

void WorkerOutput::rest() {
    since_pause_ = 0;
    pause_.expires_after(length_of_pause);
    pause_.async_wait([self = shared_from_this()](const boost::system::error_code&) { self->read(); });
}

void WorkerOutput::received(std::size_t bytes) {
    since_pause_ += bytes;
    for (std::size_t i = 0; i < bytes; ++i) {
        if (buffer_[i] != '\n') begun_ += buffer_[i];
        if (buffer_[i] == '\n' || begun_.size() >= longest_output_line) line_(std::exchange(begun_, {}));
    }
}

void WorkerOutput::end() {
    if (!begun_.empty()) line_(std::exchange(begun_, {}));
}

}  // namespace riposte
