#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

// How bytes travel between the host and a plugin's worker: frames on a stream socket, fields within a frame. Little
// endian. What the frames say is in loader/worker_messages.hpp. The other side is never trusted: every read is bounded.
namespace riposte {

/// size of what follows the header (u32) · version (u8) · type (u8) · reserved (u16, 0)
inline constexpr std::size_t frame_header_bytes = 8;
inline constexpr std::uint8_t worker_protocol_version = 1;
/// The largest usual frame: a page of keys (512 kB), a description, a call with its line.
inline constexpr std::size_t usual_frame_bytes = 1 << 20;
/// While a plugin hands over its state (16 MiB).
inline constexpr std::size_t state_frame_bytes = 17 << 20;

struct Frame {
    std::uint8_t type = 0;
    std::string_view payload;  // valid until the buffer is touched again
};

/// Appends a frame to `out`: open() leaves room for the header, close() fills it.
std::size_t open_frame(std::string& out);
void close_frame(std::string& out, std::size_t opened, std::uint8_t type);

/// Received bytes, cut into frames. A violation is final: the connection ends.
class FrameBuffer {
public:
    /// Payloads above this are a violation.
    void allow(std::size_t bytes) { largest_ = bytes; }
    /// Where the next bytes go; at least `wanted` of them fit. Ends the life of every view given before.
    std::span<char> space(std::size_t wanted);
    void received(std::size_t bytes) { end_ += bytes; }
    /// The next whole frame, none if more bytes are needed or the peer broke the protocol (see violation()).
    std::optional<Frame> next();
    /// "" or why the peer cannot be followed any more.
    const std::string& violation() const { return violation_; }

private:
    std::string bytes_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t largest_ = usual_frame_bytes;
    std::string violation_;
};

/// Writes fields one after another. Texts are a u32 length and their bytes.
class FieldWriter {
public:
    explicit FieldWriter(std::string& out) : out_(out) {}

    template <class Number>
    requires std::is_arithmetic_v<Number>
    void number(Number value) { out_.append(reinterpret_cast<const char*>(&value), sizeof value); }
    void text(std::string_view text) {
        number(static_cast<std::uint32_t>(text.size()));
        out_.append(text);
    }

private:
    std::string& out_;
};

/// Reads fields; once something is missing or out of range, ok() is false and every further read gives nothing.
class FieldReader {
public:
    explicit FieldReader(std::string_view bytes) : rest_(bytes) {}

    template <class Number>
    requires std::is_arithmetic_v<Number> Number number() {
        Number value{};
        if (const auto bytes = take(sizeof value); !bytes.empty()) std::memcpy(&value, bytes.data(), sizeof value);
        return value;
    }
    std::string_view text() { return take(number<std::uint32_t>()); }
    /// How many elements follow, each of at least one byte; so a false count cannot make anyone reserve memory.
    std::size_t count();
    void fail() { ok_ = false; }
    bool ok() const { return ok_; }
    /// Everything was there and nothing is left over.
    bool finished() const { return ok_ && rest_.empty(); }

private:
    std::string_view take(std::size_t bytes);

    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace riposte
