#pragma once

#include "loader/worker_messages.hpp"
#include "protocol/worker_frames.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace riposte::guest {

/// The guest's end of the line to its host. No thread of its own: whoever waits for something reads the socket for all
/// the others, so a call costs no hop between threads. Any thread of the plugin.
class Link {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr Clock::time_point no_end = Clock::time_point::max();
    enum class Waited { Ready, TimedOut, Closed };

    /// Owns the socket (blocking, stream). `receive` gets every message, with mutex() held.
    Link(int socket, std::function<void(ToGuest)> receive);
    ~Link();
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    /// False: the host is gone, or has given this guest up.
    bool send(const FromGuest& message);
    /// Until `ready` (asked with mutex() held), or the time, or the end of the line. `lock` holds mutex().
    Waited wait(std::unique_lock<std::mutex>& lock, Clock::time_point until, const std::function<bool()>& ready);
    /// Receives what is there without waiting.
    void poll(std::unique_lock<std::mutex>& lock) { wait(lock, Clock::time_point::min(), [] { return false; }); }
    /// Those who wait look again: something that their `ready` depends on has changed. mutex() is held.
    void wake();

    /// Guards what `receive` changes.
    std::mutex& mutex() { return mutex_; }

private:
    void read(std::unique_lock<std::mutex>& lock, Clock::time_point until);
    /// False: the time is over, or somebody called wake().
    bool readable(Clock::time_point until) const;

    int socket_;
    int wake_;  // an eventfd, written while a reader polls with a time limit
    std::function<void(ToGuest)> receive_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool reading_ = false;
    bool polling_ = false;
    bool closed_ = false;
    FrameBuffer received_;
    std::mutex sending_;
    std::string out_;  // guarded by sending_
};

}  // namespace riposte::guest
