#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

/// A server for tests that speaks the protocol of completions on a port of its own. What it says is the test's.
class ModelServer {
public:
    /// One request: its head with headers, its body, and the way to send bytes back. The connection ends with it.
    struct Exchange {
        std::string head, body;
        int socket;

        void send(const std::string& bytes) const { ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
        void stream() const { send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"); }
        void event(const std::string& data) const { send("data: " + data + "\n\n"); }
        void token(const std::string& text) const {
            event(R"({"choices":[{"index":0,"delta":{"content":")" + text + R"("},"finish_reason":null}]})");
        }
        void done() const {
            event(R"({"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})");
            event("[DONE]");
        }
        void answer(const std::string& status, const std::string& json) const {
            send("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " +
                 std::to_string(json.size()) + "\r\nConnection: close\r\n\r\n" + json);
        }
    };

    explicit ModelServer(std::function<void(const Exchange&)> serve) : serve_(std::move(serve)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, any, size) != 0 || ::listen(listener_, 16) != 0) throw std::runtime_error("no port");
        ::getsockname(listener_, any, &size);
        port_ = ntohs(address.sin_port);
        accepting_ = std::thread([this] { accept(); });
    }
    ~ModelServer() {
        ::shutdown(listener_, SHUT_RDWR);
        accepting_.join();
        for (std::thread& each : serving_) each.join();
        ::close(listener_);
    }

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }

private:
    void accept() {
        for (int socket = 0; (socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;)
            serving_.emplace_back([this, socket] {
                if (Exchange exchange = read(socket); !exchange.head.empty()) serve_(exchange);
                ::close(socket);
            });
    }

    static Exchange read(int socket) {
        std::string bytes;
        char block[4096];
        std::size_t wanted = std::string::npos;
        while (bytes.size() < wanted) {
            const auto size = ::recv(socket, block, sizeof block, 0);
            if (size <= 0) return {"", "", socket};
            bytes.append(block, static_cast<std::size_t>(size));
            const std::size_t end = bytes.find("\r\n\r\n");
            if (wanted != std::string::npos || end == std::string::npos) continue;
            const std::size_t length = bytes.find("Content-Length: ");
            wanted = end + 4 + (length < end ? std::stoul(bytes.substr(length + 16)) : 0);
        }
        const std::size_t end = bytes.find("\r\n\r\n");
        return {bytes.substr(0, end), bytes.substr(end + 4), socket};
    }

    std::function<void(const Exchange&)> serve_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::thread accepting_;
    std::vector<std::thread> serving_;
};
