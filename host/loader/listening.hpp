#pragma once

#include "loader/generation.hpp"

#include <cstdint>
#include <map>
#include <memory>

namespace riposte {

/// What one plugin is given to listen to: the text goes to the instance, which says whether it is one that it waits for,
/// so a slow pattern costs nobody else. At most `most` messages are on that way and on the way to their call; what comes
/// meanwhile is dropped and counted. [control]
class Listening {
public:
    explicit Listening(std::size_t most) : most_(most) {}

    /// `waiting` calls stand in the plugin's queue.
    void offer(const std::shared_ptr<Generation>& live, std::shared_ptr<const Message> message, std::size_t waiting);
    /// The message of which the instance says that it waits for it; null when it does not, or speaks of none.
    std::shared_ptr<const Message> answered(const Generation& generation, const Listened& answer);
    /// A message is on the way to its call until end().
    void begin() { ++under_way_; }
    void end() { --under_way_; }
    /// The instance is gone, and what it was asked about with it.
    void forget(const Generation& generation);
    void miss() { ++missed_; }
    std::int64_t missed() const { return missed_; }

private:
    struct Offered {
        std::int64_t generation = 0;
        std::shared_ptr<const Message> message;
    };

    const std::size_t most_;
    std::map<std::uint64_t, Offered> offered_;
    std::uint64_t last_number_ = 0;
    std::size_t under_way_ = 0;
    std::int64_t missed_ = 0;
};

}  // namespace riposte
