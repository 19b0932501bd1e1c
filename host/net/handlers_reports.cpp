#include "net/handlers.hpp"
#include "net/replies.hpp"
#include "net/services.hpp"
#include "protocol/text.hpp"
#include "store/store.hpp"

#include <charconv>

namespace riposte::handlers {
namespace {

Result<std::int64_t> report_id(const std::string& text) {
    std::int64_t id = 0;
    const auto end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, id);
    if (error != std::errc{} || stopped != end) return Problem{.code = ErrorCode::NotFound};
    return id;
}

}  // namespace

Answer report_message(NetThread&, Services& services, Request request) {
    const auto id = id_looked_up(request.parameters[1]);
    if (!id) co_return id.error();
    const auto body = body_of(request);
    if (!body) co_return body.error();
    const auto text = body->root().optional_text("reason");
    if (!text) co_return text.error();
    auto reason = check_reason(text->value_or(""));
    if (!reason) co_return reason.error();
    const auto reported =
        co_await services.store.report(request.identity->user.id, request.parameters[0], *id, std::move(*reason));
    if (!reported) co_return reported.error();
    co_return no_content();
}

Answer reports(NetThread&, Services& services, Request request) {
    const auto found = co_await services.store.reports(request.identity->user.id, request.parameters[0]);
    if (!found) co_return found.error();
    co_return field_response("reports", *found);
}

Answer settle_report(NetThread&, Services& services, Request request) {
    const auto id = report_id(request.parameters[1]);
    if (!id) co_return id.error();
    const auto settled = co_await services.store.settle_report(request.identity->user.id, request.parameters[0], *id);
    if (!settled) co_return settled.error();
    co_return no_content();
}

}  // namespace riposte::handlers
