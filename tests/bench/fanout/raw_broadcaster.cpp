// raw_broadcaster PORT: the ceiling. Raw epoll, stores nothing, checks nothing: whatever text frame one socket sends is
// acknowledged and goes to all, as lines as long as the product's own, gathered into one frame per wake-up.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <unordered_map>

namespace {

struct Connection {
    bool upgraded = false;
    std::string in;
    std::string out;  // what the kernel would not take yet
};

// As the product writes it: a post event with a text of 100 bytes.
constexpr std::string_view event_head =
    R"({"event":"post","room":"bench-room","seq":1000,"message":{"id":"01932b7e-7d5c-7a3a-9c1e-3f2a91c0ffee","room":"bench-room","seq":1000,"author":{"name":"bench0","display_name":"bench0","bot":false,"admin":false},"text":")";
constexpr std::string_view event_tail =
    R"(","created_at":1764025363000,"edited_at":null,"deleted":false,"reply_to":null,"invocation":null,"client_msg_id":"b12345-1000","state":"posted","command":false}})"
    "\n";
constexpr std::string_view ack_line =
    R"({"event":"ack","client_msg_id":"b12345-1000","id":"01932b7e-7d5c-7a3a-9c1e-3f2a91c0ffee","seq":1000,"room":"bench-room"})"
    "\n";

std::string frame(std::string_view payload) {
    std::string out(1, '\x81');
    if (payload.size() < 126) {
        out += static_cast<char>(payload.size());
    } else if (payload.size() < 65536) {
        out += static_cast<char>(126);
        out += static_cast<char>(payload.size() >> 8);
        out += static_cast<char>(payload.size());
    } else {
        out += static_cast<char>(127);
        for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(payload.size() >> shift);
    }
    out += payload;
    return out;
}

class Broadcaster {
public:
    explicit Broadcaster(int port) : epoll_(epoll_create1(0)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        const int one = 1;
        ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
            ::listen(listener_, 4096) != 0)
            std::exit(1);
        watch(listener_, EPOLLIN);
    }

    [[noreturn]] void run() {
        for (;;) {
            epoll_event events[256];
            const int ready = epoll_wait(epoll_, events, 256, -1);
            for (int i = 0; i < ready; ++i) {
                if (events[i].data.fd == listener_) accept();
                else if ((events[i].events & EPOLLOUT) != 0) flush(events[i].data.fd);
                else read(events[i].data.fd);
            }
            broadcast();
        }
    }

private:
    void watch(int descriptor, std::uint32_t what) {
        epoll_event event{};
        event.events = what;
        event.data.fd = descriptor;
        if (epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event) != 0)
            epoll_ctl(epoll_, EPOLL_CTL_MOD, descriptor, &event);
    }

    void accept() {
        const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK);
        if (descriptor < 0) return;
        const int one = 1;
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        connections_[descriptor];
        watch(descriptor, EPOLLIN);
    }

    void read(int descriptor) {
        auto& connection = connections_[descriptor];
        char buffer[65536];
        const auto received = ::read(descriptor, buffer, sizeof buffer);
        if (received <= 0) {
            if (received < 0 && errno == EAGAIN) return;
            ::close(descriptor);
            connections_.erase(descriptor);
            return;
        }
        connection.in.append(buffer, static_cast<std::size_t>(received));
        if (!connection.upgraded) {
            const auto end = connection.in.find("\r\n\r\n");
            if (end == std::string::npos) return;
            connection.in.erase(0, end + 4);
            connection.upgraded = true;
            send(descriptor, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
        }
        while (take_frame(descriptor, connection)) {}
    }

    bool take_frame(int descriptor, Connection& connection) {
        const auto& in = connection.in;
        if (in.size() < 6) return false;
        std::size_t length = static_cast<unsigned char>(in[1]) & 0x7fU;
        std::size_t header = 6;
        if (length == 126) {
            if (in.size() < 8) return false;
            length =
                static_cast<std::size_t>(static_cast<unsigned char>(in[2])) << 8 | static_cast<unsigned char>(in[3]);
            header = 8;
        }
        if (in.size() < header + length) return false;
        const std::string_view payload(in.data() + header, length);
        if (payload.find("\"hello\"") != std::string_view::npos) {
            send(descriptor, frame("{\"event\":\"live\"}\n"));
        } else {
            const auto text = payload.find("@t=");
            lines_ += event_head;
            lines_ += payload.substr(text, 100);
            lines_ += event_tail;
            acks_[descriptor] += ack_line;
        }
        connection.in.erase(0, header + length);
        return true;
    }

    void broadcast() {
        if (lines_.empty()) return;
        for (const auto& [descriptor, acks] : acks_) send(descriptor, frame(acks));
        const auto shared = frame(lines_);
        for (auto& [descriptor, connection] : connections_) send(descriptor, shared);
        lines_.clear();
        acks_.clear();
    }

    void send(int descriptor, std::string_view bytes) {
        auto& connection = connections_[descriptor];
        if (!connection.out.empty()) {
            connection.out += bytes;
            return;
        }
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        const auto done = written > 0 ? static_cast<std::size_t>(written) : 0;
        if (done == bytes.size()) return;
        connection.out = bytes.substr(done);
        watch(descriptor, EPOLLIN | EPOLLOUT);
    }

    void flush(int descriptor) {
        auto& connection = connections_[descriptor];
        const auto written = ::write(descriptor, connection.out.data(), connection.out.size());
        if (written > 0) connection.out.erase(0, static_cast<std::size_t>(written));
        if (connection.out.empty()) watch(descriptor, EPOLLIN);
    }

    int epoll_;
    int listener_;
    std::unordered_map<int, Connection> connections_;
    std::string lines_;
    std::unordered_map<int, std::string> acks_;
};

}  // namespace

int main(int argc, char** argv) {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    Broadcaster(argc > 1 ? std::atoi(argv[1]) : 0).run();
}
