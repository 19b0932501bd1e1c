#pragma once

#include "commands/arguments.hpp"
#include "loader/plugin_description.hpp"
#include "protocol/plugin_records.hpp"
#include "protocol/replies.hpp"
#include "protocol/suggestion.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What host and guest say to each other. The guest is the code beside a plugin's instance, in its worker process or in
// its thread of the host. The index of a message in its variant is its type on the wire.
namespace riposte {

/// Counts the calls of one instance from 1, in the order in which they begin; on the plugin's side it is part of a
/// riposte_call.
using CallNumber = std::uint64_t;
using RequestNumber = std::uint64_t;

// ------------------------------------------------------------------------------------------------ host to guest

/// The first message: what to load and how to be locked up before.
struct Setup {
    std::string library;         // the staged copy
    std::string data_directory;  // "" while a build is only checked
    std::vector<std::string> readable;
    bool check_only = false;  // describe the library and leave
    bool require_landlock = true;
    bool network = false;
    std::uint32_t user = 0;  // uid and gid to become when started as root; 0 = stay
    std::int64_t memory_bytes = 0;
    std::int64_t files = 0;
    std::int64_t processes = 0;
    std::int64_t file_bytes = 0;
};
struct Start {
    std::vector<Setting> settings;
};
/// Begins when its turn comes and it still has its ticket (loader/tickets.hpp).
struct StartCall {
    CallNumber call = 0;
    std::uint32_t command = 0;  // index in the description, or UINT32_MAX
    std::uint32_t origin = 0;   // riposte_origin
    std::uint32_t flags = 0;    // RIPOSTE_LATE, …
    std::string invocation;
    std::string prefix;
    std::string line;
    std::uint32_t rest_begin = 0;  // byte offset in line
    std::vector<Argument> arguments;
    UserId user{};
    std::string user_name;
    std::string user_display_name;
    std::uint32_t user_role = 0;
    RoomId room{};
    std::string room_uri;
    std::string room_title;
    std::string locale;
    std::string time_zone;
    std::int64_t time_limit = 0;  // ms from its beginning to its first output
    std::int64_t timer = 0;
    Timestamp due = 0;
    std::string payload;
    std::uint32_t hearing = 0;
};
/// The call is over for the host; the guest answers GONE from now on.
struct CallGone {
    CallNumber call = 0;
};
/// Come to an end soon: the instance is about to be stopped or swapped.
struct WindDown {};
struct ValueAnswer {
    RequestNumber request = 0;
    std::int32_t status = 0;
    std::string value;
};
struct KeysAnswer {
    RequestNumber request = 0;
    std::int32_t status = 0;
    std::vector<std::string> keys;
};
struct TimersAnswer {
    RequestNumber request = 0;
    std::int32_t status = 0;
    std::vector<PluginTimer> timers;
};
struct SaveState {
    std::uint32_t schema = 0;
};
struct RestoreState {
    std::uint32_t schema = 0;
    std::string bytes;
};
struct Stop {};
/// A sign of life is wanted: answered in its turn, by Pong.
struct Ping {};
/// Somebody types; answered by one Suggested.
struct Suggest {
    std::uint64_t question = 0;
    std::uint32_t command = 0;  // index in the description
    std::uint32_t option = 0;   // index in its options
    std::string typed;
    std::vector<Argument> before;
    UserId user{};
    std::string user_name;
    RoomId room{};
    std::string room_uri;
    std::string locale;
};

/// What somebody wrote in a room that invited the plugin to listen; answered by one Listened.
struct Overhear {
    std::uint64_t message = 0;
    std::string text;
};

/// An account was deleted; answered by one Forgot.
struct ForgetUser {
    UserId user{};
    std::string name;
};

using ToGuest = std::variant<Setup, Start, StartCall, CallGone, WindDown, ValueAnswer, KeysAnswer, TimersAnswer,
                             SaveState, RestoreState, Stop, Ping, Suggest, Overhear, ForgetUser>;

// ------------------------------------------------------------------------------------------------ guest to host

/// The library is loaded and says this; `layers` of the sandbox are in force.
struct Loaded {
    PluginDescription description;
    std::string layers;
};
/// Loading, starting or restoring failed; the instance is over.
struct Refused {
    std::string step;
    std::string reason;
};
struct Started {};
struct SendReply {
    CallNumber call = 0;
    std::uint32_t reply = 0;  // counts from 0 within the call
    CommandVisibility visibility = CommandVisibility::Room;
    std::string text;
};
struct EditReply {
    CallNumber call = 0;
    std::uint32_t reply = 0;
    std::string text;
};
/// The first append of a stream begins it.
struct AppendStream {
    CallNumber call = 0;
    std::uint32_t reply = 0;
    std::string text;
};
struct EndStream {
    CallNumber call = 0;
    std::uint32_t reply = 0;
};
/// The plugin says the call is over.
struct EndCall {
    CallNumber call = 0;
    bool failed = false;
    bool returned = false;  // on_command has returned with it
    std::string text;       // of the failure
};
/// on_command has returned (PENDING, or after the call had ended): the instance is free.
struct Returned {
    CallNumber call = 0;
};
struct ReadValue {
    RequestNumber request = 0;
    CallNumber call = 0;  // 0 = none
    std::string key;
};
struct ReadKeys {
    RequestNumber request = 0;
    CallNumber call = 0;
    std::string prefix;
};
/// With a call: collected for its end, no answer. Without: answered by ValueAnswer when it is stored.
struct WriteValue {
    RequestNumber request = 0;
    CallNumber call = 0;
    KeyValueWrite write;
};
struct SetTimer {
    RequestNumber request = 0;
    CallNumber call = 0;
    Timestamp due = 0;
    std::string payload;
};
struct RemoveTimer {
    RequestNumber request = 0;
    std::int64_t timer = 0;
};
struct ListTimers {
    RequestNumber request = 0;
};
/// Unasked, into a room; answered by ValueAnswer when it is stored.
struct PostMessage {
    RequestNumber request = 0;
    std::string room;  // uri
    std::string text;
};
struct LogLine {
    CallNumber call = 0;
    std::uint32_t level = 0;
    std::string text;
};
struct SavedState {
    std::int32_t status = 0;
    std::uint32_t schema = 0;
    std::string bytes;
};
struct Restored {};
struct Stopped {};
struct Pong {};
struct Suggested {
    std::uint64_t question = 0;
    std::vector<SuggestedValue> values;
};

/// The first of the plugin's hearings whose pattern is in the text; none: it waits for other texts.
struct Listened {
    std::uint64_t message = 0;
    std::optional<std::uint32_t> hearing;
};

struct Forgot {
    UserId user{};
    std::int32_t status = 0;
};

using FromGuest = std::variant<Loaded, Refused, Started, SendReply, EditReply, AppendStream, EndStream, EndCall,
                               Returned, ReadValue, ReadKeys, WriteValue, SetTimer, RemoveTimer, ListTimers, LogLine,
                               SavedState, Restored, Stopped, Pong, Suggested, PostMessage, Listened, Forgot>;

/// Appends one frame.
void encode(const ToGuest& message, std::string& out);
void encode(const FromGuest& message, std::string& out);
/// None: the payload is not what its type says.
std::optional<ToGuest> decode_to_guest(std::uint8_t type, std::string_view payload);
std::optional<FromGuest> decode_from_guest(std::uint8_t type, std::string_view payload);

}  // namespace riposte
