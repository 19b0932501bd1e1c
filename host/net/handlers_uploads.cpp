#include "net/handlers.hpp"
#include "net/replies.hpp"
#include "net/report_response.hpp"
#include "net/services.hpp"
#include "operator/operator.hpp"
#include "operator/plugin_json.hpp"

namespace riposte::handlers {
namespace {

Result<> check_build_size(std::int64_t bytes, std::int64_t limit) {
    if (limit == 0)
        return Problem{.code = ErrorCode::NotAllowed, .detail = "plugins.upload_mib is 0: no builds over the network"};
    if (bytes == 0) return Problem{.code = ErrorCode::InvalidValue, .detail = "the file is empty", .argument = "file"};
    if (bytes <= limit) return {};
    return Problem{
        .code = ErrorCode::TooLarge, .detail = "at most " + std::to_string(limit) + " bytes", .argument = "file"};
}

Awaitable<Result<>> receive(Operator& operations, BodyStream& body, Uuid upload) {
    for (;;) {
        auto piece = co_await body.next();
        if (!piece) co_return piece.error();
        if (piece->empty()) co_return Result<>();
        const auto written = co_await operations.receive_build(upload, std::move(*piece));
        if (!written) co_return written.error();
    }
}

}  // namespace

Answer upload_plugin(NetThread&, Services& services, Request request) {
    const auto sized = check_build_size(request.stream->bytes(), services.options.plugin_bytes);
    if (!sized) co_return sized.error();
    const auto upload = Uuid::make();
    const auto received = co_await receive(services.operations, *request.stream, upload);
    if (!received) {
        services.operations.discard_build(upload);
        co_return received.error();
    }
    const auto staged = co_await services.operations.stage_build(upload, request.operator_name);
    if (!staged) co_return staged.error();
    co_return value_response(*staged, 201);
}

Answer install_plugin(NetThread&, Services& services, Request request) {
    auto report = co_await services.operations.install_build(request.parameters[0], request.operator_name);
    co_return report_response(std::move(report), request.id);
}

}  // namespace riposte::handlers
