#pragma once

#include <riposte/plugin.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace riposte::guest {

/// What one call has put out so far, held against the limits of plugin.h. The host counts again: this is for the
/// plugin, which learns of a limit by a status instead of by its end.
class OpenCall {
public:
    enum class Kind : std::uint8_t { Reply, Ephemeral, Stream, EndedStream };

    /// `heard`: nobody has given a command, so there is nobody to answer alone.
    OpenCall(bool author_only, bool heard) : author_only_(author_only), heard_(heard) {}

    /// A new message; its number within the call goes to `index`.
    riposte_status add(Kind kind, std::string_view text, std::uint32_t& index);
    riposte_status edit(std::uint32_t index, std::string_view text);
    riposte_status append(std::uint32_t index, std::string_view text);
    riposte_status end_stream(std::uint32_t index);
    riposte_status write(std::size_t bytes);

    bool begun = false;  // it no longer waits for its turn

private:
    struct Message {
        Kind kind;
        std::size_t bytes;
    };
    /// Small outputs count as this many bytes, so that a million of them is not a small flood.
    static constexpr std::size_t least_output = 64;

    riposte_status charge(std::size_t bytes);

    bool author_only_;
    bool heard_;
    std::vector<Message> messages_;
    std::size_t output_ = 0;
    std::size_t writes_ = 0;
    std::size_t written_ = 0;
};

/// OK, or what is wrong with the text of a whole message: INVALID, TOO_LARGE.
riposte_status message_status(std::string_view text);
/// The same for a piece of one, which may be blank.
riposte_status piece_status(std::string_view text);

}  // namespace riposte::guest
