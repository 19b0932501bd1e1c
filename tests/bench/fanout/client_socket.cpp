#include "client_socket.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <stdexcept>
#include <utility>

namespace bench {

std::int64_t now_ns() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

ClientSocket::ClientSocket(int port, const std::string& token) {
    descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw std::runtime_error("cannot connect to port " + std::to_string(port));
    const int one = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    const std::string upgrade = "GET /api/v1/socket HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                                "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer " +
                                token + "\r\n\r\n";
    if (::write(descriptor_, upgrade.data(), upgrade.size()) != static_cast<ssize_t>(upgrade.size()))
        throw std::runtime_error("cannot send the upgrade");
    ::fcntl(descriptor_, F_SETFL, O_NONBLOCK);
}

ClientSocket::~ClientSocket() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

ClientSocket::ClientSocket(ClientSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      upgraded_(other.upgraded_),
      header_(std::move(other.header_)) {}

void ClientSocket::send(std::string_view text) {
    std::string frame(1, '\x81');
    if (text.size() < 126) {
        frame += static_cast<char>(0x80 | text.size());
    } else {
        frame += static_cast<char>(0x80 | 126);
        frame += static_cast<char>(text.size() >> 8);
        frame += static_cast<char>(text.size());
    }
    frame.append(4, '\0');  // a mask of zeros leaves the text as it is
    frame += text;
    std::string_view rest = frame;
    while (!rest.empty()) {
        const auto written = ::write(descriptor_, rest.data(), rest.size());
        if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
        else if (errno != EAGAIN) throw std::runtime_error("the server closed the sender");
    }
}

bool ClientSocket::read(const std::function<void(std::string_view)>& payload) {
    static thread_local char buffer[256 * 1024];
    const auto received = ::read(descriptor_, buffer, sizeof buffer);
    if (received < 0) return errno == EAGAIN;
    if (received == 0) return false;
    std::string_view bytes(buffer, static_cast<std::size_t>(received));
    while (!bytes.empty()) {
        if (!upgraded_ || remaining_ == 0) {
            bytes = take_header(bytes);
            continue;
        }
        const auto piece = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, bytes.size())));
        bytes.remove_prefix(piece.size());
        remaining_ -= piece.size();
        if (!control_) payload(piece);
    }
    return true;
}

/// Consumes header bytes one at a time until they are whole; returns the rest.
std::string_view ClientSocket::take_header(std::string_view bytes) {
    header_ += bytes.front();
    bytes.remove_prefix(1);
    if (!upgraded_) {
        if (!header_.ends_with("\r\n\r\n")) return bytes;
        if (header_.find(" 101 ") == std::string::npos)
            throw std::runtime_error("no upgrade: " + header_.substr(0, 80));
        upgraded_ = true;
        header_.clear();
        return bytes;
    }
    if (header_.size() < 2) return bytes;
    const auto length = static_cast<unsigned char>(header_[1]) & 0x7fU;
    const std::size_t size = length < 126 ? 2 : length == 126 ? 4 : 10;
    if (header_.size() < size) return bytes;
    remaining_ = size == 2 ? length : 0;
    for (std::size_t i = 2; i < size; ++i) remaining_ = remaining_ << 8 | static_cast<unsigned char>(header_[i]);
    control_ = (static_cast<unsigned char>(header_[0]) & 8U) != 0;
    header_.clear();
    return bytes;
}

}  // namespace bench
