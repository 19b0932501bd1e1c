#include "protocol/events.hpp"

#include "protocol/json.hpp"

namespace riposte::event_line {
namespace {

/// A line whose other fields are written by `fill(JsonObject&)`.
template <class Fill>
std::string line(std::string_view event, Fill fill) {
    std::string out;
    JsonObject object(out);
    object.field("event", event);
    fill(object);
    return out;
}

std::string_view name_of(ByeReason reason) {
    switch (reason) {
        case ByeReason::Restart: return "restart";
        case ByeReason::Slow: return "slow";
        case ByeReason::SignedOut: return "signed_out";
    }
    return "";
}

}  // namespace

std::string hello(const Hello& hello) {
    return line("hello", [&](JsonObject& object) {
        object.field("build", hello.build)
            .field("me", hello.me)
            .field("rooms", hello.rooms)
            .field("invocations", hello.invocations)
            .field("catalogue_version", hello.catalogue_version)
            .field("present", hello.present)
            .field("file_bytes", hello.file_bytes);
    });
}

std::string gap(const Gap& gap) {
    return line("gap", [&](JsonObject& object) {
        object.field("room", gap.room)
            .field("from", gap.from)
            .field("to", gap.to)
            .field("unread", gap.unread)
            .field("mentions", gap.mentions);
    });
}

std::string live() { return R"({"event":"live"})"; }
std::string pong() { return R"({"event":"pong"})"; }

std::string ack(const Ack& ack) {
    if (ack.problem) return problem(*ack.problem, {}, ack.client_msg_id);
    return line("ack", [&](JsonObject& object) {
        object.field("client_msg_id", ack.client_msg_id).field("room", ack.room);
        if (ack.id) object.field("id", *ack.id).field("seq", ack.seq);
        object.field_if("invocation", ack.invocation);
        if (ack.repeated) object.field("repeated", true);
    });
}

std::string done(std::string_view ref_json) {
    return line("done", [&](JsonObject& object) {
        if (!ref_json.empty()) object.field("ref", RawJson{ref_json});
    });
}

std::string problem(const Problem& problem, std::string_view ref_json, std::string_view client_msg_id) {
    return line("problem", [&](JsonObject& object) {
        if (!ref_json.empty()) object.field("ref", RawJson{ref_json});
        object.field_if("client_msg_id", client_msg_id);
        append_problem_fields(object, problem);
    });
}

std::string invocation(const Invocation& invocation) {
    return line("invocation", [&](JsonObject& object) { append_invocation_fields(object, invocation); });
}

std::string ephemeral(const EphemeralPosted& posted) {
    return line("ephemeral", [&](JsonObject& object) {
        object.field("invocation", posted.invocation)
            .field("room", posted.room)
            .field("plugin", posted.plugin)
            .field("part", posted.reply.part)
            .field("text", posted.reply.text);
    });
}

std::string stream(std::string_view room, const MessageId& message, std::size_t offset, std::string_view text) {
    return line("stream", [&](JsonObject& object) {
        object.field("room", room).field("message_id", message).field("offset", offset).field("text", text);
    });
}

std::string presence(std::string_view room, const std::vector<std::string>& joined,
                     const std::vector<std::string>& left) {
    return line("presence",
                [&](JsonObject& object) { object.field("room", room).field("joined", joined).field("left", left); });
}

std::string typing(std::string_view room, const std::vector<std::string>& names) {
    return line("typing", [&](JsonObject& object) { object.field("room", room).field("names", names); });
}

std::string joined(const Room& room) {
    return line("joined", [&](JsonObject& object) { object.field("room", room); });
}

std::string removed(std::string_view room, std::string_view by) {
    return line("removed", [&](JsonObject& object) { object.field("room", room).field("by", by); });
}

std::string catalogue(std::uint64_t version) {
    return line("catalogue", [&](JsonObject& object) { object.field("version", version); });
}

std::string read(const ReadMarkMoved& mark) {
    return line("read", [&](JsonObject& object) {
        object.field("room", mark.room).field("last_read_seq", mark.last_read_seq);
    });
}

std::string my_room(const Room& room) {
    return line("my_room", [&](JsonObject& object) { object.field("room", room); });
}

std::string bye(ByeReason reason, std::chrono::milliseconds retry_after) {
    return line("bye", [&](JsonObject& object) {
        object.field("reason", name_of(reason)).field("retry_after_ms", retry_after.count());
    });
}

}  // namespace riposte::event_line
