#include "loader/guest/link.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace riposte::guest {

Link::Link(int socket, std::function<void(ToGuest)> receive)
    : socket_(socket), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), receive_(std::move(receive)) {
    received_.allow(state_frame_bytes);
}

Link::~Link() {
    ::close(socket_);
    ::close(wake_);
}

bool Link::send(const FromGuest& message) {
    const std::lock_guard lock(sending_);
    out_.clear();
    encode(message, out_);
    std::string_view rest = out_;
    while (!rest.empty()) {
        const auto sent = ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return false;
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

Link::Waited Link::wait(std::unique_lock<std::mutex>& lock, Clock::time_point until,
                        const std::function<bool()>& ready) {
    for (bool looked = false;; looked = true) {
        if (ready()) return Waited::Ready;
        if (closed_) return Waited::Closed;
        if (looked && until != no_end && Clock::now() >= until) return Waited::TimedOut;
        if (!reading_) read(lock, until);
        else if (until == no_end) changed_.wait(lock);
        else changed_.wait_until(lock, until);
    }
}

void Link::wake() {
    changed_.notify_all();
    const std::uint64_t one = 1;
    if (polling_) [[maybe_unused]]
        const auto written = ::write(wake_, &one, sizeof one);
}

void Link::read(std::unique_lock<std::mutex>& lock, Clock::time_point until) {
    reading_ = true;
    polling_ = until != no_end;
    const auto space = received_.space(64 << 10);
    lock.unlock();
    ssize_t received = -1;
    errno = EAGAIN;
    if (until == no_end || readable(until)) received = ::recv(socket_, space.data(), space.size(), 0);
    const int failure = errno;
    lock.lock();
    reading_ = polling_ = false;

    if (received > 0) received_.received(static_cast<std::size_t>(received));
    else if (received == 0 || (failure != EAGAIN && failure != EINTR)) closed_ = true;
    while (const auto frame = received_.next()) {
        if (auto message = decode_to_guest(frame->type, frame->payload)) receive_(std::move(*message));
        else closed_ = true;
    }
    if (!received_.violation().empty()) closed_ = true;
    changed_.notify_all();
}

bool Link::readable(Clock::time_point until) const {
    using std::chrono::milliseconds;
    const auto left = std::chrono::ceil<milliseconds>(std::max(until, Clock::now()) - Clock::now());
    pollfd files[] = {{socket_, POLLIN, 0}, {wake_, POLLIN, 0}};
    ::poll(files, 2, static_cast<int>(std::min(left, milliseconds(60'000)).count()));
    std::uint64_t ignored = 0;
    if (files[1].revents != 0) [[maybe_unused]]
        const auto cleared = ::read(wake_, &ignored, sizeof ignored);
    return files[0].revents != 0;
}

}  // namespace riposte::guest
