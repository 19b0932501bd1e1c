#pragma once

#include "bus/delivery.hpp"

#include <string>
#include <unordered_map>

namespace riposte {

/// Turns what one commit made true into one delivery: each room's events become one buffer of JSON lines, serialised
/// once, in seq order. A membership change cuts its room's buffer, so that who leaves sees nothing after, and who joins
/// nothing before.
class BatchBuilder {
public:
    void add(Committed entry);
    Delivery take();

private:
    struct OpenLines {
        std::size_t item = 0;  // its place in delivery_.items
        std::string lines;
        Seq first = 0;
        Seq last = 0;
    };

    void add(const Ack& ack);
    void add(const Event& event);
    void add(MembershipChanged change);
    void add(const InvocationChanged& changed);
    void add(const EphemeralPosted& posted);
    void add(const ReadMarkMoved& moved);
    void add(const MyRoomChanged& changed);
    void add(SessionsEnded ended);
    void add(const Overheard&) {}  // goes to no socket
    void cut(RoomId room);

    Delivery delivery_;
    std::unordered_map<std::int64_t, OpenLines> open_;
};

}  // namespace riposte
