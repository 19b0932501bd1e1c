#pragma once

#include "base/async.hpp"
#include "net/http.hpp"
#include "net/hub.hpp"
#include "protocol/actions.hpp"

#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace riposte {

struct NetThread;
struct Services;

/// Why the server ends a socket: WebSocket close codes (RFC 6455 7.4; 4000 and up are ours).
enum class CloseCode : std::uint16_t { Restart = 1012, SignedOut = 4001, HelloMissing = 4002, Slow = 4008 };

/// Where a session's lines go. Implemented over Beast by websocket_session.cpp. [net]
class SocketTransport {
public:
    virtual ~SocketTransport() = default;
    /// Queues for writing; a full outbox ends the socket with CloseCode::Slow.
    virtual void send(std::shared_ptr<const std::string> lines) = 0;
    /// Ends after what is queued has been written, or after 2 s.
    virtual void close(CloseCode code, std::string reason) = 0;
};

/// One client behind one socket: its rooms, its resume, its actions. Knows nothing of WebSocket. [net]
class SocketSession final : public Participant, public std::enable_shared_from_this<SocketSession> {
public:
    /// `transport` outlives the session's last call to it: leave() is called before it goes.
    SocketSession(NetThread& thread, Services& services, Request request, SocketTransport& transport);

    /// Known to the hub from now on.
    void enter();
    /// The socket is gone.
    void leave();
    /// One frame. Returns when the next may be read: at once, or when fewer than `actions_in_flight` are open.
    Awaitable<> handle(std::string frame);
    bool live() const { return state_ == State::Live; }

    UserId user() const override { return identity_.user.id; }
    const std::string& token_hash() const override { return identity_.token_hash; }
    void deliver(const RoomLines& lines) override;
    void deliver_line(const std::string& line) override;
    void deliver_ack(const std::string& line) override;
    void membership(const MembershipChanged& change) override;
    void close_signed_out() override;
    void close_restart() override;

private:
    enum class State : std::uint8_t { Waiting, Joining, Live, Gone };

    // socket_join.cpp
    Awaitable<> join(HelloAction hello);
    Awaitable<bool> follow_rooms();
    Awaitable<bool> say_hello(const HelloAction& hello);
    Awaitable<bool> catch_up(Room room, Seq last_seen);
    void go_live();
    void note_read(RoomId room, Seq seq);
    bool was_read(const RoomLines& lines);

    // socket_actions.cpp
    void act(HelloAction action, std::string ref);
    void act(PostAction action, std::string ref);
    void act(EditAction action, std::string ref);
    void act(DeleteAction action, std::string ref);
    void act(ReactAction action, std::string ref);
    void act(ReadAction action, std::string ref);
    void act(TypingAction action, std::string ref);
    void act(CancelAction action, std::string ref);
    void act(PingAction action, std::string ref);
    void start(std::string_view name, std::string ref, Awaitable<Result<>> action);

    void send_line(std::string line);
    void refuse(const Problem& problem, const std::string& ref = {}, const std::string& client_msg_id = {});
    void follow(RoomId room, const std::string& uri);
    void unfollow(RoomId room, const std::string& uri);
    Awaitable<> tell_joined(std::string uri);
    Awaitable<> wait_for_room_in_flight();
    Result<> admit_frame();
    void one_less_in_flight();

    NetThread& thread_;
    Services& services_;
    SocketTransport* transport_;
    Identity identity_;
    std::string locale_;
    std::string time_zone_;
    std::uint64_t id_;
    State state_ = State::Waiting;
    int in_flight_ = 0;
    int frames_in_window_ = 0;
    std::chrono::steady_clock::time_point window_began_;
    std::unique_ptr<asio::steady_timer> gate_;  // only while the reader waits
    std::unordered_map<std::string, RoomId> rooms_;

    struct Joining {  // only between hello and live
        std::vector<RoomLines> held;
        std::vector<std::string> held_lines;
        std::unordered_set<std::int64_t> removed;
    };
    std::unique_ptr<Joining> joining_;
    // Last seq read from the store, of rooms from which nothing newer has been pushed yet. A commit can be read before it
    // is published, so what comes live may have been read.
    std::vector<std::pair<RoomId, Seq>> read_up_to_;
};

}  // namespace riposte
