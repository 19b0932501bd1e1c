#pragma once

#include "protocol/committed.hpp"
#include "protocol/types.hpp"

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// What the server says over a socket besides a room's own events (protocol/json.hpp writes those). Each function makes
// one line of JSON without its line feed.
namespace riposte::event_line {

struct Hello {
    std::string build;  // "0.1.0+hash"
    Me me;
    std::vector<Room> rooms;
    std::vector<Invocation> invocations;  // open, and those ended within 10 minutes
    std::uint64_t catalogue_version = 0;
    std::map<std::string, std::vector<std::string>> present;  // uri -> names
    std::int64_t file_bytes = 0;                              // of the largest upload; 0: none are taken
};

struct Gap {
    std::string room;
    Seq from = 0;  // first missed
    Seq to = 0;    // last missed
    std::int64_t unread = 0;
    std::int64_t mentions = 0;
};

enum class ByeReason : std::uint8_t { Restart, Slow, SignedOut };

std::string hello(const Hello& hello);
std::string gap(const Gap& gap);
std::string live();
std::string pong();
/// The end of a post: an ack, or the problem with its client_msg_id.
std::string ack(const Ack& ack);
std::string done(std::string_view ref_json);
/// `ref_json` and `client_msg_id` are left out when empty.
std::string problem(const Problem& problem, std::string_view ref_json = {}, std::string_view client_msg_id = {});
std::string invocation(const Invocation& invocation);
std::string ephemeral(const EphemeralPosted& posted);
/// `offset` counts the bytes that came before.
std::string stream(std::string_view room, const MessageId& message, std::size_t offset, std::string_view text);
std::string presence(std::string_view room, const std::vector<std::string>& joined,
                     const std::vector<std::string>& left);
std::string typing(std::string_view room, const std::vector<std::string>& names);
std::string joined(const Room& room);
std::string removed(std::string_view room, std::string_view by);
std::string catalogue(std::uint64_t version);
std::string read(const ReadMarkMoved& mark);
std::string my_room(const Room& room);
std::string bye(ByeReason reason, std::chrono::milliseconds retry_after);

}  // namespace riposte::event_line
