#include "auth/token.hpp"
#include "base/clock.hpp"
#include "chat/presence.hpp"
#include "net/handlers.hpp"
#include "net/invite_link.hpp"
#include "net/replies.hpp"
#include "net/services.hpp"
#include "protocol/text.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <charconv>

namespace riposte {

InviteLink make_invite_link(const std::string& base_url) {
    auto token = make_token();
    return {.token = token, .token_hash = token_hash(token), .url = base_url + "/join/" + token};
}

namespace handlers {
namespace {

constexpr IntegerLimits lifetime_limits{.minimum = 60, .maximum = 366LL * 24 * 3600};  // seconds
constexpr IntegerLimits uses_limits{.minimum = 1, .maximum = 100000};

/// What the body of POST …/members asks for.
struct MemberChange {
    std::optional<std::string> name;  // none: I join
    std::optional<Role> role;         // none: add
};

Result<NewInvite> new_invite_in(const JsonValue& body, std::string token_hash) {
    const auto lifetime = body.optional_integer("expires_in_s", lifetime_limits);
    if (!lifetime) return lifetime.error();
    const auto uses = body.optional_integer("uses", uses_limits);
    if (!uses) return uses.error();
    NewInvite invite{.token_hash = std::move(token_hash), .expires_at = {}, .uses = *uses};
    if (*lifetime) invite.expires_at = now_ms() + **lifetime * 1000;
    return invite;
}

Result<MemberChange> member_change_in(const JsonValue& body) {
    const auto name = body.optional_text("name");
    if (!name) return name.error();
    const auto role = body.optional_text("role");
    if (!role) return role.error();
    MemberChange change;
    if (*name) {
        auto looked_up = name_looked_up(**name);
        if (!looked_up) return looked_up.error();
        change.name = std::move(*looked_up);
    }
    if (*role) {
        change.role = role_from(**role);
        if (!change.role) return invalid_value("role", "member, moderator or owner");
        if (!change.name) return invalid_value("name", "whose role?");
    }
    return change;
}

bool hears(const std::vector<RoomPlugin>& plugins, const User& user) {
    return user.bot && std::ranges::any_of(
                           plugins, [&](const RoomPlugin& plugin) { return plugin.hears && plugin.bot == user.name; });
}

}  // namespace

Answer invites(NetThread&, Services& services, Request request) {
    const auto found = co_await services.store.invites(request.identity->user.id, request.parameters[0]);
    if (!found) co_return found.error();
    std::string json = "{\"invites\":[";
    for (std::size_t i = 0; i < found->size(); ++i) {
        if (i > 0) json += ',';
        append_json(json, (*found)[i], "");
    }
    co_return json_response(json + "]}");
}

Answer create_invite(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    const auto link = make_invite_link(request.base_url);
    auto wanted = new_invite_in(body->root(), link.token_hash);
    if (!wanted) co_return wanted.error();
    auto invite =
        co_await services.store.create_invite(request.identity->user.id, request.parameters[0], std::move(*wanted));
    if (!invite) co_return invite.error();
    invite->token = link.token;
    std::string json;
    append_json(json, *invite, link.url);
    co_return json_response(std::move(json), 201);
}

Answer revoke_invite(NetThread&, Services& services, Request request) {
    const auto& text = request.parameters[1];
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc{} || end != text.data() + text.size()) co_return Problem{.code = ErrorCode::NotFound};
    const auto revoked = co_await services.store.revoke_invite(request.identity->user.id, request.parameters[0], id);
    if (!revoked) co_return revoked.error();
    co_return no_content();
}

Answer view_invite(NetThread&, Services& services, Request request) {
    const auto invite = co_await services.store.invite(token_hash(request.parameters[0]));
    if (!invite) co_return invite.error();
    std::string json;
    json_object(json)
        .field_by("room",
                  [&](std::string& out) { json_object(out).field("uri", invite->room).field("title", invite->title); })
        .field("created_by", invite->created_by);
    co_return json_response(std::move(json));
}

Answer use_invite(NetThread&, Services& services, Request request) {
    const auto joined =
        co_await services.store.use_invite(request.identity->user.id, token_hash(request.parameters[0]));
    if (!joined) co_return joined.error();
    co_return field_response("room", *joined);
}

Answer members(NetThread&, Services& services, Request request) {
    const auto user = request.identity->user.id;
    const auto room = co_await services.store.room(user, request.parameters[0]);
    if (!room) co_return room.error();
    const auto found = co_await services.store.members(user, request.parameters[0]);
    if (!found) co_return found.error();
    const auto plugins = co_await services.store.room_plugins(user, request.parameters[0]);
    if (!plugins) co_return plugins.error();
    std::vector<RoomId> here = {room->id};
    auto present = co_await services.presence.present(std::move(here));
    const auto& names = present[room->uri];
    std::string json = "{\"members\":[";
    for (bool first = true; const auto& member : *found) {
        if (!first) json += ',';
        first = false;
        const bool present = std::ranges::find(names, member.user.name) != names.end();
        append_json(json, member, present, hears(*plugins, member.user));
    }
    co_return json_response(json + "]}");
}

Answer change_members(NetThread&, Services& services, Request request) {
    const auto by = request.identity->user.id;
    const auto& uri = request.parameters[0];
    const auto body = body_of(request);
    if (!body) co_return body.error();
    const auto change = member_change_in(body->root());
    if (!change) co_return change.error();
    if (!change->name) {
        const auto joined = co_await services.store.join_public(by, uri);
        if (!joined) co_return joined.error();
        co_return field_response("room", *joined);
    }
    auto changing = change->role ? services.store.set_role(by, uri, *change->name, *change->role)
                                 : services.store.add_member(by, uri, *change->name);
    const auto changed = co_await std::move(changing);
    if (!changed) co_return changed.error();
    co_return no_content();
}

Answer remove_member(NetThread&, Services& services, Request request) {
    auto name = name_looked_up(request.parameters[1]);
    if (!name) co_return name.error();
    const auto removed = co_await services.store.remove_member(request.identity->user.id, request.parameters[0], *name);
    if (!removed) co_return removed.error();
    co_return no_content();
}

}  // namespace handlers
}  // namespace riposte
