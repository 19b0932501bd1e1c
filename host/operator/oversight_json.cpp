#include "operator/oversight_json.hpp"

#include "protocol/json_writer.hpp"

namespace riposte {

void append_json(std::string& out, const UserSummary& user) {
    json_object(out)
        .field("name", user.user.name)
        .field("display_name", user.user.display_name)
        .field("admin", user.user.admin)
        .field("disabled", user.disabled)
        .field("created_at", user.created_at)
        .field("last_seen", user.last_seen)
        .field("sessions", user.sessions);
}

void append_json(std::string& out, const RoomSummary& room) {
    json_object(out)
        .field("uri", room.uri)
        .field("title", room.title)
        .field("kind", to_string(room.kind))
        .field("visibility", to_string(room.visibility))
        .field("closed", room.closed)
        .field("members", room.members)
        .field("messages", room.messages)
        .field("last_activity", room.last_activity)
        .field("reports", room.reports)
        .field("created_at", room.created_at);
}

void append_json(std::string& out, const AuditEntry& entry) {
    json_object(out)
        .field("at", entry.at)
        .field("by", entry.by)
        .field("verb", entry.verb)
        .field("subject", entry.subject)
        .field("detail", entry.detail);
}

void append_json(std::string& out, const SettingInForce& setting) {
    json_object(out).field("name", setting.name).field("value", setting.value).field("source", setting.source);
}

void append_json(std::string& out, const Status& status) {
    json_object(out)
        .field("version", status.version)
        .field("started_at", status.started_at)
        .field("uptime_s", status.uptime_s)
        .field("connections", status.connections)
        .field("messages_last_minute", status.store.messages)
        .field("commands_ended", status.commands.ended)
        .field("commands_failed", status.commands.failed)
        .field("command_p50_ms", status.commands.p50_ms)
        .field("command_p99_ms", status.commands.p99_ms)
        .field("writes_waiting", status.store.writes_waiting)
        .field("database_bytes", status.store.database_bytes)
        .field("log_bytes", status.store.log_bytes)
        .field("disk_free_bytes", status.store.disk_free_bytes)
        .field("plugins", status.plugins)
        .field("left_mapped", status.left_mapped);
}

}  // namespace riposte
