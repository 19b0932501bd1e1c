#include "net/handlers.hpp"
#include "net/net_thread.hpp"
#include "net/replies.hpp"
#include "net/services.hpp"
#include "operator/metrics.hpp"
#include "operator/operator.hpp"
#include "operator/oversight_json.hpp"
#include "protocol/text.hpp"
#include "store/store.hpp"

#include <limits>

namespace riposte::handlers {
namespace {

constexpr IntegerLimits page_limits{.minimum = 1, .maximum = 100};
constexpr IntegerLimits mark_limits{.minimum = 0, .maximum = std::numeric_limits<std::int64_t>::max()};
constexpr std::size_t longest_listing_search = 200;  // bytes

ActingOperator acting(const Request& request) {
    ActingOperator by{.name = request.operator_name, .user = {}};
    if (request.identity) by.user = request.identity->user;
    return by;
}

/// ?text=&before=&limit=
Result<Listing> listing_of(const Request& request) {
    Listing listing;
    listing.text = query_text(request, "text");
    if (listing.text.size() > longest_listing_search) return invalid_value("text", "at most 200 bytes");
    const auto limit = query_integer(request, "limit", page_limits, 50);
    if (!limit) return limit.error();
    listing.limit = static_cast<int>(*limit);
    const auto before = query_integer(request, "before", mark_limits, mark_limits.maximum);
    if (!before) return before.error();
    listing.before = *before;
    return listing;
}

template <class T>
Response page(std::string_view name, const Listed<T>& found) {
    std::string json;
    json_object(json).field(name, found.items).field("next", found.next);
    return json_response(std::move(json));
}

std::int64_t open_sockets(const Services& services) {
    std::int64_t count = 0;
    for (const auto* thread : services.threads) count += static_cast<std::int64_t>(thread->hub.size());
    return count;
}

Answer change_account(Services& services, Request request, AccountState state) {
    auto name = name_looked_up(request.parameters[0]);
    if (!name) co_return name.error();
    const auto user = co_await services.operations.set_account(acting(request), std::move(*name), state);
    if (!user) co_return user.error();
    co_return value_response(*user);
}

Answer change_room(Services& services, Request request, RoomState state) {
    const auto room = co_await services.operations.set_room(acting(request), request.parameters[0], state);
    if (!room) co_return room.error();
    co_return value_response(*room);
}

}  // namespace

Answer list_users(NetThread&, Services& services, Request request) {
    auto listing = listing_of(request);
    if (!listing) co_return listing.error();
    const auto found = co_await services.operations.oversight().users(std::move(*listing));
    if (!found) co_return found.error();
    co_return page("users", *found);
}

Answer disable_user(NetThread&, Services& services, Request request) {
    return change_account(services, std::move(request), AccountState::Disabled);
}

Answer enable_user(NetThread&, Services& services, Request request) {
    return change_account(services, std::move(request), AccountState::Enabled);
}

Answer remove_user(NetThread&, Services& services, Request request) {
    auto name = name_looked_up(request.parameters[0]);
    if (!name) co_return name.error();
    const auto removed = co_await services.operations.remove_account(acting(request), std::move(*name));
    if (!removed) co_return removed.error();
    co_return no_content();
}

Answer list_rooms(NetThread&, Services& services, Request request) {
    auto listing = listing_of(request);
    if (!listing) co_return listing.error();
    const auto found = co_await services.operations.oversight().all_rooms(std::move(*listing));
    if (!found) co_return found.error();
    co_return page("rooms", *found);
}

Answer close_room(NetThread&, Services& services, Request request) {
    return change_room(services, std::move(request), RoomState::Closed);
}

Answer open_room(NetThread&, Services& services, Request request) {
    return change_room(services, std::move(request), RoomState::Open);
}

Answer all_reports(NetThread&, Services& services, Request) {
    const auto found = co_await services.operations.oversight().all_reports();
    if (!found) co_return found.error();
    co_return field_response("reports", *found);
}

Answer settle_any_report(NetThread&, Services& services, Request request) {
    const auto id = number_looked_up(request.parameters[0]);
    if (!id) co_return id.error();
    const auto settled = co_await services.operations.settle_report(acting(request), *id);
    if (!settled) co_return settled.error();
    co_return no_content();
}

Answer remove_reported(NetThread&, Services& services, Request request) {
    const auto id = number_looked_up(request.parameters[0]);
    if (!id) co_return id.error();
    const auto removed = co_await services.operations.remove_reported(acting(request), *id);
    if (!removed) co_return removed.error();
    co_return no_content();
}

Answer status(NetThread&, Services& services, Request) {
    const auto status = co_await services.operations.status(open_sockets(services));
    if (!status) co_return status.error();
    co_return value_response(*status);
}

Answer metrics(NetThread&, Services& services, Request) {
    const auto status = co_await services.operations.status(open_sockets(services));
    if (!status) co_return status.error();
    const auto plugins = co_await services.operations.plugins();
    Response response;
    response.content_type = metrics_type;
    response.body = metrics_text(*status, plugins);
    co_return response;
}

Answer settings(NetThread&, Services& services, Request) {
    co_return field_response("settings", services.operations.settings());
}

Answer audit(NetThread&, Services& services, Request request) {
    auto listing = listing_of(request);
    if (!listing) co_return listing.error();
    const auto found = co_await services.operations.oversight().audit(std::move(*listing));
    if (!found) co_return found.error();
    co_return page("audit", *found);
}

Answer find_invocations(NetThread&, Services& services, Request request) {
    auto text = query_text(request, "text");
    if (text.size() > longest_listing_search) co_return invalid_value("text", "at most 200 bytes");
    const auto found = co_await services.operations.oversight().find_invocations(std::move(text));
    if (!found) co_return found.error();
    co_return field_response("invocations", *found);
}

Answer all_tokens(NetThread&, Services& services, Request request) {
    auto listing = listing_of(request);
    if (!listing) co_return listing.error();
    const auto found = co_await services.store.all_tokens(std::move(*listing));
    if (!found) co_return found.error();
    co_return page("tokens", *found);
}

Answer revoke_any_token(NetThread&, Services& services, Request request) {
    const auto id = number_looked_up(request.parameters[0]);
    if (!id) co_return id.error();
    const auto revoked = co_await services.operations.revoke_token(acting(request), *id);
    if (!revoked) co_return revoked.error();
    co_return no_content();
}

}  // namespace riposte::handlers
