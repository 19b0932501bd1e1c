#pragma once

#include "base/async.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <functional>
#include <memory>
#include <string>

namespace riposte {

/// Reads a worker's stdout or stderr line by line until nobody can write there any more, also after the worker's end.
/// A worker that prints more than 1 MiB a second waits in its write(). [control]
class WorkerOutput : public std::enable_shared_from_this<WorkerOutput> {
public:
    /// Owns `pipe`, the end to read from. `line` gets each without its end; one of more than 4 KiB comes in pieces.
    static void follow(asio::any_io_executor control, int pipe, std::function<void(std::string)> line);
    WorkerOutput(asio::any_io_executor control, int pipe, std::function<void(std::string)> line);

private:
    void read();
    void rest();
    void received(std::size_t bytes);
    void end();

    asio::posix::stream_descriptor pipe_;
    asio::steady_timer pause_;
    std::function<void(std::string)> line_;
    std::string begun_;  // a line whose end has not come
    std::array<char, 4096> buffer_{};
    std::size_t since_pause_ = 0;
};

}  // namespace riposte
