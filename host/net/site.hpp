#pragma once

#include "base/async.hpp"
#include "base/rate_limit.hpp"
#include "base/result.hpp"
#include "net/http.hpp"
#include "net/http_policy.hpp"
#include "net/peer.hpp"
#include "net/router.hpp"
#include "net/static_files.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace riposte {

struct NetThread;
struct Services;

/// Whatever stands between a checked header and a response: who asks, may they, which handler, what else every response
/// carries. Knows no socket. One per net thread, used by that thread only.
class Site {
public:
    /// What the sites of all threads share. Everything outlives them.
    struct Shared {
        Services& services;
        const StaticFiles& files;
        RateLimit& requests;  // of the API, by person or, before sign-in, by address
        std::span<NetThread* const> threads;
    };
    Site(NetThread& thread, Shared shared) : thread_(thread), shared_(shared) {}

    /// Always a response: what goes wrong becomes a problem, an exception a 500 with the request's id in the log.
    /// `stream` instead of `body` for a route that takes one; it must outlive the answer.
    Awaitable<Response> answer(Head head, std::string body, Peer peer, BodyStream* stream = nullptr);
    /// The answer to bytes that are no request.
    Response refuse(const Problem& problem, const Peer& peer) const;

    /// The route takes its body piece by piece.
    static bool takes_stream(const Head& head);
    /// GET /api/v1/socket with "Upgrade: websocket".
    static bool is_socket_upgrade(const Head& head);
    /// Who asks for a WebSocket, or the response that says why not.
    struct Admission {
        std::optional<Request> request;
        Response refusal;
    };
    Awaitable<Admission> admit_socket(Head head, Peer peer);

    NetThread& thread() const { return thread_; }
    Services& services() const { return shared_.services; }

private:
    enum class Purpose : std::uint8_t { Request, Socket };

    /// Also fills in what of the request the target says.
    Result<RouteMatch> routed(const Head& head, Request& request) const;
    Awaitable<Result<Response>> handle(Head head, Request request, Result<RouteMatch> match);
    Awaitable<Result<Request>> identified(Head head, Request request, Purpose purpose, Access access);
    Awaitable<Result<Request>> socket_request(Head head, Request request);
    Awaitable<std::size_t> sockets_of(UserId user);
    Result<Response> unrouted(const Head& head, const Request& request, const std::string& allow) const;
    Response finished(Result<Response> result, const Request& request) const;

    NetThread& thread_;
    Shared shared_;
};

}  // namespace riposte
