#pragma once

#include "loader/worker_messages.hpp"
#include "protocol/worker_frames.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace riposte::guest {

/// The guest's end of the line to its host. No thread of its own: whoever waits for something reads the socket for all
/// the others, so a call costs no hop between threads. Any thread of the plugin.
class Link {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr Clock::time_point no_end = Clock::time_point::max();
    enum class Waited { Ready, TimedOut, Closed };

    /// Owns the socket (blocking, stream). `receive` gets every message, with mutex() held.
    Link(int socket, std::function<void(ToGuest&&)> receive);
    ~Link();
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    /// False: the host is gone, or has given this guest up.
    bool send(const FromGuest& message);
    /// The same, but up to 1 ms later: together with what is sent next, so that a reply and the end of its call are one
    /// message to the host and one waking of it.
    bool send_soon(const FromGuest& message);
    /// What send_soon() has kept back, now.
    bool flush();
    /// Until `ready` (asked with mutex() held), or the time, or the end of the line. `lock` holds mutex().
    Waited wait(std::unique_lock<std::mutex>& lock, Clock::time_point until, const std::function<bool()>& ready);
    /// Receives what is there without waiting.
    void poll(std::unique_lock<std::mutex>& lock) {
        wait(lock, Clock::time_point::min(), [] { return false; });
    }
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
    std::function<void(ToGuest&&)> receive_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool reading_ = false;
    bool polling_ = false;
    bool closed_ = false;
    FrameBuffer received_;

    bool write_out();
    bool start_flusher();
    void flush_late();

    std::mutex sending_;
    // Guarded by sending_.
    std::string out_;
    Clock::time_point kept_since_;
    bool resting_ = true;  // the flusher sleeps until it is called
    bool ending_ = false;
    bool broken_ = false;
    std::condition_variable kept_;
    std::thread flusher_;
};

}  // namespace riposte::guest
