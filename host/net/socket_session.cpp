#include "net/socket_session.hpp"

#include "base/log.hpp"
#include "chat/presence.hpp"
#include "net/net_thread.hpp"
#include "net/services.hpp"
#include "protocol/events.hpp"
#include "store/store.hpp"

#include <boost/asio/redirect_error.hpp>

#include <utility>

namespace riposte {
namespace {

constexpr std::chrono::milliseconds reconnect_after{1000};  // a restart takes about this long

}  // namespace

SocketSession::SocketSession(NetThread& thread, Services& services, Request request, SocketTransport& transport)
    : thread_(thread),
      services_(services),
      transport_(&transport),
      identity_(std::move(*request.identity)),
      locale_(std::move(request.locale)),
      id_(thread.next_session++) {}

void SocketSession::enter() { thread_.hub.enter(id_, *this); }

void SocketSession::leave() {
    if (state_ == State::Gone) return;
    state_ = State::Gone;
    thread_.hub.leave(id_);
    std::vector<std::pair<RoomId, std::string>> rooms;
    for (const auto& [uri, room] : rooms_) rooms.emplace_back(room, uri);
    services_.presence.depart(identity_.user, std::move(rooms));
    transport_ = nullptr;
    if (gate_) gate_->cancel();
}

Awaitable<> SocketSession::handle(std::string frame) {
    if (auto admitted = admit_frame(); !admitted) {
        refuse(admitted.error());
        co_return;
    }
    auto parsed = parse_frame(frame);
    if (!parsed.action) {
        refuse(parsed.action.error(), parsed.ref_json, parsed.client_msg_id);
        co_return;
    }
    const bool is_hello = std::holds_alternative<HelloAction>(*parsed.action);
    if (is_hello != (state_ == State::Waiting)) {
        refuse({ErrorCode::UnknownAction, is_hello ? "hello was said already" : "the first frame must be hello"},
               parsed.ref_json);
        if (!is_hello) transport_->close(CloseCode::HelloMissing, "say hello first");
        co_return;
    }
    if (is_hello) {
        co_await join(std::get<HelloAction>(std::move(*parsed.action)));
        co_return;
    }
    std::visit([&](auto& action) { act(std::move(action), parsed.ref_json); }, *parsed.action);
    if (in_flight_ >= services_.options.actions_in_flight) co_await wait_for_room_in_flight();
}

/// As many frames as REST takes requests; what is above is thrown away, and the client told so.
Result<> SocketSession::admit_frame() {
    constexpr std::chrono::seconds window{10};
    const auto now = std::chrono::steady_clock::now();
    if (now - window_began_ > window) {
        window_began_ = now;
        frames_in_window_ = 0;
    }
    if (++frames_in_window_ <= services_.options.requests_per_10s) return {};
    const auto left = std::chrono::ceil<std::chrono::seconds>(window_began_ + window - now);
    return Problem{.code = ErrorCode::RateLimited,
                   .detail = "too many frames",
                   .retry_after_s = static_cast<std::uint32_t>(left.count())};
}

void SocketSession::deliver(const RoomLines& lines) {
    if (state_ == State::Joining) joining_->held.push_back(lines);
    else if (state_ == State::Live && !was_read(lines)) transport_->send(lines.lines);
}

void SocketSession::deliver_line(const std::string& line) {
    if (state_ == State::Joining) joining_->held_lines.push_back(line);
    else if (state_ == State::Live) send_line(line);
}

void SocketSession::deliver_ack(const std::string& line) {
    one_less_in_flight();
    if (state_ == State::Live) send_line(line);
}

void SocketSession::membership(const MembershipChanged& change) {
    if (state_ != State::Joining && state_ != State::Live) return;
    if (change.member) {
        follow(change.room, change.uri);
        spawn(thread_.io.get_executor(), "tell joined", [](auto self, std::string uri) -> Awaitable<> {
            co_await self->tell_joined(std::move(uri));
        }(shared_from_this(), change.uri));
    } else {
        unfollow(change.room, change.uri);
        deliver_line(event_line::removed(change.uri, change.actor));
    }
}

void SocketSession::close_signed_out() {
    if (state_ == State::Gone) return;
    send_line(event_line::bye(event_line::ByeReason::SignedOut, {}));
    transport_->close(CloseCode::SignedOut, "signed out");
}

void SocketSession::close_restart() {
    if (state_ == State::Gone) return;
    send_line(event_line::bye(event_line::ByeReason::Restart, reconnect_after));
    transport_->close(CloseCode::Restart, "restart");
}

void SocketSession::send_line(std::string line) {
    if (state_ == State::Gone) return;
    line += '\n';
    transport_->send(std::make_shared<const std::string>(std::move(line)));
}

void SocketSession::refuse(const Problem& problem, const std::string& ref, const std::string& client_msg_id) {
    send_line(event_line::problem(problem, ref, client_msg_id));
}

void SocketSession::follow(RoomId room, const std::string& uri) {
    thread_.hub.subscribe(id_, room);
    if (joining_) joining_->removed.erase(static_cast<std::int64_t>(room));
    if (rooms_.emplace(uri, room).second) services_.presence.arrive(identity_.user, {{room, uri}});
}

void SocketSession::unfollow(RoomId room, const std::string& uri) {
    thread_.hub.unsubscribe(id_, room);
    if (joining_) joining_->removed.insert(static_cast<std::int64_t>(room));
    if (rooms_.erase(uri) > 0) services_.presence.depart(identity_.user, {{room, uri}});
}

Awaitable<> SocketSession::tell_joined(std::string uri) {
    auto room = co_await services_.store.room(identity_.user.id, std::move(uri));
    if (room) deliver_line(event_line::joined(*room));
}

Awaitable<> SocketSession::wait_for_room_in_flight() {
    gate_ = std::make_unique<asio::steady_timer>(thread_.io, asio::steady_timer::time_point::max());
    while (state_ != State::Gone && in_flight_ >= services_.options.actions_in_flight) {
        boost::system::error_code cancelled;
        co_await gate_->async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
    gate_.reset();
}

void SocketSession::one_less_in_flight() {
    --in_flight_;
    if (gate_) gate_->cancel();
}

}  // namespace riposte
