#include "protocol/json.hpp"

#include "base/problem.hpp"

namespace riposte {
namespace {

std::string_view name_of(Event::Kind kind) {
    switch (kind) {
        case Event::Kind::Post: return "post";
        case Event::Kind::Edit: return "edit";
        case Event::Kind::Delete: return "delete";
        case Event::Kind::Membership: return "membership";
        case Event::Kind::Room: return "room";
        case Event::Kind::CommandFailed: return "command_failed";
        case Event::Kind::Reaction: return "reaction";
    }
    return "";
}

}  // namespace

void append_json(std::string& out, const User& user) {
    json_object(out)
        .field("name", user.name)
        .field("display_name", user.display_name)
        .field("bot", user.bot)
        .field("admin", user.admin);
}

void append_json(std::string& out, const Me& me) {
    json_object(out)
        .field("name", me.user.name)
        .field("display_name", me.user.display_name)
        .field("bot", me.user.bot)
        .field("admin", me.user.admin)
        .field("created_at", me.created_at)
        .field("locale", me.locale);
}

void append_json(std::string& out, const Room& room) {
    JsonObject object(out);
    object.field("uri", room.uri)
        .field("kind", to_string(room.kind))
        .field("title", room.title)
        .field("visibility", to_string(room.visibility))
        .field("last_seq", room.last_seq)
        .field("member_count", room.member_count);
    if (room.role) object.field("role", to_string(*room.role));
    else object.field("role", std::nullopt);
    object.field("last_read_seq", room.last_read_seq)
        .field("unread", room.unread)
        .field("mentions", room.mentions)
        .field("peer", room.peer)
        .field("notify", to_string(room.notify))
        .field("muted", room.muted)
        .field("slow_mode_s", room.slow_mode_s)
        .field("reports", room.reports)
        .field("closed", room.closed);
}

void append_json(std::string& out, const Reaction& reaction) {
    json_object(out).field("emoji", reaction.emoji).field("names", reaction.names);
}

void append_json(std::string& out, const Attachment& attachment) {
    JsonObject object(out);
    object.field("id", attachment.id)
        .field("name", attachment.name)
        .field("type", attachment.type)
        .field("size", attachment.size);
    if (attachment.width > 0) object.field("width", attachment.width).field("height", attachment.height);
    object.field("thumbnail", attachment.thumbnail);
}

void append_json(std::string& out, const Message& message) {
    JsonObject object(out);
    object.field("id", message.id)
        .field("room", message.room)
        .field("seq", message.seq)
        .field("author", message.author)
        .field("text", message.text)
        .field("created_at", message.created_at)
        .field("edited_at", message.edited_at)
        .field("deleted", message.deleted)
        .field("reply_to", message.reply_to)
        .field("invocation", message.invocation);
    if (message.client_msg_id.empty()) object.field("client_msg_id", std::nullopt);
    else object.field("client_msg_id", message.client_msg_id);
    object.field("state", message.state == MessageState::Posted ? "posted" : "streaming")
        .field("command", message.command);
    if (!message.reactions.empty()) object.field("reactions", message.reactions);
    if (!message.attachments.empty()) object.field("attachments", message.attachments);
}

void append_json(std::string& out, const Event& event) {
    JsonObject object(out);
    object.field("event", name_of(event.kind)).field("room", event.room).field("seq", event.seq);
    switch (event.kind) {
        case Event::Kind::Post:
        case Event::Kind::Edit: object.field("message", event.message); break;
        case Event::Kind::Delete: object.field("id", event.message_id).field("actor", event.actor); break;
        case Event::Kind::Membership:
            object.field("user", event.user)
                .field("change", to_string(event.change))
                .field("role", to_string(event.role))
                .field("actor", event.actor);
            if (!event.plugin.empty()) object.field("hears", event.added);
            break;
        case Event::Kind::Room:
            object.field("title", event.title)
                .field("visibility", to_string(event.visibility))
                .field("slow_mode_s", event.slow_mode_s)
                .field("closed", event.closed)
                .field("actor", event.actor);
            break;
        case Event::Kind::Reaction:
            object.field("id", event.message_id)
                .field("emoji", event.emoji)
                .field("added", event.added)
                .field("actor", event.actor);
            break;
        case Event::Kind::CommandFailed:
            object.field("message_id", event.message_id)
                .field("invocation", event.invocation)
                .field("plugin", event.plugin)
                .field("code", info(event.code).name);
            break;
    }
}

void append_json(std::string& out, const EphemeralReply& reply) {
    json_object(out).field("part", reply.part).field("text", reply.text);
}

void append_invocation_fields(JsonObject& object, const Invocation& invocation) {
    object.field("id", invocation.id)
        .field("room", invocation.room)
        .field("message_id", invocation.message_id)
        .field("plugin", invocation.plugin)
        .field("command", invocation.command)
        .field("text", invocation.text)
        .field("state", to_string(invocation.state));
    if (invocation.code) object.field("code", info(*invocation.code).name);
    else object.field("code", std::nullopt);
    object.field("detail", invocation.detail)
        .field("created_at", invocation.created_at)
        .field("ended_at", invocation.ended_at)
        .field("replies", invocation.replies);
}

void append_json(std::string& out, const Invocation& invocation) {
    JsonObject object(out);
    append_invocation_fields(object, invocation);
}

void append_json(std::string& out, const SearchHit& hit) {
    JsonObject object(out);
    object.field("message", hit.message)
        .field_by(
            "room",
            [&](std::string& out) { json_object(out).field("uri", hit.message.room).field("title", hit.room_title); })
        .field("excerpt", hit.excerpt);
}

void append_json(std::string& out, const Report& report) {
    json_object(out)
        .field("id", report.id)
        .field("message", report.message)
        .field("room_title", report.room_title)
        .field("reporter", report.reporter)
        .field("reason", report.reason)
        .field("created_at", report.created_at);
}

void append_json(std::string& out, const Member& member, bool present, bool hears) {
    json_object(out)
        .field("user", member.user)
        .field("role", to_string(member.role))
        .field("joined_at", member.joined_at)
        .field("present", present)
        .field("hears", hears);
}

void append_json(std::string& out, const Invite& invite, std::string_view url) {
    json_object(out)
        .field("id", invite.id)
        .field_if("token", invite.token)
        .field_if("url", url)
        .field("created_by", invite.created_by)
        .field("created_at", invite.created_at)
        .field("expires_at", invite.expires_at)
        .field("uses_left", invite.uses_left)
        .field("uses", invite.uses)
        .field("revoked", invite.revoked);
}

void append_problem_fields(JsonObject& object, const Problem& problem) {
    const auto& meaning = info(problem.code);
    object.field("type", "about:blank")
        .field("status", meaning.status)
        .field("code", meaning.name)
        .field("title", meaning.title)
        .field_if("detail", problem.detail)
        .field_if("argument", problem.argument)
        .field_if("position", problem.position)
        .field_if("usage", problem.usage);
    if (!problem.suggestions.empty()) object.field("suggestions", problem.suggestions);
    if (problem.retry_after_s > 0) object.field("retry_after_s", problem.retry_after_s);
}

void append_json(std::string& out, const Problem& problem, std::string_view request_id) {
    JsonObject object(out);
    append_problem_fields(object, problem);
    object.field("request_id", request_id);
}

}  // namespace riposte
