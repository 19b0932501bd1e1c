#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace riposte {

/// What waits to be written to one socket. Buffers shared with other sockets are passed through untouched as long as
/// one waits alone; several are gathered into one frame. [net]
class Outbox {
public:
    /// Largest frame that is gathered, in bytes: a browser parses this much in about 1 ms.
    static constexpr std::size_t frame_bytes = 256 * 1024;

    explicit Outbox(std::size_t capacity) : capacity_(capacity) {}

    /// False when more than the capacity would wait: the reader is too slow. Nothing is added then.
    bool push(std::shared_ptr<const std::string> lines);
    bool empty() const { return head_ == waiting_.size(); }
    std::size_t bytes() const { return bytes_; }
    /// The next frame to write; the outbox must not be empty. Alive as long as the caller holds it.
    std::shared_ptr<const std::string> take_frame();
    void clear();

private:
    std::shared_ptr<const std::string> take();

    // A vector with a head costs an idle socket nothing; an empty std::deque costs 576 bytes.
    std::vector<std::shared_ptr<const std::string>> waiting_;
    std::size_t head_ = 0;
    std::size_t bytes_ = 0;
    std::size_t capacity_;
};

}  // namespace riposte
