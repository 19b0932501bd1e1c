#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "store/accounts.hpp"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// A request and its answer as handlers see them; Beast stays in http_session.cpp and websocket_session.cpp.
namespace riposte {

enum class Method : std::uint8_t { Get, Head, Post, Put, Patch, Delete };

/// A body that is too long to be held, as it arrives. [net]
class BodyStream {
public:
    virtual ~BodyStream() = default;
    /// In all.
    virtual std::int64_t bytes() const = 0;
    /// The next piece; "" at the end. Timeout, or MalformedRequest when the client has gone.
    virtual Awaitable<Result<std::string>> next() = 0;
};

struct Request {
    Method method = Method::Get;
    std::string path;                          // decoded, without the query
    std::string_view route;                    // "/api/v1/invites/{token}": for the log, which must not see tokens
    std::map<std::string, std::string> query;  // decoded
    std::vector<std::string> parameters;       // of the route's {…}, in order, decoded
    std::string body;
    BodyStream* stream = nullptr;  // instead of `body`, for a route that says so; outlives the handler
    std::string id;                // request id, in every log line and problem
    std::string remote_address;    // the client's, behind a trusted proxy too; "unix" over the Unix socket
    std::string base_url;          // "https://chat.example.org": what links begin with
    std::string user_agent;
    std::string locale;                // best of Accept-Language: "en" or "zh-CN"
    bool secure = false;               // https as the client sees it
    std::optional<Identity> identity;  // who is asking
    std::string operator_name;         // "uid 0, cli" over the Unix socket, "alice, web" for an administrator
};

/// A body of `bytes` that is read piece by piece while it is written.
struct FileBody {
    std::int64_t bytes = 0;
    std::function<Awaitable<Result<std::string>>(std::int64_t offset, std::size_t count)> read;
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;  // Set-Cookie, Retry-After, …
    std::optional<FileBody> file = {};                         // instead of `body`
};

}  // namespace riposte
