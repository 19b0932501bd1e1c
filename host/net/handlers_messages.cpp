#include "base/rate_limit.hpp"
#include "chat/chat.hpp"
#include "chat/invocations.hpp"
#include "net/handlers.hpp"
#include "net/net_thread.hpp"
#include "net/replies.hpp"
#include "net/services.hpp"
#include "protocol/actions.hpp"
#include "protocol/text.hpp"
#include "protocol/unicode.hpp"
#include "store/store.hpp"

#include <limits>

namespace riposte::handlers {
namespace {

constexpr IntegerLimits any_seq{.minimum = 0, .maximum = std::numeric_limits<Seq>::max()};
constexpr IntegerLimits history_limit{.minimum = 1, .maximum = 100};
constexpr IntegerLimits events_limit{.minimum = 1, .maximum = 200};
constexpr IntegerLimits search_limit{.minimum = 1, .maximum = 50};
constexpr std::size_t longest_search = 200;  // code points

Result<HistoryQuery> history_query_in(const Request& request) {
    const auto limit = query_integer(request, "limit", history_limit, 50);
    if (!limit) return limit.error();
    HistoryQuery query{.limit = static_cast<int>(*limit)};
    constexpr std::pair<const char*, Direction> directions[] = {
        {"before", Direction::Before}, {"after", Direction::After}, {"around", Direction::Around}};
    bool said = false;
    for (const auto& [name, direction] : directions) {
        if (!request.query.contains(name)) continue;
        if (said) return invalid_value(name, "only one of before, after and around");
        said = true;
        query.direction = direction;
        if (direction == Direction::Around) query.around = Uuid::parse(query_text(request, name));
        if (query.around) continue;
        const auto seq = query_integer(request, name, any_seq, 0);
        if (!seq) return seq.error();
        query.seq = *seq;
    }
    return query;
}

Result<std::optional<MessageId>> reply_to_in(const JsonValue& body) {
    const auto text = body.optional_text("reply_to");
    if (!text) return text.error();
    if (!*text) return std::optional<MessageId>();
    const auto id = Uuid::parse(**text);
    if (!id) return invalid_value("reply_to", "not the id of a message");
    return id;
}

/// "" where it is left out.
Result<std::string> checked_text(const JsonValue& body, std::string_view name, Result<> (*check)(std::string_view)) {
    auto text = body.optional_text(name);
    if (!text) return text.error();
    if (const auto checked = check(text->value_or("")); !checked) return checked.error();
    return text->value_or("");
}

/// Files speak for themselves.
Result<> check_caption(std::string_view text) { return text.empty() ? Result<>{} : check_message_text(text); }

Result<PostRequest> post_in(const JsonValue& body, const Request& request) {
    auto client_msg_id = checked_text(body, "client_msg_id", check_client_msg_id);
    if (!client_msg_id) return client_msg_id.error();
    auto attachments = attachments_in(body);
    if (!attachments) return attachments.error();
    const auto check_text = attachments->empty() ? check_message_text : check_caption;
    auto text = checked_text(body, "text", check_text);
    if (!text) return text.error();
    const auto reply_to = reply_to_in(body);
    if (!reply_to) return reply_to.error();
    const auto as_text = body.optional_bool("as_text");
    if (!as_text) return as_text.error();
    auto locale = checked_text(body, "locale", check_locale);
    if (!locale) return locale.error();
    auto time_zone = checked_text(body, "time_zone", check_time_zone);
    if (!time_zone) return time_zone.error();
    return PostRequest{.author = request.identity->user,
                       .room = request.parameters[0],
                       .client_msg_id = std::move(*client_msg_id),
                       .text = std::move(*text),
                       .reply_to = *reply_to,
                       .as_text = *as_text,
                       .locale = locale->empty() ? request.locale : std::move(*locale),
                       .time_zone = std::move(*time_zone),
                       .attachments = std::move(*attachments)};
}

}  // namespace

Answer messages(NetThread& thread, Services& services, Request request) {
    const auto query = history_query_in(request);
    if (!query) co_return query.error();
    auto page = co_await services.store.history(request.identity->user.id, request.parameters[0], *query);
    if (!page) co_return page.error();
    thread.hub.streams().complete(page->messages);
    std::string json;
    json_object(json)
        .field("messages", page->messages)
        .field("has_before", page->has_before)
        .field("has_after", page->has_after);
    co_return json_response(std::move(json));
}

Answer post_message(NetThread& thread, Services& services, Request request) {
    if (const auto allowed = services.post_limit.take(request.identity->user.name); !allowed) co_return allowed.error();
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto post = post_in(body->root(), request);
    if (!post) co_return post.error();
    const auto posted = co_await services.chat.post(std::move(*post), thread.catalogue);
    if (!posted) co_return posted.error();
    std::string json;
    json_object(json).field_if("message", posted->message).field_if("invocation", posted->invocation);
    co_return json_response(std::move(json), posted->repeated ? 200 : 201);
}

Answer edit_message(NetThread&, Services& services, Request request) {
    const auto id = id_looked_up(request.parameters[1]);
    if (!id) co_return id.error();
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto text = checked_text(body->root(), "text", check_message_text);
    if (!text) co_return text.error();
    const auto edited =
        co_await services.store.edit(request.identity->user.id, request.parameters[0], *id, std::move(*text));
    if (!edited) co_return edited.error();
    co_return value_response(*edited);
}

Answer delete_message(NetThread&, Services& services, Request request) {
    const auto id = id_looked_up(request.parameters[1]);
    if (!id) co_return id.error();
    const auto removed = co_await services.store.remove(request.identity->user.id, request.parameters[0], *id);
    if (!removed) co_return removed.error();
    co_return no_content();
}

namespace {

Answer react(Services& services, Request request, bool on) {
    const auto id = id_looked_up(request.parameters[1]);
    if (!id) co_return id.error();
    if (const auto checked = check_emoji(request.parameters[2]); !checked) co_return checked.error();
    const auto done =
        co_await services.store.react(request.identity->user.id, request.parameters[0], *id, request.parameters[2], on);
    if (!done) co_return done.error();
    co_return no_content();
}

}  // namespace

Answer add_reaction(NetThread&, Services& services, Request request) {
    return react(services, std::move(request), true);
}

Answer remove_reaction(NetThread&, Services& services, Request request) {
    return react(services, std::move(request), false);
}

Answer events(NetThread& thread, Services& services, Request request) {
    const auto after = query_integer(request, "after", any_seq, 0);
    if (!after) co_return after.error();
    const auto limit = query_integer(request, "limit", events_limit, 100);
    if (!limit) co_return limit.error();
    auto page = co_await services.store.events(request.identity->user.id, request.parameters[0], *after,
                                               static_cast<int>(*limit));
    if (!page) co_return page.error();
    thread.hub.streams().complete(page->events);
    std::string json;
    json_object(json).field("events", page->events).field("last_seq", page->last_seq);
    co_return json_response(std::move(json));
}

Answer search(NetThread&, Services& services, Request request) {
    SearchQuery query{.text = query_text(request, "q"), .room = query_text(request, "room"), .limit = 20, .before = {}};
    if (query.text.empty() || code_points(query.text) > longest_search)
        co_return invalid_value("q", "1 to " + std::to_string(longest_search) + " characters");
    const auto limit = query_integer(request, "limit", search_limit, query.limit);
    if (!limit) co_return limit.error();
    query.limit = static_cast<int>(*limit);
    const auto before = query_integer(request, "before", any_seq, 0);
    if (!before) co_return before.error();
    if (*before > 0) query.before = *before;
    const auto hits = co_await services.store.search(request.identity->user.id, std::move(query));
    if (!hits) co_return hits.error();
    co_return field_response("hits", *hits);
}

Answer cancel_invocation(NetThread&, Services& services, Request request) {
    const auto id = id_looked_up(request.parameters[0]);
    if (!id) co_return id.error();
    const auto cancelled = co_await services.invocations.cancel(request.identity->user.id, *id);
    if (!cancelled) co_return cancelled.error();
    co_return no_content();
}

}  // namespace riposte::handlers
