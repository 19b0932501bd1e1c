#pragma once

#include "protocol/json_writer.hpp"
#include "protocol/types.hpp"

#include <string>
#include <string_view>

// The JSON of the protocol's values, field by field as docs/protocol.md has it.
namespace riposte {

void append_json(std::string& out, const User& user);
void append_json(std::string& out, const Me& me);
void append_json(std::string& out, const Room& room);
void append_json(std::string& out, const Reaction& reaction);
void append_json(std::string& out, const Attachment& attachment);
/// Without `reactions` and `attachments` where there are none.
void append_json(std::string& out, const Message& message);
/// The room's line as every member gets it: {"event":"post", …}.
void append_json(std::string& out, const Event& event);
void append_json(std::string& out, const EphemeralReply& reply);
void append_json(std::string& out, const Invocation& invocation);
void append_json(std::string& out, const SearchHit& hit);
void append_json(std::string& out, const Report& report);

/// `present`: has a socket now, which only [net] knows. `hears`: a bot that this room lets hear people.
void append_json(std::string& out, const Member& member, bool present, bool hears);
/// `url` leads to the invite; empty when its token is not known any more.
void append_json(std::string& out, const Invite& invite, std::string_view url);
/// RFC 9457, as a REST body.
void append_json(std::string& out, const Problem& problem, std::string_view request_id);
/// The fields alone, inside an object that says more, such as a socket's event.
void append_problem_fields(JsonObject& object, const Problem& problem);
void append_invocation_fields(JsonObject& object, const Invocation& invocation);

template <class T>
std::string to_json(const T& value) {
    std::string out;
    append_json(out, value);
    return out;
}

}  // namespace riposte
