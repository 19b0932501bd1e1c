#include "net/streams.hpp"

namespace riposte {

void Streams::complete(std::vector<Message>& messages) const {
    if (texts_.empty()) return;
    for (auto& message : messages) complete(message);
}

void Streams::complete(std::vector<Event>& events) const {
    if (texts_.empty()) return;
    for (auto& event : events)
        if (event.message) complete(*event.message);
}

void Streams::complete(Message& message) const {
    if (message.state != MessageState::Streaming || message.deleted) return;
    if (const auto growing = texts_.find(message.id); growing != texts_.end()) message.text = *growing->second;
}

}  // namespace riposte
