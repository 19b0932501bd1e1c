#include "protocol/actions.hpp"

#include "protocol/json_reader.hpp"
#include "protocol/text.hpp"

#include <algorithm>
#include <array>

namespace riposte {
namespace {

Result<std::string> room_of(JsonValue frame) {
    auto uri = frame.required_text("room");
    if (!uri) return uri;
    if (auto checked = check_room_uri(*uri); !checked) {
        auto problem = checked.error();
        problem.argument = "room";
        return problem;
    }
    return uri;
}

Result<Uuid> id_of(JsonValue frame, std::string_view field) {
    const auto text = frame.required_text(field);
    if (!text) return text.error();
    const auto id = Uuid::parse(*text);
    if (!id) return invalid_value(field, "is not a UUID");
    return *id;
}

/// Of a post that carries files: there need be no words.
Result<std::string> caption_of(JsonValue frame) {
    auto text = frame.optional_text("text");
    if (!text) return text.error();
    if (!text->has_value() || (*text)->empty()) return std::string();
    if (auto checked = check_message_text(**text); !checked) return checked.error();
    return std::move(**text);
}

Result<std::string> text_of(JsonValue frame) {
    auto text = frame.required_text("text");
    if (!text) return text;
    if (auto checked = check_message_text(*text); !checked) return checked.error();
    return text;
}

Result<ClientAction> hello(JsonValue frame) {
    HelloAction action;
    const auto locale = frame.optional_text("locale");
    if (!locale) return locale.error();
    const auto time_zone = frame.optional_text("time_zone");
    if (!time_zone) return time_zone.error();
    action.locale = locale->value_or("");
    action.time_zone = time_zone->value_or("");
    if (auto checked = check_locale(action.locale); !checked) return checked.error();
    if (auto checked = check_time_zone(action.time_zone); !checked) return checked.error();

    const auto rooms = frame["rooms"];
    if (!rooms.absent() && !rooms.is_object()) return invalid_value("rooms", "must be an object of room and seq");
    std::optional<Problem> wrong;
    rooms.each_field([&](std::string_view uri, JsonValue value) {
        const auto seq = value.as_integer("rooms", {.minimum = 0});
        if (!check_room_uri(uri)) wrong = invalid_value("rooms", "names what is no room");
        else if (!seq) wrong = seq.error();
        else action.rooms.insert_or_assign(std::string(uri), *seq);
    });
    if (wrong) return *wrong;
    return action;
}

Result<ClientAction> post(JsonValue frame) {
    PostAction action;
    auto id = frame.required_text("client_msg_id");
    if (!id) return id.error();
    if (auto checked = check_client_msg_id(*id); !checked) return checked.error();
    auto room = room_of(frame);
    if (!room) return room.error();
    auto attachments = attachments_in(frame);
    if (!attachments) return attachments.error();
    auto text = attachments->empty() ? text_of(frame) : caption_of(frame);
    if (!text) return text.error();
    const auto as_text = frame.optional_bool("as_text");
    if (!as_text) return as_text.error();
    if (!frame["reply_to"].absent()) {
        const auto reply_to = id_of(frame, "reply_to");
        if (!reply_to) return reply_to.error();
        action.reply_to = *reply_to;
    }
    action.client_msg_id = std::move(*id);
    action.room = std::move(*room);
    action.text = std::move(*text);
    action.as_text = *as_text;
    action.attachments = std::move(*attachments);
    return action;
}

Result<ClientAction> edit(JsonValue frame) {
    auto room = room_of(frame);
    if (!room) return room.error();
    const auto id = id_of(frame, "id");
    if (!id) return id.error();
    auto text = text_of(frame);
    if (!text) return text.error();
    return EditAction{std::move(*room), *id, std::move(*text)};
}

Result<ClientAction> remove(JsonValue frame) {
    auto room = room_of(frame);
    if (!room) return room.error();
    const auto id = id_of(frame, "id");
    if (!id) return id.error();
    return DeleteAction{std::move(*room), *id};
}

Result<ClientAction> react(JsonValue frame) {
    auto room = room_of(frame);
    if (!room) return room.error();
    const auto id = id_of(frame, "id");
    if (!id) return id.error();
    auto emoji = frame.required_text("emoji");
    if (!emoji) return emoji.error();
    if (auto checked = check_emoji(*emoji); !checked) return checked.error();
    const auto on = frame.required_bool("on");
    if (!on) return on.error();
    return ReactAction{std::move(*room), *id, std::move(*emoji), *on};
}

Result<ClientAction> read(JsonValue frame) {
    auto room = room_of(frame);
    if (!room) return room.error();
    const auto seq = frame.required_integer("seq", {.minimum = 0});
    if (!seq) return seq.error();
    return ReadAction{std::move(*room), *seq};
}

Result<ClientAction> typing(JsonValue frame) {
    auto room = room_of(frame);
    if (!room) return room.error();
    return TypingAction{std::move(*room)};
}

Result<ClientAction> cancel(JsonValue frame) {
    const auto invocation = id_of(frame, "invocation");
    if (!invocation) return invocation.error();
    return CancelAction{*invocation};
}

Result<ClientAction> ping(JsonValue) { return PingAction{}; }

struct Verb {
    std::string_view name;
    Result<ClientAction> (*parse)(JsonValue frame);
};
constexpr auto verbs = std::to_array<Verb>({
    {"post", post},
    {"typing", typing},
    {"read", read},
    {"ping", ping},
    {"edit", edit},
    {"delete", remove},
    {"react", react},
    {"cancel", cancel},
    {"hello", hello},
});

Result<ClientAction> parse_action(JsonValue frame) {
    const auto name = frame.required_text("do");
    if (!name) return name.error();
    const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](const Verb& verb) { return verb.name == *name; });
    if (verb != verbs.end()) return verb->parse(frame);
    Problem problem;
    problem.code = ErrorCode::UnknownAction;
    problem.argument = "do";
    for (const auto& known : verbs) problem.suggestions.emplace_back(known.name);
    return problem;
}

}  // namespace

Result<std::vector<FileId>> attachments_in(JsonValue post) {
    std::vector<FileId> files;
    for (const auto& element : post["attachments"].elements()) {
        const auto text = element.as_text("attachments");
        if (!text) return text.error();
        const auto id = Uuid::parse(*text);
        if (!id || std::find(files.begin(), files.end(), *id) != files.end())
            return invalid_value("attachments", "must be ids of files, each once");
        files.push_back(*id);
    }
    if (files.size() > most_attachments) return invalid_value("attachments", "are more than 10");
    return files;
}

ParsedFrame parse_frame(std::string_view text) {
    const auto document = parse_json_object(text, {.bytes = longest_frame_bytes});
    if (!document) return {document.error(), {}, {}};
    const auto frame = document->root();

    // The client's own names for the frame first: they go into the problem, whatever it is.
    std::string ref;
    if (!frame["ref"].absent()) ref = frame["ref"].to_json();
    if (ref.size() > longest_ref_bytes) return {invalid_value("ref", "is longer than 256 bytes"), {}, {}};
    const auto id = frame.optional_text("client_msg_id", {.maximum = 64});
    return {parse_action(frame), std::move(ref), id ? id->value_or("") : ""};
}

}  // namespace riposte
