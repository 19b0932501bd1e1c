#include "net/site.hpp"

#include "auth/accounts.hpp"
#include "base/log.hpp"
#include "net/credentials.hpp"
#include "net/field_text.hpp"
#include "net/net_thread.hpp"
#include "net/problem_response.hpp"
#include "net/request.hpp"
#include "net/security_headers.hpp"
#include "net/services.hpp"
#include "net/target.hpp"

#include <exception>

namespace riposte {
namespace {

constexpr std::string_view socket_path = "/api/v1/socket";

bool is_api(const std::string& path) { return path.starts_with("/api/"); }

bool is_json(std::string_view content_type) {
    return lower_case(without_blanks(content_type.substr(0, content_type.find(';')))) == "application/json";
}

/// "alice, web": how the registry and the audit name an administrator who is not on the Unix socket.
std::string operator_name(const User& user, TokenSource source) {
    return user.admin ? user.name + (source == TokenSource::Cookie ? ", web" : ", api") : "";
}

Problem wrong_origin(const Request& request) {
    return {.code = ErrorCode::WrongOrigin,
            .detail = "pages of " + request.base_url + " only; http.public_url says which"};
}

Problem come_back() { return {.code = ErrorCode::ShuttingDown, .retry_after_s = 2}; }

Response method_not_allowed(const Request& request, const std::string& allow) {
    auto response = problem_response({.code = ErrorCode::MethodNotAllowed}, request.id);
    response.headers.emplace_back("Allow", allow);
    return response;
}

}  // namespace

Awaitable<Response> Site::answer(Head head, std::string body, Peer peer, BodyStream* stream) {
    auto request = request_from(head, peer, shared_.services.options);
    auto match = routed(head, request);
    const auto outline = request;
    request.body = std::move(body);
    request.stream = stream;
    Result<Response> result = Problem{};
    try {
        result = co_await handle(std::move(head), std::move(request), std::move(match));
    } catch (const std::exception& e) {
        log::error("a handler threw", {{"request", outline.id}, {"what", e.what()}});
    }
    co_return finished(std::move(result), outline);
}

Response Site::refuse(const Problem& problem, const Peer& peer) const {
    Request request;
    request.id = Uuid::make().to_string();
    request.remote_address = peer.address;
    return finished(problem, request);
}

bool Site::takes_stream(const Head& head) {
    const auto method = method_from(head.method);
    const auto target = parse_target(head.target);
    if (!method || !target) return false;
    const auto match = find_route(routes(), *method, target->segments);
    return match.route && match.route->body == BodyKind::Stream;
}

bool Site::is_socket_upgrade(const Head& head) {
    return head.target.substr(0, head.target.find('?')) == socket_path && head.has_token("upgrade", "websocket");
}

Awaitable<Site::Admission> Site::admit_socket(Head head, Peer peer) {
    auto request = request_from(head, peer, shared_.services.options);
    const auto match = routed(head, request);
    const auto outline = request;
    Result<Request> asked = Problem{};
    try {
        if (match) asked = co_await socket_request(std::move(head), std::move(request));
        else asked = match.error();
    } catch (const std::exception& e) {
        log::error("admitting a socket threw", {{"request", outline.id}, {"what", e.what()}});
    }
    if (asked) co_return Admission{std::move(*asked), {}};
    co_return Admission{std::nullopt, finished(asked.error(), outline)};
}

Awaitable<Result<Request>> Site::socket_request(Head head, Request request) {
    if (shared_.services.draining) co_return come_back();
    if (head.method != "GET" || head.has_body()) co_return Problem{.code = ErrorCode::MalformedRequest};
    auto asked = co_await identified(std::move(head), std::move(request), Purpose::Socket, Access::User);
    if (!asked) co_return asked.error();
    const auto open = co_await sockets_of(asked->identity->user.id);
    if (open >= static_cast<std::size_t>(shared_.services.options.sockets_per_user))
        co_return Problem{
            .code = ErrorCode::RateLimited, .detail = "too many sockets of one user", .retry_after_s = 10};
    co_return std::move(*asked);
}

Result<RouteMatch> Site::routed(const Head& head, Request& request) const {
    auto target = parse_target(head.target);
    if (!target) return target.error();
    if (!transport_allowed(request, shared_.services.options))
        return Problem{.code = ErrorCode::NotAllowed,
                       .detail = "over https only: plain http would show passwords to the network"};
    auto match = find_route(routes(), request.method, target->segments);
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    request.parameters = std::move(match.parameters);
    if (match.route) request.route = match.route->path;
    return match;
}

Awaitable<Result<Response>> Site::handle(Head head, Request request, Result<RouteMatch> match) {
    if (!match) co_return match.error();
    if (shared_.services.draining && request.path != "/healthz") co_return come_back();
    if (!match->route) co_return unrouted(head, request, match->allow);
    const bool json = is_json(head.field("content-type").value_or(""));
    auto known = co_await identified(std::move(head), std::move(request), Purpose::Request, match->route->access);
    if (!known) co_return known.error();
    if (!known->body.empty() && !json)
        co_return Problem{.code = ErrorCode::UnsupportedMedia, .detail = "application/json only"};
    co_return co_await match->route->handler(thread_, shared_.services, std::move(*known));
}

Result<Response> Site::unrouted(const Head& head, const Request& request, const std::string& allow) const {
    if (!allow.empty()) return method_not_allowed(request, allow);
    if (is_api(request.path)) return Problem{.code = ErrorCode::NotFound};
    if (is_unsafe(request.method)) return method_not_allowed(request, "GET, HEAD");
    return shared_.files.answer({.path = request.path,
                                 .accept = head.field("accept").value_or(""),
                                 .accept_encoding = head.field("accept-encoding").value_or(""),
                                 .if_none_match = head.field("if-none-match").value_or("")});
}

Awaitable<Result<Request>> Site::identified(Head head, Request request, Purpose purpose, Access access) {
    const auto token = token_of(head, request.secure);
    const bool from_a_page = purpose == Purpose::Socket || is_unsafe(request.method);
    if (from_a_page && !origin_allowed(head, token.source, request.base_url)) co_return wrong_origin(request);
    const bool over_unix_socket = !request.operator_name.empty();
    if (over_unix_socket && access != Access::User) co_return request;
    if (is_api(request.path) && (access == Access::Anyone || token.source == TokenSource::None))
        if (const auto allowed = shared_.requests.take(request.remote_address); !allowed) co_return allowed.error();
    if (access == Access::Anyone) co_return request;
    if (access == Access::UnixSocket)
        co_return Problem{.code = ErrorCode::NotAllowed, .detail = "only over the Unix socket"};

    if (token.source == TokenSource::None) co_return Problem{.code = ErrorCode::Unauthenticated};
    auto identity = co_await shared_.services.accounts.identify(token.text);
    // A wrong token costs its sender's address, a right one its owner.
    const auto payer = identity ? identity->user.name : request.remote_address;
    if (const auto allowed = shared_.requests.take(payer); !allowed) co_return allowed.error();
    if (!identity) co_return identity.error();
    if (access == Access::Operator && !identity->user.admin) co_return Problem{.code = ErrorCode::NotAllowed};
    if (!over_unix_socket) request.operator_name = operator_name(identity->user, token.source);
    request.identity = std::move(*identity);
    co_return request;
}

Awaitable<std::size_t> Site::sockets_of(UserId user) {
    std::size_t count = thread_.hub.sockets_of(user);
    for (auto* thread : shared_.threads) {
        if (thread == &thread_) continue;
        auto ask = [thread, user](std::function<void(std::size_t)> answer) {
            asio::post(thread->io, [thread, user, answer] { answer(thread->hub.sockets_of(user)); });
        };
        count += co_await await_callback<std::size_t>(ask);
    }
    co_return count;
}

Response Site::finished(Result<Response> result, const Request& request) const {
    auto response = result ? std::move(*result) : problem_response(result.error(), request.id);
    add_security_headers(response, request.secure);
    response.headers.emplace_back("X-Request-Id", request.id);
    const auto level = response.status >= 500 ? log::Level::Warning : log::Level::Debug;
    log::write(level, "request",
               {{"request", request.id},
                {"from", request.remote_address},
                {"method", to_string(request.method)},
                {"route", request.route},
                {"status", response.status}});
    return response;
}

}  // namespace riposte
