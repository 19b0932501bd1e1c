#include "loader/inbox.hpp"

#include "base/log.hpp"

#include <sys/inotify.h>

#include <cerrno>
#include <cstring>

namespace riposte {
namespace {

using namespace std::chrono_literals;

constexpr auto settle = 150ms;  // an editor, cp and a linker write more than once

}  // namespace

Inbox::Inbox(asio::any_io_executor control, Deadlines& deadlines, std::function<void(std::filesystem::path)> arrived)
    : deadlines_(deadlines), arrived_(std::move(arrived)), notify_(control) {}

std::string Inbox::watch(const std::filesystem::path& folder) {
    folder_ = folder;
    std::error_code failure;
    std::filesystem::create_directories(folder, failure);
    const int file = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (file < 0) return std::string("inotify: ") + std::strerror(errno);
    notify_.assign(file);
    if (::inotify_add_watch(file, folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR) < 0)
        return folder.string() + ": " + std::strerror(errno);
    read();
    return {};
}

void Inbox::stop() {
    boost::system::error_code ignored;
    notify_.close(ignored);
    settling_.clear();
}

void Inbox::read() {
    notify_.async_read_some(asio::buffer(events_), [this, alive = std::weak_ptr(alive_)](
                                                       const boost::system::error_code& failure, std::size_t bytes) {
        if (failure || alive.expired() || !notify_.is_open()) return;
        for (std::size_t at = 0; at + sizeof(inotify_event) <= bytes;) {
            inotify_event event;
            std::memcpy(&event, events_.data() + at, sizeof event);
            if (event.len > 0) noticed(events_.data() + at + sizeof event);
            at += sizeof event + event.len;
        }
        read();
    });
}

void Inbox::noticed(const std::string& name) {
    if (name.starts_with('.') || !name.ends_with(".so")) return;
    auto& alarm = settling_.try_emplace(name, deadlines_).first->second;
    alarm.set(Deadlines::Clock::now() + settle, [this, name] {
        settling_.erase(name);
        arrived_(folder_ / name);
    });
}

}  // namespace riposte
