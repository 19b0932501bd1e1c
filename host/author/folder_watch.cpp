#include "author/folder_watch.hpp"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace riposte {
namespace {

namespace fs = std::filesystem;

constexpr int settling_ms = 50;
constexpr std::uint32_t of_interest = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE;

bool is_left_out(const std::string& folder) {
    return folder.starts_with('.') || folder == "build" || folder == "target";
}

}  // namespace

FolderWatch::FolderWatch(const fs::path& what) : notify_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    if (notify_ < 0) throw std::runtime_error(std::string("cannot watch files: ") + std::strerror(errno));
    if (!fs::is_directory(what)) only_ = what.filename().string();
    add(only_.empty() ? what : what.parent_path());
}

FolderWatch::~FolderWatch() { ::close(notify_); }

void FolderWatch::add(const fs::path& folder) {
    const int watch = ::inotify_add_watch(notify_, folder.c_str(), of_interest);
    if (watch < 0) {
        if (errno == ENOENT) return;  // gone again
        throw std::runtime_error("cannot watch " + folder.string() + ": " + std::strerror(errno));
    }
    folders_[watch] = folder;
    if (!only_.empty()) return;
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder, failure))
        if (entry.is_directory(failure) && !is_left_out(entry.path().filename().string())) add(entry.path());
}

bool FolderWatch::counts(const std::string& name) const {
    if (!only_.empty()) return name == only_;
    const bool of_an_editor = name.starts_with('.') || name.ends_with('~') || name.starts_with('#') ||
                              name.ends_with(".swp") || name.ends_with(".tmp") || name == "4913";
    return !of_an_editor;
}

/// The last name of those that wait, "" if none counts.
std::string FolderWatch::read() {
    alignas(inotify_event) std::array<char, 8192> block;
    std::string last;
    for (;;) {
        const auto bytes = ::read(notify_, block.data(), block.size());
        if (bytes <= 0) return last;
        for (ssize_t offset = 0; offset < bytes;) {
            const auto* event = reinterpret_cast<const inotify_event*>(block.data() + offset);
            offset += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
            const std::string name = event->len > 0 ? event->name : "";
            const auto folder = folders_.find(event->wd);
            if (name.empty() || folder == folders_.end()) continue;
            const bool is_folder = (event->mask & IN_ISDIR) != 0;
            if (is_folder && only_.empty() && !is_left_out(name) && (event->mask & (IN_CREATE | IN_MOVED_TO)) != 0)
                add(folder->second / name);
            // A file that has only been created is still being written.
            if (!is_folder && counts(name) && (event->mask & IN_CREATE) == 0) last = name;
        }
    }
}

std::string FolderWatch::changed() {
    std::string last = read();
    for (pollfd waiting{notify_, POLLIN, 0}; !last.empty() && ::poll(&waiting, 1, settling_ms) > 0;)
        if (const auto name = read(); !name.empty()) last = name;
    return last;
}

}  // namespace riposte
