#pragma once

#include "protocol/committed.hpp"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace riposte {

/// Events of one room as JSON lines (each ends in '\n'): one buffer, shared by every session that gets it.
struct RoomLines {
    RoomId room{};
    std::shared_ptr<const std::string> lines;
    Seq first = 0;  // 0: transient (typing, presence, a stream's chunk); carries no seq
    Seq last = 0;
};

/// A line for every socket of one user.
struct UserLine {
    UserId user{};
    std::string line;
};

/// A line for every socket.
struct EveryoneLine {
    std::string line;
};

struct AckLine {
    AckAddress to;
    std::string line;
};

/// A message has grown: the chunk for those who watch, and all of its text so far for those who come late.
struct StreamGrown {
    MessageId message{};
    std::shared_ptr<const std::string> text;
    RoomLines chunk;
};

/// It grows no more, and the store has all of it.
struct StreamEnded {
    MessageId message{};
};

using DeliveryItem =
    std::variant<RoomLines, UserLine, EveryoneLine, MembershipChanged, SessionsEnded, StreamGrown, StreamEnded>;

/// What a [net] thread hands to its sessions at one wake-up: all acks first, then the items in order. Immutable and
/// shared by all [net] threads.
struct Delivery {
    std::vector<AckLine> acks;
    std::vector<DeliveryItem> items;
};

}  // namespace riposte
