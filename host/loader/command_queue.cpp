#include "loader/command_queue.hpp"

#include <algorithm>
#include <iterator>

namespace riposte {

bool CommandQueue::has_place_for(const Call& call, std::size_t ahead) const {
    if (call.request.origin != Origin::User) return true;
    if (waiting() + ahead >= most_waiting_) return false;
    const auto person = people_.find(call.request.caller.id);
    return person == people_.end() || person->second.open < most_of_one_;
}

void CommandQueue::push(std::shared_ptr<Call> call) {
    ++people_[call->request.caller.id].open;
    open_[call->request.invocation.id] = call;
    waiting_.push_back(std::move(call));
}

std::shared_ptr<Call> CommandQueue::take(const std::function<bool(const Call&)>& may) {
    if (!put_back_.empty()) {
        if (!may(*put_back_.front())) return nullptr;
        auto call = std::move(put_back_.front());
        put_back_.pop_front();
        return call;
    }
    auto next = waiting_.end();
    std::uint64_t longest_ago = 0;
    for (auto place = waiting_.begin(); place != waiting_.end(); ++place) {
        const auto turn = people_[(*place)->request.caller.id].last_turn;
        if ((next != waiting_.end() && turn >= longest_ago) || !may(**place)) continue;
        next = place;
        longest_ago = turn;
    }
    if (next == waiting_.end()) return nullptr;
    auto call = std::move(*next);
    waiting_.erase(next);
    people_[call->request.caller.id].last_turn = ++turns_;
    return call;
}

void CommandQueue::put_back(std::vector<std::shared_ptr<Call>> calls) {
    put_back_.insert(put_back_.begin(), std::move_iterator(calls.begin()), std::move_iterator(calls.end()));
}

std::shared_ptr<Call> CommandQueue::find(InvocationId invocation) const {
    const auto found = open_.find(invocation);
    return found == open_.end() ? nullptr : found->second;
}

void CommandQueue::remove(const Call& call) {
    const auto id = call.request.invocation.id;
    if (open_.erase(id) == 0) return;
    const auto is_it = [&](const auto& other) { return other.get() == &call; };
    for (auto* line : {&waiting_, &put_back_})
        if (const auto waited = std::ranges::find_if(*line, is_it); waited != line->end()) line->erase(waited);
    if (--people_[call.request.caller.id].open == 0) people_.erase(call.request.caller.id);
}

}  // namespace riposte
