#pragma once

#include "operator/operator.hpp"
#include "protocol/json_writer.hpp"
#include "store/tokens.hpp"

#include <string>

// What operators see of people, rooms and the server, over REST (docs/protocol.md).
namespace riposte {

void append_json(std::string& out, const UserSummary& user);
void append_json(std::string& out, const RoomSummary& room);
void append_json(std::string& out, const AuditEntry& entry);
void append_json(std::string& out, const SettingInForce& setting);
void append_json(std::string& out, const Status& status);
void append_json(std::string& out, const InvocationSummary& invocation);
void append_json(std::string& out, const AccessToken& token);
void append_json(std::string& out, const OwnedToken& token);
/// The fields alone, inside an object that says more.
void append_token_fields(JsonObject& object, const AccessToken& token);

}  // namespace riposte
