#pragma once

#include "store/accounts.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// A request and its answer as handlers see them; Beast stays in http_session.cpp and websocket_session.cpp.
namespace riposte {

enum class Method : std::uint8_t { Get, Head, Post, Put, Patch, Delete };

struct Request {
    Method method = Method::Get;
    std::string path;                          // decoded, without the query
    std::string_view route;                    // "/api/v1/invites/{token}": for the log, which must not see tokens
    std::map<std::string, std::string> query;  // decoded
    std::vector<std::string> parameters;       // of the route's {…}, in order, decoded
    std::string body;
    std::string id;              // request id, in every log line and problem
    std::string remote_address;  // the client's, behind a trusted proxy too; "unix" over the Unix socket
    std::string base_url;        // "https://chat.example.org": what links begin with
    std::string user_agent;
    std::string locale;                // best of Accept-Language: "en" or "zh-CN"
    bool secure = false;               // https as the client sees it
    std::optional<Identity> identity;  // who is asking
    std::string operator_name;         // "uid 0, cli" over the Unix socket, "alice, web" for an administrator
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;  // Set-Cookie, Retry-After, …
};

}  // namespace riposte
