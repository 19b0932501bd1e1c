// What a plugin's worker may send: the other end of its socket is not trusted. The first byte chooses between bytes of a
// stream, cut into arbitrary pieces, and the payload of one message.

#include "loader/worker_messages.hpp"
#include "promise.hpp"
#include "protocol/worker_frames.hpp"

#include <algorithm>
#include <cstring>

namespace riposte {
namespace {

constexpr std::size_t largest_payload = 4096;

struct Received {
    std::vector<std::pair<std::uint8_t, std::string>> frames;
    bool violated = false;

    bool operator==(const Received&) const = default;
};

/// Everything that comes out when the stream arrives in pieces of that size.
Received receive(std::string_view stream, std::size_t piece) {
    FrameBuffer buffer;
    buffer.allow(largest_payload);
    Received received;
    while (!stream.empty()) {
        const auto arriving = stream.substr(0, piece);
        stream.remove_prefix(arriving.size());
        const auto space = buffer.space(arriving.size());
        PROMISE(space.size() >= arriving.size());
        std::memcpy(space.data(), arriving.data(), arriving.size());
        buffer.received(arriving.size());
        while (const auto frame = buffer.next()) {
            PROMISE(frame->payload.size() <= largest_payload);
            received.frames.emplace_back(frame->type, frame->payload);
        }
    }
    received.violated = !buffer.violation().empty();
    return received;
}

void check_stream(std::string_view stream, std::size_t piece) {
    const auto at_once = receive(stream, stream.size() + 1);
    PROMISE(receive(stream, piece + 1) == at_once);
    for (const auto& [type, payload] : at_once.frames) {
        decode_from_guest(type, payload);
        decode_to_guest(type, payload);
    }
}

template <class Message>
std::string encoded(const Message& message) {
    std::string out;
    encode(message, out);
    return out;
}

/// What was understood is said in the same bytes ever after.
template <class Message>
void check_message(const std::optional<Message>& message,
                   std::optional<Message> (*decode)(std::uint8_t, std::string_view)) {
    if (!message) return;
    const auto written = encoded(*message);
    const auto again =
        decode(static_cast<std::uint8_t>(message->index()), std::string_view(written).substr(frame_header_bytes));
    PROMISE(again && encoded(*again) == written);
}

void check_payload(std::uint8_t type, std::string_view payload) {
    const auto from_guest = decode_from_guest(type, payload);
    check_message(from_guest, decode_from_guest);
    check_message(decode_to_guest(type, payload), decode_to_guest);
    if (!from_guest) return;
    if (const auto* reply = std::get_if<SendReply>(&*from_guest))
        PROMISE(reply->visibility <= CommandVisibility::Author);
    if (const auto* loaded = std::get_if<Loaded>(&*from_guest))
        for (const auto& command : loaded->description.commands)
            for (const auto& option : command.options) PROMISE(option.type <= OptionType::Duration);
}

}  // namespace
}  // namespace riposte

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
    if (data[0] % 2 == 0) riposte::check_stream(rest, data[1]);
    else riposte::check_payload(data[1], rest);
    return 0;
}
