#pragma once

#include "loader/generation.hpp"

#include <deque>
#include <functional>
#include <map>
#include <memory>

namespace riposte {

/// The calls of one plugin: those that wait, in order, and how many each person has open. [control]
class CommandQueue {
public:
    CommandQueue(std::size_t most_waiting, std::size_t most_of_one)
        : most_waiting_(most_waiting), most_of_one_(most_of_one) {}

    /// `ahead` more of them wait elsewhere. A timer is nobody's impatience: only people are limited.
    bool has_place_for(const Call& call, std::size_t ahead) const;
    std::size_t waiting() const { return waiting_.size() + put_back_.size(); }
    std::size_t open() const { return open_.size(); }

    void push(std::shared_ptr<Call> call);
    /// The next in turn of those that `may` be taken: of the people who wait, the one whose last turn is longest ago.
    /// Null when there is none.
    std::shared_ptr<Call> take(const std::function<bool(const Call&)>& may);
    std::shared_ptr<Call> take() {
        return take([](const Call&) { return true; });
    }
    /// They had been taken, but could not begin: they come before all others.
    void put_back(std::vector<std::shared_ptr<Call>> calls);
    std::shared_ptr<Call> find(InvocationId invocation) const;
    /// No longer open, whether it waited or ran.
    void remove(const Call& call);

private:
    struct Person {
        std::size_t open = 0;
        std::uint64_t last_turn = 0;  // 0: none of the open ones has run
    };

    std::size_t most_waiting_;
    std::size_t most_of_one_;
    std::deque<std::shared_ptr<Call>> waiting_;
    std::deque<std::shared_ptr<Call>> put_back_;  // come first
    std::map<InvocationId, std::shared_ptr<Call>> open_;
    std::map<UserId, Person> people_;
    std::uint64_t turns_ = 0;
};

}  // namespace riposte
