#include "chat/presence.hpp"

#include "base/clock.hpp"
#include "bus/bus.hpp"
#include "protocol/events.hpp"

#include <boost/asio/co_spawn.hpp>

namespace riposte {
namespace {

constexpr std::chrono::seconds digest_interval{1};
constexpr Timestamp typing_stands_ms = 6'000;

}  // namespace

Presence::Presence(Bus& bus, asio::any_io_executor control) : bus_(bus), control_(control), timer_(control) {}

void Presence::arrive(User user, std::vector<std::pair<RoomId, std::string>> rooms) {
    asio::post(control_, [this, user = std::move(user), rooms = std::move(rooms)] {
        for (const auto& [room, uri] : rooms) {
            auto& state = rooms_[static_cast<std::int64_t>(room)];
            state.uri = uri;
            changed(room, state, user.name, 1);
        }
    });
}

void Presence::depart(User user, std::vector<std::pair<RoomId, std::string>> rooms) {
    asio::post(control_, [this, user = std::move(user), rooms = std::move(rooms)] {
        for (const auto& [room, uri] : rooms)
            if (const auto state = rooms_.find(static_cast<std::int64_t>(room)); state != rooms_.end())
                changed(room, state->second, user.name, -1);
    });
}

void Presence::typing(User user, RoomId room, std::string uri) {
    asio::post(control_, [this, user = std::move(user), room, uri = std::move(uri)] {
        auto& state = rooms_[static_cast<std::int64_t>(room)];
        state.uri = uri;
        state.typing[user.name] = now_ms() + typing_stands_ms;
        wake();
    });
}

Awaitable<std::map<std::string, std::vector<std::string>>> Presence::present(std::vector<RoomId> rooms) {
    using Names = std::map<std::string, std::vector<std::string>>;
    auto names = await_callback<Names>([this, rooms = std::move(rooms)](auto done) mutable {
        asio::post(control_, [this, rooms = std::move(rooms), done = std::move(done)]() mutable {
            Names names;
            for (const auto room : rooms) {
                const auto state = rooms_.find(static_cast<std::int64_t>(room));
                if (state == rooms_.end()) continue;
                for (const auto& [name, sockets] : state->second.sockets) names[state->second.uri].push_back(name);
            }
            done(std::move(names));
        });
    });
    co_return co_await std::move(names);
}

void Presence::stop() {
    asio::post(control_, [this] {
        stopped_ = true;
        timer_.cancel();
    });
}

void Presence::changed(RoomId, RoomState& state, const std::string& name, int difference) {
    auto& sockets = state.sockets[name];
    const bool was_here = sockets > 0;
    sockets += difference;
    const bool is_here = sockets > 0;
    if (!is_here) state.sockets.erase(name);
    if (was_here == is_here) return;
    auto& now = is_here ? state.joined : state.left;
    auto& before = is_here ? state.left : state.joined;
    if (before.erase(name) == 0) now.insert(name);  // came back within the second: nobody needs to know
    wake();
}

void Presence::wake() {
    if (ticking_ || stopped_) return;
    ticking_ = true;
    timer_.expires_after(digest_interval);
    timer_.async_wait([this](boost::system::error_code error) {
        ticking_ = false;
        if (!error) digest();
    });
}

void Presence::digest() {
    bool more = false;
    for (auto room = rooms_.begin(); room != rooms_.end();) {
        more |= tell(static_cast<RoomId>(room->first), room->second);
        const bool idle = room->second.sockets.empty() && room->second.typing.empty();
        room = idle ? rooms_.erase(room) : std::next(room);
    }
    if (more) wake();
}

/// True when somebody types, so that the end of it is told too.
bool Presence::tell(RoomId id, RoomState& state) {
    if (!state.joined.empty() || !state.left.empty()) {
        bus_.to_room(id, event_line::presence(state.uri, {state.joined.begin(), state.joined.end()},
                                              {state.left.begin(), state.left.end()}));
        state.joined.clear();
        state.left.clear();
    }
    std::erase_if(state.typing, [now = now_ms()](const auto& entry) { return entry.second <= now; });
    std::vector<std::string> names;
    for (const auto& [name, until] : state.typing) names.push_back(name);
    if (names != state.typing_told) {
        bus_.to_room(id, event_line::typing(state.uri, names));
        state.typing_told = std::move(names);
    }
    return !state.typing.empty();
}

}  // namespace riposte
