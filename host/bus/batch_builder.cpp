#include "bus/batch_builder.hpp"

#include "protocol/events.hpp"
#include "protocol/json.hpp"

#include <utility>

namespace riposte {

void BatchBuilder::add(Committed entry) {
    std::visit([this](auto& value) { add(std::move(value)); }, entry);
}

Delivery BatchBuilder::take() {
    while (!open_.empty()) cut(static_cast<RoomId>(open_.begin()->first));
    return std::move(delivery_);
}

void BatchBuilder::add(const Ack& ack) { delivery_.acks.push_back({ack.to, event_line::ack(ack)}); }

void BatchBuilder::add(const Event& event) {
    const auto [place, is_new] = open_.try_emplace(static_cast<std::int64_t>(event.room_id));
    auto& open = place->second;
    if (is_new) {
        open.item = delivery_.items.size();
        open.first = event.seq;
        delivery_.items.emplace_back(RoomLines{event.room_id, nullptr, 0, 0});
    }
    append_json(open.lines, event);
    open.lines += '\n';
    open.last = event.seq;
}

void BatchBuilder::add(MembershipChanged change) {
    cut(change.room);
    delivery_.items.emplace_back(std::move(change));
}

void BatchBuilder::add(const InvocationChanged& changed) {
    delivery_.items.emplace_back(UserLine{changed.invocation.author, event_line::invocation(changed.invocation)});
}

void BatchBuilder::add(const EphemeralPosted& posted) {
    delivery_.items.emplace_back(UserLine{posted.user, event_line::ephemeral(posted)});
}

void BatchBuilder::add(const ReadMarkMoved& moved) {
    delivery_.items.emplace_back(UserLine{moved.user, event_line::read(moved)});
}

void BatchBuilder::add(const MyRoomChanged& changed) {
    delivery_.items.emplace_back(UserLine{changed.user, event_line::my_room(changed.room)});
}

void BatchBuilder::add(SessionsEnded ended) { delivery_.items.emplace_back(std::move(ended)); }

void BatchBuilder::cut(RoomId room) {
    const auto place = open_.find(static_cast<std::int64_t>(room));
    if (place == open_.end()) return;
    auto& open = place->second;
    delivery_.items[open.item] =
        RoomLines{room, std::make_shared<const std::string>(std::move(open.lines)), open.first, open.last};
    open_.erase(place);
}

}  // namespace riposte
