#include "loader/command_queue.hpp"

#include <algorithm>

namespace riposte {

bool CommandQueue::has_place_for(const Call& call) const {
    if (call.request.origin == Origin::Timer) return true;
    if (waiting_.size() >= most_waiting_) return false;
    const auto person = people_.find(call.request.caller.id);
    return person == people_.end() || person->second.open < most_of_one_;
}

void CommandQueue::push(std::shared_ptr<Call> call) {
    ++people_[call->request.caller.id].open;
    open_[call->request.invocation.id] = call;
    waiting_.push_back(std::move(call));
}

std::shared_ptr<Call> CommandQueue::take() {
    if (waiting_.empty()) return nullptr;
    const auto next = std::ranges::min_element(
        waiting_, {}, [&](const auto& call) { return people_[call->request.caller.id].last_turn; });
    auto call = std::move(*next);
    waiting_.erase(next);
    people_[call->request.caller.id].last_turn = ++turns_;
    return call;
}

std::shared_ptr<Call> CommandQueue::find(InvocationId invocation) const {
    const auto found = open_.find(invocation);
    return found == open_.end() ? nullptr : found->second;
}

void CommandQueue::remove(const Call& call) {
    const auto id = call.request.invocation.id;
    if (open_.erase(id) == 0) return;
    const auto waited =
        std::ranges::find_if(waiting_, [&](const auto& other) { return other->request.invocation.id == id; });
    if (waited != waiting_.end()) waiting_.erase(waited);
    if (--people_[call.request.caller.id].open == 0) people_.erase(call.request.caller.id);
}

}  // namespace riposte
