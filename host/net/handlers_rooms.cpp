#include "net/handlers.hpp"
#include "net/invite_link.hpp"
#include "net/replies.hpp"
#include "net/services.hpp"
#include "protocol/text.hpp"
#include "store/store.hpp"

namespace riposte::handlers {
namespace {

constexpr IntegerLimits read_up_to{.minimum = 0};
constexpr IntegerLimits slow_mode_limits{.minimum = 0, .maximum = 3600};

Result<std::optional<RoomVisibility>> visibility_in(const JsonValue& body) {
    const auto text = body.optional_text("visibility");
    if (!text) return text.error();
    if (!*text) return std::optional<RoomVisibility>();
    const auto visibility = room_visibility_from(**text);
    if (!visibility) return invalid_value("visibility", "public or private");
    return visibility;
}

Result<std::optional<std::string>> title_in(const JsonValue& body) {
    const auto text = body.optional_text("title");
    if (!text) return text.error();
    if (!*text) return std::optional<std::string>();
    auto title = check_title(**text);
    if (!title) return title.error();
    return std::optional(std::move(*title));
}

Result<NewRoom> new_room_in(const JsonValue& body) {
    auto title = title_in(body);
    if (!title) return title.error();
    if (!*title) return invalid_value("title", "required");
    const auto visibility = visibility_in(body);
    if (!visibility) return visibility.error();
    auto uri = body.optional_text("uri");
    if (!uri) return uri.error();
    if (*uri)
        if (const auto checked = check_room_uri(**uri); !checked) return checked.error();
    return NewRoom{uri->value_or(""), std::move(**title), visibility->value_or(RoomVisibility::Private)};
}

Answer open_direct_room(Services& services, UserId user, std::string other) {
    auto name = name_looked_up(other);
    if (!name) co_return name.error();
    auto opened = co_await services.store.direct_room(user, std::move(*name));
    if (!opened) co_return opened.error();
    co_return field_response("room", opened->first, opened->second ? 201 : 200);
}

}  // namespace

Answer rooms(NetThread&, Services& services, Request request) {
    const auto user = request.identity->user.id;
    auto listing =
        query_text(request, "public") == "true" ? services.store.public_rooms(user) : services.store.rooms_of(user);
    const auto found = co_await std::move(listing);
    if (!found) co_return found.error();
    co_return field_response("rooms", *found);
}

Answer create_room(NetThread&, Services& services, Request request) {
    const auto user = request.identity->user.id;
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto direct = body->root().optional_text("direct");
    if (!direct) co_return direct.error();
    if (*direct) co_return co_await open_direct_room(services, user, std::move(**direct));

    auto wanted = new_room_in(body->root());
    if (!wanted) co_return wanted.error();
    const auto room = co_await services.store.create_room(user, std::move(*wanted));
    if (!room) co_return room.error();
    // A room is made to be shared: its first link comes with it.
    auto link = make_invite_link(request.base_url);
    NewInvite new_invite{link.token_hash, {}, {}};
    auto invite = co_await services.store.create_invite(user, room->uri, std::move(new_invite));
    if (!invite) co_return invite.error();
    invite->token = link.token;
    std::string json;
    json_object(json).field("room", *room).field_by("invite", [&](std::string& out) {
        append_json(out, *invite, link.url);
    });
    co_return json_response(std::move(json), 201);
}

Answer room(NetThread&, Services& services, Request request) {
    const auto found = co_await services.store.room(request.identity->user.id, request.parameters[0]);
    if (!found) co_return found.error();
    co_return value_response(*found);
}

Answer update_room(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto title = title_in(body->root());
    if (!title) co_return title.error();
    auto visibility = visibility_in(body->root());
    if (!visibility) co_return visibility.error();
    const auto slow_mode = body->root().optional_integer("slow_mode_s", slow_mode_limits);
    if (!slow_mode) co_return slow_mode.error();
    const auto user = request.identity->user.id;
    auto updated = co_await services.store.update_room(user, request.parameters[0], std::move(*title), *visibility);
    if (updated && *slow_mode)
        updated = co_await services.store.set_slow_mode(user, request.parameters[0], **slow_mode);
    if (!updated) co_return updated.error();
    co_return value_response(*updated);
}

Answer set_notifications(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    const auto text = body->root().optional_text("notify");
    if (!text) co_return text.error();
    const auto notify = *text ? notify_from(**text) : std::nullopt;
    if (*text && !notify) co_return invalid_value("notify", "all, mentions or none");
    std::optional<bool> muted;
    if (!body->root()["muted"].absent()) {
        const auto said = body->root().required_bool("muted");
        if (!said) co_return said.error();
        muted = *said;
    }
    const auto changed =
        co_await services.store.set_notifications(request.identity->user.id, request.parameters[0], notify, muted);
    if (!changed) co_return changed.error();
    co_return value_response(*changed);
}

Answer mark_read(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    const auto seq = body->root().required_integer("seq", read_up_to);
    if (!seq) co_return seq.error();
    const auto marked = co_await services.store.mark_read(request.identity->user.id, request.parameters[0], *seq);
    if (!marked) co_return marked.error();
    co_return no_content();
}

}  // namespace riposte::handlers
