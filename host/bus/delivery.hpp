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

using DeliveryItem = std::variant<RoomLines, UserLine, EveryoneLine, MembershipChanged, SessionsEnded>;

/// What a [net] thread hands to its sessions at one wake-up: all acks first, then the items in order. Immutable and
/// shared by all [net] threads.
struct Delivery {
    std::vector<AckLine> acks;
    std::vector<DeliveryItem> items;
};

}  // namespace riposte
