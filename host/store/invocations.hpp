#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "protocol/replies.hpp"
#include "protocol/types.hpp"

#include <functional>
#include <string>
#include <vector>

namespace riposte {

/// Invocations and what they leave behind.
class InvocationStore {
public:
    virtual ~InvocationStore() = default;
    /// Posts an answer before the end; no message when only the author sees it. NotFound when the invocation is over.
    virtual Awaitable<Result<std::optional<Message>>> reply(BotReply reply) = 0;
    /// The bot says something that answers nothing. NotFound: no such room; NotAllowed: the plugin is not in it; RoomClosed.
    virtual Awaitable<Result<Message>> post_unasked(std::string plugin, std::string room, std::string text) = 0;
    /// What a person wrote has become a call of the plugin, which listens there: an invocation that nobody is told of, and
    /// that is forgotten if it ends without an answer. NotFound, NotAllowed.
    virtual Awaitable<Result<Invocation>> begin_heard(std::string plugin, InvocationId id, RoomId room,
                                                      MessageId message) = 0;
    /// The bot replaces the text of its own message; also the end of a stream (state becomes Posted).
    virtual Awaitable<Result<Message>> edit_reply(std::string plugin, MessageId id, std::string text) = 0;
    /// Last reply, outcome and key-value writes in one transaction; a second outcome for one invocation is NotFound. A
    /// failure in a room also stores a CommandFailed event. Queues and returns at once; `done` is called on [writer].
    virtual void finish(Outcome outcome, std::function<void(Result<Invocation>)> done) = 0;
    virtual Awaitable<Result<Invocation>> invocation(UserId author, InvocationId id) = 0;
    /// Open ones and those ended after `since`.
    virtual Awaitable<Result<std::vector<Invocation>>> invocations_of(UserId author, Timestamp since) = 0;
    /// At start, before listening: every open one becomes Failed, Interrupted. Returns how many.
    virtual Awaitable<Result<std::int64_t>> interrupt_open() = 0;
};

}  // namespace riposte
