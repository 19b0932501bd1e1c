#include "net/unix_socket.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace riposte {
namespace {

sockaddr_un address_of(const std::filesystem::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto text = path.string();
    if (text.size() >= sizeof address.sun_path)
        throw std::runtime_error("the path of the Unix socket is too long: " + text + "; set http.unix_socket");
    std::memcpy(address.sun_path, text.data(), text.size());
    return address;
}

int open_socket() {
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) throw std::runtime_error(std::string("no Unix socket: ") + std::strerror(errno));
    return descriptor;
}

bool answers(const sockaddr_un& address) {
    const int descriptor = open_socket();
    const bool connected = ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(descriptor);
    return connected;
}

void remove_stale(const std::filesystem::path& path, const sockaddr_un& address) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) return;
    if (!S_ISSOCK(found.st_mode))
        throw std::runtime_error(path.string() + " is there and is no socket; remove it or set http.unix_socket");
    if (answers(address))
        throw std::runtime_error("another server answers on " + path.string() + "; stop it or set http.unix_socket");
    ::unlink(path.c_str());
}

}  // namespace

UnixSocketPath::UnixSocketPath(std::filesystem::path path) : path_(std::move(path)) {
    const auto address = address_of(path_);
    remove_stale(path_, address);
    descriptor_ = open_socket();
    // Between bind and listen nobody can connect: by then only owner and group may.
    const bool bound = ::bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
                       ::chmod(path_.c_str(), 0660) == 0 && ::listen(descriptor_, SOMAXCONN) == 0;
    if (bound) return;
    const int error = errno;
    ::close(std::exchange(descriptor_, -1));
    throw std::runtime_error("cannot listen on " + path_.string() + ": " + std::strerror(error) +
                             "; make its folder writable or set http.unix_socket");
}

UnixSocketPath::~UnixSocketPath() {
    if (descriptor_ >= 0) ::close(descriptor_);
    ::unlink(path_.c_str());
}

int UnixSocketPath::listening() { return std::exchange(descriptor_, -1); }

std::string operator_behind(int descriptor) {
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) return {};
    return "uid " + std::to_string(who.uid) + ", cli";
}

}  // namespace riposte
