#include "commands/duration.hpp"
#include "net/handlers.hpp"
#include "net/replies.hpp"
#include "net/services.hpp"
#include "operator/operator.hpp"
#include "operator/plugin_json.hpp"

// A worker that somebody stops in a debugger.
namespace riposte::handlers {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds shortest = 1s;
constexpr std::chrono::milliseconds longest = 24h;  // a forgotten one must end

Answer debug(Services& services, Request request, std::chrono::milliseconds time) {
    auto plugin = co_await services.operations.debug(request.parameters[0], time, request.operator_name);
    if (!plugin) co_return plugin.error();
    co_return value_response(*plugin);
}

}  // namespace

Answer debug_plugin(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    const auto text = body->root().required_text("for");
    if (!text) co_return text.error();
    const auto time = read_duration(*text);
    if (!time || time->bytes != text->size() || time->length < shortest || time->length > longest)
        co_return Problem{.code = ErrorCode::InvalidValue,
                          .detail = "a duration such as \"30m\", of at most a day",
                          .argument = "for"};
    co_return co_await debug(services, std::move(request), time->length);
}

Answer end_plugin_debug(NetThread&, Services& services, Request request) {
    return debug(services, std::move(request), 0ms);
}

}  // namespace riposte::handlers
