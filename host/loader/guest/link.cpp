#include "loader/guest/link.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace riposte::guest {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_kept = 1ms;
constexpr auto rest_after = 100ms;
constexpr std::size_t most_kept = 32 << 10;

}  // namespace

Link::Link(int socket, std::function<void(ToGuest&&)> receive)
    : socket_(socket), wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), receive_(std::move(receive)) {
    received_.allow(state_frame_bytes);
}

Link::~Link() {
    {
        const std::lock_guard lock(sending_);
        ending_ = true;
        kept_.notify_one();
    }
    if (flusher_.joinable()) flusher_.join();
    ::close(socket_);
    ::close(wake_);
}

bool Link::send(const FromGuest& message) {
    const std::lock_guard lock(sending_);
    encode(message, out_);
    return write_out();
}

bool Link::send_soon(const FromGuest& message) {
    const std::lock_guard lock(sending_);
    if (out_.empty()) kept_since_ = Clock::now();
    encode(message, out_);
    if (out_.size() > most_kept) return write_out();
    if (!flusher_.joinable() && !start_flusher()) return write_out();
    if (resting_) kept_.notify_one();
    return !broken_;
}

/// False: the plugin has used up its threads or its memory.
bool Link::start_flusher() {
    try {
        flusher_ = std::thread([this] { flush_late(); });
        return true;
    } catch (const std::system_error&) {
        return false;
    }
}

bool Link::flush() {
    const std::lock_guard lock(sending_);
    return write_out();
}

/// With sending_ held.
bool Link::write_out() {
    std::string_view rest = out_;
    while (!rest.empty() && !broken_) {
        const auto sent = ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent > 0) rest.remove_prefix(static_cast<std::size_t>(sent));
        else if (errno != EINTR) broken_ = true;
    }
    out_.clear();
    return !broken_;
}

/// Nearly always the end of its call follows a reply at once and takes it along. Calling this thread each time would
/// cost more than that saves, so while there are replies it looks by itself every millisecond.
void Link::flush_late() {
    std::unique_lock lock(sending_);
    resting_ = false;
    auto last_used = Clock::now();
    while (!ending_) {
        kept_.wait_for(lock, longest_kept);
        const auto now = Clock::now();
        if (!out_.empty()) last_used = now;
        if (!out_.empty() && now - kept_since_ >= longest_kept) write_out();
        if (now - last_used < rest_after) continue;
        resting_ = true;
        kept_.wait(lock, [&] { return !out_.empty() || ending_; });
        resting_ = false;
        last_used = Clock::now();
    }
}

Link::Waited Link::wait(std::unique_lock<std::mutex>& lock, Clock::time_point until,
                        const std::function<bool()>& ready) {
    for (bool looked = false;; looked = true) {
        if (ready()) return Waited::Ready;
        if (!looked) flush();
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
