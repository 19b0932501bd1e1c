#pragma once

#include "protocol/types.hpp"

#include <string>
#include <variant>
#include <vector>

// What one commit of the writer made true. The store fills it, the bus carries it to every [net] thread.
namespace riposte {

/// Where the acknowledgement of a socket's action goes: a session of a [net] thread.
struct AckAddress {
    std::uint32_t net_thread = 0;
    std::uint64_t session = 0;
};

/// The end of a socket's `post`. Sent before the events of the same batch.
struct Ack {
    AckAddress to;
    std::string client_msg_id;
    std::string room;  // uri
    std::optional<MessageId> id;
    Seq seq = 0;
    std::optional<InvocationId> invocation;
    bool repeated = false;
    std::optional<Problem> problem;  // refused instead
};

/// A person is now, or is no longer, a member: the [net] threads add or drop that user's sessions of the room at once.
struct MembershipChanged {
    UserId user{};
    RoomId room{};
    std::string uri;
    bool member = false;
    std::string actor;  // who did it
};

/// For every socket of one user: the state of an invocation, an ephemeral reply, a read mark.
struct InvocationChanged {
    Invocation invocation;
};
struct EphemeralPosted {
    UserId user{};
    InvocationId invocation{};
    std::string room;
    std::string plugin;
    EphemeralReply reply;
};
struct ReadMarkMoved {
    UserId user{};
    std::string room;
    Seq last_read_seq = 0;
};

/// For every socket of one user: how the room now stands for that user alone (what notifies, open reports).
struct MyRoomChanged {
    UserId user{};
    Room room;
};

/// Sessions of the user end now: signed out, password changed, disabled, deleted.
struct SessionsEnded {
    UserId user{};
    std::string only_token_hash;    // not empty: only this one ends
    std::string except_token_hash;  // not empty: this one lives on
};

/// What a person wrote in a room where these plugins listen. For them, not for sockets.
struct Overheard {
    Message message;
    std::vector<std::string> plugins;
};

using Committed = std::variant<Ack, Event, MembershipChanged, InvocationChanged, EphemeralPosted, ReadMarkMoved,
                               MyRoomChanged, SessionsEnded, Overheard>;

/// Takes what has been committed, in commit order. Called on [writer] once per transaction, after the commit and before
/// any completion of that transaction; must not block or throw.
class CommitSink {
public:
    virtual ~CommitSink() = default;
    virtual void committed(std::vector<Committed> batch) = 0;
};

}  // namespace riposte
