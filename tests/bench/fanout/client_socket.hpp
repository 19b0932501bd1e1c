#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

// The client's side of one WebSocket over a raw non-blocking descriptor, as cheap as it can be: the generator must not be
// what is measured.
namespace bench {

std::int64_t now_ns();

class ClientSocket {
public:
    /// Connects to 127.0.0.1:port and queues the upgrade. Throws std::runtime_error.
    ClientSocket(int port, const std::string& token);
    ~ClientSocket();
    ClientSocket(ClientSocket&& other) noexcept;
    ClientSocket& operator=(ClientSocket&&) = delete;

    int descriptor() const { return descriptor_; }
    bool upgraded() const { return upgraded_; }
    /// Sends one masked text frame.
    void send(std::string_view text);
    /// Reads what is there and hands each payload's pieces to `payload`; false when the peer has closed.
    bool read(const std::function<void(std::string_view piece)>& payload);

private:
    std::string_view take_header(std::string_view bytes);

    int descriptor_ = -1;
    bool upgraded_ = false;
    std::string header_;           // of a frame (or the HTTP answer) that has not come whole yet
    std::uint64_t remaining_ = 0;  // payload bytes of the current frame still to come
    bool control_ = false;         // the current frame is a ping, pong or close
};

}  // namespace bench
