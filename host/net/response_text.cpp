#include "net/response_text.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <string_view>

namespace riposte {
namespace {

using Reason = std::pair<int, std::string_view>;

constexpr auto reasons = std::to_array<Reason>({
    {200, "OK"},
    {201, "Created"},
    {204, "No Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {499, "Cancelled"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
});

std::string_view reason(int status) {
    const auto found = std::ranges::find(reasons, status, &Reason::first);
    return found == reasons.end() ? "" : found->second;
}

std::string date() {
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    std::array<char, 40> text{};
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT",
                  &utc);  // the "C" locale: nobody calls setlocale
    return text.data();
}

bool may_have_body(const Response& response) { return response.status != 204 && response.status != 304; }

void add(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string header_text(const Response& response, Connection connection) {
    std::string out = "HTTP/1.1 " + std::to_string(response.status) + " ";
    out.append(reason(response.status)).append("\r\n");
    add(out, "Date", date());
    if (may_have_body(response)) {
        add(out, "Content-Type", response.content_type);
        add(out, "Content-Length",
            std::to_string(response.file ? static_cast<std::size_t>(response.file->bytes) : response.body.size()));
    }
    for (const auto& [name, value] : response.headers) add(out, name, value);
    add(out, "Connection", connection == Connection::KeepAlive ? "keep-alive" : "close");
    return out + "\r\n";
}

bool sends_body(const Response& response, Method method) { return method != Method::Head && may_have_body(response); }

}  // namespace riposte
