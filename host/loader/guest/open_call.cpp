#include "loader/guest/open_call.hpp"

#include "loader/message_text.hpp"
#include "protocol/unicode.hpp"

#include <algorithm>

namespace riposte::guest {
namespace {

/// Memory that the writes of one call may hold in the host.
constexpr std::size_t most_written = 4 << 20;

}  // namespace

riposte_status message_status(std::string_view text) {
    if (text.size() > RIPOSTE_MAX_REPLY) return RIPOSTE_TOO_LARGE;
    return is_message_text(text) ? RIPOSTE_OK : RIPOSTE_INVALID;
}

riposte_status piece_status(std::string_view text) {
    if (text.size() > RIPOSTE_MAX_REPLY) return RIPOSTE_TOO_LARGE;
    const auto control = [](char c) { return (c >= 0 && c < 0x20 && c != '\n' && c != '\t') || c == 0x7f; };
    return !text.empty() && valid_utf8(text) && std::ranges::none_of(text, control) ? RIPOSTE_OK : RIPOSTE_INVALID;
}

riposte_status OpenCall::add(Kind kind, std::string_view text, std::uint32_t& index) {
    if (heard_ && kind == Kind::Ephemeral) return RIPOSTE_NOT_SUPPORTED;
    if (messages_.size() >= RIPOSTE_MAX_REPLIES) return RIPOSTE_TOO_MANY;
    if (kind != Kind::Stream)
        if (const auto status = message_status(text); status != RIPOSTE_OK) return status;
    if (const auto status = charge(text.size()); status != RIPOSTE_OK) return status;
    index = static_cast<std::uint32_t>(messages_.size());
    messages_.push_back({kind, 0});
    return RIPOSTE_OK;
}

riposte_status OpenCall::edit(std::uint32_t index, std::string_view text) {
    if (index >= messages_.size() || messages_[index].kind == Kind::Stream) return RIPOSTE_INVALID;
    if (author_only_ || messages_[index].kind == Kind::Ephemeral) return RIPOSTE_NOT_SUPPORTED;
    if (const auto status = message_status(text); status != RIPOSTE_OK) return status;
    return charge(text.size());
}

riposte_status OpenCall::append(std::uint32_t index, std::string_view text) {
    if (index >= messages_.size() || messages_[index].kind != Kind::Stream) return RIPOSTE_INVALID;
    if (const auto status = piece_status(text); status != RIPOSTE_OK) return status;
    auto& stream = messages_[index];
    if (stream.bytes + text.size() > RIPOSTE_MAX_REPLY) return RIPOSTE_TOO_LARGE;
    if (const auto status = charge(text.size()); status != RIPOSTE_OK) return status;
    stream.bytes += text.size();
    return RIPOSTE_OK;
}

riposte_status OpenCall::end_stream(std::uint32_t index) {
    if (index >= messages_.size() || messages_[index].kind != Kind::Stream) return RIPOSTE_INVALID;
    messages_[index].kind = Kind::EndedStream;
    return RIPOSTE_OK;
}

riposte_status OpenCall::write(std::size_t bytes) {
    if (writes_ >= RIPOSTE_MAX_WRITES || written_ + bytes > most_written) return RIPOSTE_TOO_MANY;
    ++writes_;
    written_ += bytes;
    return RIPOSTE_OK;
}

riposte_status OpenCall::charge(std::size_t bytes) {
    bytes = std::max(bytes, least_output);
    if (output_ + bytes > RIPOSTE_MAX_OUTPUT) return RIPOSTE_TOO_MANY;
    output_ += bytes;
    return RIPOSTE_OK;
}

}  // namespace riposte::guest
