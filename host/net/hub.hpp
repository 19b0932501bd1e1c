#pragma once

#include "base/async.hpp"
#include "bus/delivery.hpp"
#include "net/streams.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace riposte {

/// A socket as its hub knows it. [net] None of these calls blocks, and none leaves the hub before it returns: a socket
/// ends by itself later, so the hub may call while it walks its lists.
class Participant {
public:
    virtual ~Participant() = default;
    virtual UserId user() const = 0;
    virtual const std::string& token_hash() const = 0;
    /// A full outbox closes the socket.
    virtual void deliver(const RoomLines& lines) = 0;
    virtual void deliver_line(const std::string& line) = 0;  // without its '\n'
    /// The answer to one of its own posts: one action less in flight.
    virtual void deliver_ack(const std::string& line) = 0;
    virtual void membership(const MembershipChanged& change) = 0;
    virtual void close_signed_out() = 0;
    virtual void close_restart() = 0;
};

/// Who of this [net] thread's sockets gets what: room -> sockets, user -> sockets. Touched by one thread only.
class Hub {
public:
    /// `net_thread`: whose acks are this hub's.
    explicit Hub(std::uint32_t net_thread) : net_thread_(net_thread) {}

    /// Known by user from now on; `session` is unique on this thread.
    void enter(std::uint64_t session, Participant& participant);
    void leave(std::uint64_t session);
    void subscribe(std::uint64_t session, RoomId room);
    void unsubscribe(std::uint64_t session, RoomId room);

    void deliver(const Delivery& delivery);
    /// The host stops: every socket is told to come back.
    void close_all();
    /// Sockets that are in. Any thread.
    std::size_t size() const { return size_.load(std::memory_order_relaxed); }
    std::size_t sockets_of(UserId user) const;
    const Streams& streams() const { return streams_; }

private:
    struct Entry {
        Participant* participant = nullptr;
        std::unordered_set<std::int64_t> rooms;
    };

    void deliver(const RoomLines& lines);
    void deliver(const UserLine& line);
    void deliver(const EveryoneLine& line);
    void deliver(const MembershipChanged& change);
    void deliver(const SessionsEnded& ended);
    void deliver(const StreamGrown& grown);
    void deliver(const StreamEnded& ended) { streams_.end(ended.message); }
    std::vector<Participant*> participants_of(UserId user) const;

    const std::uint32_t net_thread_;
    Streams streams_;
    std::unordered_map<std::uint64_t, Entry> sessions_;
    std::atomic<std::size_t> size_{0};  // of sessions_
    std::unordered_map<std::int64_t, std::vector<std::uint64_t>> by_user_;
    std::unordered_map<std::int64_t, std::unordered_map<std::uint64_t, Participant*>> by_room_;
};

}  // namespace riposte
