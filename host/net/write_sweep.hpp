#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>

namespace riposte {

/// The sockets of one [net] thread that have something to write. They are visited in turn, a few at a time, and between
/// two visits the thread takes in what has arrived: all that came for a socket while it waited goes out in one frame. So a
/// thread with too much to do writes larger frames instead of falling behind, and a large room holds up nobody else.
/// Touched by that thread only.
class WriteSweep {
public:
    class Writer {
    public:
        virtual ~Writer() = default;
        /// Its turn: begins at most one write, does not block.
        virtual void write_now() = 0;
    };

    explicit WriteSweep(boost::asio::io_context& io) : io_(io), pause_(io) {}

    /// Takes its place behind those that wait. The caller sees to it that a socket waits once only.
    void enlist(std::shared_ptr<Writer> writer);

private:
    using Clock = std::chrono::steady_clock;

    void go_on(Clock::time_point not_before);
    void visit_some();

    boost::asio::io_context& io_;
    boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, boost::asio::io_context::executor_type>
        pause_;
    std::deque<std::shared_ptr<Writer>> waiting_;
    std::size_t left_of_round_ = 0;
    Clock::duration pace_{};  // of this round
    bool under_way_ = false;
};

}  // namespace riposte
