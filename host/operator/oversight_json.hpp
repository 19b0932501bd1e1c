#pragma once

#include "operator/operator.hpp"
#include "protocol/json_writer.hpp"

#include <string>

// What operators see of people, rooms and the server, over REST (docs/protocol.md).
namespace riposte {

void append_json(std::string& out, const UserSummary& user);
void append_json(std::string& out, const RoomSummary& room);
void append_json(std::string& out, const AuditEntry& entry);
void append_json(std::string& out, const SettingInForce& setting);
void append_json(std::string& out, const Status& status);

}  // namespace riposte
