#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "net/http.hpp"

#include <span>
#include <string_view>

namespace riposte {

struct NetThread;
struct Services;

/// Who may call a route. The session turns everyone else away before the handler runs.
enum class Access : std::uint8_t { Anyone, User, Operator, UnixSocket };

/// A handler gets the request by value (it lives in the coroutine frame). [net]
using Handler = Awaitable<Result<Response>> (*)(NetThread&, Services&, Request);

/// How a request's body reaches the handler: checked JSON in `body`, or any bytes by `stream`.
enum class BodyKind : std::uint8_t { Json, Stream };

struct Route {
    Method method;
    std::string_view path;  // "/api/v1/rooms/{uri}/messages"
    Access access;
    Handler handler;
    BodyKind body = BodyKind::Json;
};

/// Every REST route: the router, the OpenAPI test and the Allow header read this one table.
std::span<const Route> routes();

}  // namespace riposte
