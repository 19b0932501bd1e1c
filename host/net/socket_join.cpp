// From hello to live: subscribe, then read, then drop what was read by seq. No hole, no double.
#include "net/socket_session.hpp"

#include "base/clock.hpp"
#include "chat/presence.hpp"
#include "net/net_thread.hpp"
#include "net/services.hpp"
#include "protocol/events.hpp"
#include "protocol/json.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <utility>

namespace riposte {
namespace {

constexpr int missed_limit = 200;                      // events; more become a summary
constexpr Timestamp recent_outcomes_ms = 10 * 60'000;  // outcomes told to who was away

std::string lines_of(const std::vector<Event>& events) {
    std::string lines;
    for (const auto& event : events) {
        append_json(lines, event);
        lines += '\n';
    }
    return lines;
}

}  // namespace

Awaitable<> SocketSession::join(HelloAction hello) {
    const auto self = shared_from_this();
    state_ = State::Joining;
    joining_ = std::make_unique<Joining>();
    if (!hello.locale.empty()) locale_ = hello.locale;
    time_zone_ = hello.time_zone;

    // The session may have ended after the upgrade was allowed and before this socket could hear of it.
    const auto session = co_await services_.store.session(identity_.token_hash);
    if (state_ == State::Gone) co_return;
    if (!session && session.error().code == ErrorCode::Unauthenticated) co_return close_signed_out();

    const bool followed = co_await follow_rooms();
    if (!followed || state_ == State::Gone) co_return;
    const bool greeted = co_await say_hello(hello);
    if (greeted && state_ != State::Gone) go_live();
}

/// False when the store refused; the problem has been told.
Awaitable<bool> SocketSession::follow_rooms() {
    auto rooms = co_await services_.store.rooms_of(identity_.user.id);
    if (state_ == State::Gone) co_return false;
    if (!rooms) {
        refuse(rooms.error());
        transport_->close(CloseCode::Restart, "try again");
        co_return false;
    }
    for (const auto& room : *rooms)
        if (!joining_->removed.contains(static_cast<std::int64_t>(room.id))) follow(room.id, room.uri);
    co_return true;
}

Awaitable<bool> SocketSession::say_hello(const HelloAction& hello) {
    auto rooms = co_await services_.store.rooms_of(identity_.user.id);
    auto me = co_await services_.store.me(identity_.user.id);
    auto invocations = co_await services_.store.invocations_of(identity_.user.id, now_ms() - recent_outcomes_ms);
    if (state_ == State::Gone) co_return false;
    if (!rooms || !me || !invocations) {
        refuse(!rooms ? rooms.error() : !me ? me.error() : invocations.error());
        transport_->close(CloseCode::Restart, "try again");
        co_return false;
    }
    std::vector<RoomId> ids;
    for (const auto& room : *rooms) ids.push_back(room.id);
    auto present = co_await services_.presence.present(std::move(ids));
    if (state_ == State::Gone) co_return false;

    send_line(event_line::hello({.build = services_.options.build,
                                 .me = *me,
                                 .rooms = *rooms,
                                 .invocations = *invocations,
                                 .catalogue_version = thread_.catalogue->version(),
                                 .present = std::move(present),
                                 .file_bytes = services_.options.file_bytes}));
    for (const auto& room : *rooms) {
        note_read(room.id, room.last_seq);
        const auto known = hello.rooms.find(room.uri);
        if (known == hello.rooms.end() || known->second >= room.last_seq) continue;
        const bool still_here = co_await catch_up(room, known->second);
        if (!still_here) co_return false;
    }
    co_return true;
}

/// What the room did since `last_seen`: the events themselves, or a summary. False when the socket is gone.
Awaitable<bool> SocketSession::catch_up(Room room, Seq last_seen) {
    if (room.last_seq - last_seen > missed_limit) {
        auto missed = co_await services_.store.missed(identity_.user.id, room.uri, last_seen);
        if (state_ == State::Gone) co_return false;
        if (!missed) co_return true;  // removed meanwhile: membership() tells it
        note_read(room.id, missed->last_seq);
        send_line(event_line::gap({.room = room.uri,
                                   .from = last_seen + 1,
                                   .to = missed->last_seq,
                                   .unread = missed->unread,
                                   .mentions = missed->mentions}));
        co_return true;
    }
    auto page = co_await services_.store.events(identity_.user.id, room.uri, last_seen, 2 * missed_limit);
    if (state_ == State::Gone) co_return false;
    if (!page || page->events.empty()) co_return true;
    note_read(room.id, page->events.back().seq);
    thread_.hub.streams().complete(page->events);
    transport_->send(std::make_shared<const std::string>(lines_of(page->events)));
    co_return true;
}

void SocketSession::go_live() {
    const auto joining = std::move(joining_);
    state_ = State::Live;
    send_line(event_line::live());
    for (const auto& line : joining->held_lines) send_line(line);
    for (const auto& held : joining->held) deliver(held);
}

void SocketSession::note_read(RoomId room, Seq seq) {
    const auto known = std::ranges::find(read_up_to_, room, &std::pair<RoomId, Seq>::first);
    if (known == read_up_to_.end()) read_up_to_.emplace_back(room, seq);
    else known->second = seq;
}

/// A batch is one transaction, which a reader sees whole or not at all: no batch is read in part.
bool SocketSession::was_read(const RoomLines& lines) {
    if (read_up_to_.empty() || lines.last == 0) return false;
    const auto known = std::ranges::find(read_up_to_, lines.room, &std::pair<RoomId, Seq>::first);
    if (known == read_up_to_.end()) return false;
    if (lines.last <= known->second) return true;
    read_up_to_.erase(known);
    return false;
}

}  // namespace riposte
