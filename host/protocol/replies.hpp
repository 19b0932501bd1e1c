#pragma once

#include "protocol/types.hpp"

#include <optional>
#include <string>
#include <vector>

// What a plugin's call leaves behind: made by the loader, kept by the store.
namespace riposte {

/// One change of a plugin's key-value store; no value erases the key.
struct KeyValueWrite {
    std::string key;                   // at most 512 bytes
    std::optional<std::string> value;  // at most 64 KiB
};

/// One answer of a plugin. `part` counts from 0 within the invocation and is unique.
struct BotReply {
    std::string plugin;  // posted as this plugin's bot
    RoomId room{};
    std::optional<InvocationId> invocation;  // none within an Outcome
    std::uint32_t part = 0;
    std::string text;
    CommandVisibility visibility = CommandVisibility::Room;
    MessageState state = MessageState::Posted;  // Streaming: a stream's first chunk
};

struct Outcome {
    InvocationId invocation{};
    std::optional<ErrorCode> failure;  // none: done
    std::string detail;                // the plugin's own text, with PluginFailed
    std::optional<BotReply> last_reply;
    std::vector<KeyValueWrite> writes;
};

}  // namespace riposte
