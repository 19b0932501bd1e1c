#pragma once

#include "bus/delivery.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace riposte {

/// Takes deliveries to one [net] thread; called from any thread, must only post.
using Subscriber = std::function<void(std::shared_ptr<const Delivery>)>;

/// Carries what was committed, and what is transient, to the [net] threads of this host.
class Bus : public CommitSink {
public:
    /// Before the store is opened; the list does not change while the host serves.
    virtual void subscribe(Subscriber subscriber) = 0;
    /// Who gives plugins what they are to hear; before the first message is stored. Called on [writer], must only post.
    virtual void listen(std::function<void(Overheard)> listener) = 0;
    /// Transient lines, each without its '\n'. Any thread; not ordered against committed events.
    virtual void to_room(RoomId room, std::string line) = 0;
    virtual void to_user(UserId user, std::string line) = 0;
    virtual void to_everyone(std::string line) = 0;
    /// `line` is the chunk, `text` the whole message so far.
    virtual void stream_grown(RoomId room, MessageId message, std::string line, std::string text) = 0;
    virtual void stream_ended(MessageId message) = 0;
    /// A post that was refused before it reached the store.
    virtual void to_socket(Ack refusal) = 0;
};

std::unique_ptr<Bus> make_local_bus();

}  // namespace riposte
