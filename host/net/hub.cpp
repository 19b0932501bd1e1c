#include "net/hub.hpp"

#include <algorithm>

namespace riposte {
namespace {

std::int64_t key(UserId user) { return static_cast<std::int64_t>(user); }
std::int64_t key(RoomId room) { return static_cast<std::int64_t>(room); }

}  // namespace

void Hub::enter(std::uint64_t session, Participant& participant) {
    sessions_[session].participant = &participant;
    by_user_[key(participant.user())].push_back(session);
    size_.store(sessions_.size(), std::memory_order_relaxed);
}

void Hub::leave(std::uint64_t session) {
    const auto entry = sessions_.find(session);
    if (entry == sessions_.end()) return;
    for (const auto room : entry->second.rooms) {
        const auto members = by_room_.find(room);
        members->second.erase(session);
        if (members->second.empty()) by_room_.erase(members);
    }
    const auto user = by_user_.find(key(entry->second.participant->user()));
    std::erase(user->second, session);
    if (user->second.empty()) by_user_.erase(user);
    sessions_.erase(entry);
    size_.store(sessions_.size(), std::memory_order_relaxed);
}

void Hub::subscribe(std::uint64_t session, RoomId room) {
    const auto entry = sessions_.find(session);
    if (entry == sessions_.end()) return;
    entry->second.rooms.insert(key(room));
    by_room_[key(room)][session] = entry->second.participant;
}

void Hub::unsubscribe(std::uint64_t session, RoomId room) {
    const auto entry = sessions_.find(session);
    if (entry == sessions_.end() || entry->second.rooms.erase(key(room)) == 0) return;
    const auto members = by_room_.find(key(room));
    members->second.erase(session);
    if (members->second.empty()) by_room_.erase(members);
}

void Hub::deliver(const Delivery& delivery) {
    for (const auto& ack : delivery.acks) {
        if (ack.to.net_thread != net_thread_) continue;
        if (const auto entry = sessions_.find(ack.to.session); entry != sessions_.end())
            entry->second.participant->deliver_ack(ack.line);
    }
    for (const auto& item : delivery.items) std::visit([this](const auto& value) { deliver(value); }, item);
}

void Hub::deliver(const RoomLines& lines) {
    const auto members = by_room_.find(key(lines.room));
    if (members == by_room_.end()) return;
    for (const auto& [session, participant] : members->second) participant->deliver(lines);
}

void Hub::deliver(const UserLine& line) {
    for (auto* participant : participants_of(line.user)) participant->deliver_line(line.line);
}

void Hub::deliver(const EveryoneLine& line) {
    for (const auto& [session, entry] : sessions_) entry.participant->deliver_line(line.line);
}

void Hub::deliver(const MembershipChanged& change) {
    for (auto* participant : participants_of(change.user)) participant->membership(change);
}

void Hub::deliver(const SessionsEnded& ended) {
    for (auto* participant : participants_of(ended.user)) {
        const auto& token = participant->token_hash();
        if (!ended.only_token_hash.empty() && token != ended.only_token_hash) continue;
        if (!ended.except_token_hash.empty() && token == ended.except_token_hash) continue;
        participant->close_signed_out();
    }
}

void Hub::deliver(const StreamGrown& grown) {
    streams_.grow(grown);
    deliver(grown.chunk);
}

void Hub::close_all() {
    for (const auto& [session, entry] : sessions_) entry.participant->close_restart();
}

std::size_t Hub::sockets_of(UserId user) const {
    const auto sessions = by_user_.find(key(user));
    return sessions == by_user_.end() ? 0 : sessions->second.size();
}

std::vector<Participant*> Hub::participants_of(UserId user) const {
    std::vector<Participant*> participants;
    if (const auto sessions = by_user_.find(key(user)); sessions != by_user_.end())
        for (const auto session : sessions->second) participants.push_back(sessions_.at(session).participant);
    return participants;
}

}  // namespace riposte
