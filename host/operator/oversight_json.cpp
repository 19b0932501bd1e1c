#include "operator/oversight_json.hpp"

#include "protocol/json.hpp"

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

void append_json(std::string& out, const InvocationSummary& invocation) {
    std::optional<std::string_view> code;
    if (invocation.code) code = info(*invocation.code).name;
    json_object(out)
        .field("id", invocation.id.to_string())
        .field("author", invocation.author)
        .field("room_title", invocation.room_title)
        .field("room_kind", to_string(invocation.room_kind))
        .field("plugin", invocation.plugin)
        .field("command", invocation.command)
        .field("state", to_string(invocation.state))
        .field("code", code)
        .field("detail", invocation.detail)
        .field("created_at", invocation.created_at)
        .field("ended_at", invocation.ended_at);
}

void append_token_fields(JsonObject& object, const AccessToken& token) {
    object.field("id", token.id)
        .field("name", token.name)
        .field("created_at", token.created_at)
        .field("last_used", token.last_used)
        .field("expires_at", token.expires_at);
}

void append_json(std::string& out, const AccessToken& token) {
    JsonObject object(out);
    append_token_fields(object, token);
}

void append_json(std::string& out, const OwnedToken& token) {
    JsonObject object(out);
    append_token_fields(object, token.token);
    object.field("owner", token.owner);
}

}  // namespace riposte
