#pragma once

#include "base/async.hpp"
#include "protocol/types.hpp"

#include <boost/asio/steady_timer.hpp>

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace riposte {

class Bus;

/// Who is here and who types, told to each room at most once a second. Its state is touched on one executor only
/// ([control]); the public calls may come from any thread.
class Presence {
public:
    Presence(Bus& bus, asio::any_io_executor control);

    /// One more, or one less, socket of a person is in these rooms.
    void arrive(User user, std::vector<std::pair<RoomId, std::string>> rooms);
    void depart(User user, std::vector<std::pair<RoomId, std::string>> rooms);
    /// The caller has checked the membership. Stands for 6 s.
    void typing(User user, RoomId room, std::string uri);
    /// Names of those present, by room URI.
    Awaitable<std::map<std::string, std::vector<std::string>>> present(std::vector<RoomId> rooms);

    void stop();

private:
    struct RoomState {
        std::string uri;
        std::map<std::string, int> sockets;       // name -> open sockets
        std::set<std::string> joined, left;       // since the last digest
        std::map<std::string, Timestamp> typing;  // name -> until
        std::vector<std::string> typing_told;
    };

    void changed(RoomId room, RoomState& state, const std::string& name, int difference);
    void wake();
    void digest();
    bool tell(RoomId id, RoomState& state);

    Bus& bus_;
    asio::any_io_executor control_;
    asio::steady_timer timer_;
    std::unordered_map<std::int64_t, RoomState> rooms_;
    bool ticking_ = false;
    bool stopped_ = false;
};

}  // namespace riposte
