#pragma once

#include "bus/delivery.hpp"
#include "protocol/types.hpp"

#include <unordered_map>
#include <vector>

namespace riposte {

/// The text so far of the messages that are growing: the store has only their beginning, so who reads one before its
/// end gets it from here. Touched by one [net] thread only.
class Streams {
public:
    void grow(const StreamGrown& grown) { texts_[grown.message] = grown.text; }
    void end(MessageId message) { texts_.erase(message); }

    /// What was read from the store, brought up to now.
    void complete(std::vector<Message>& messages) const;
    void complete(std::vector<Event>& events) const;

private:
    void complete(Message& message) const;

    std::unordered_map<MessageId, std::shared_ptr<const std::string>> texts_;
};

}  // namespace riposte
