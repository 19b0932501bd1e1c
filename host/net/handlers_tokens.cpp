#include "auth/accounts.hpp"
#include "net/handlers.hpp"
#include "net/replies.hpp"
#include "net/services.hpp"
#include "operator/oversight_json.hpp"
#include "store/store.hpp"

namespace riposte::handlers {
namespace {

constexpr IntegerLimits token_lifetime{.minimum = 60, .maximum = 366LL * 24 * 3600};  // seconds

}  // namespace

Answer my_tokens(NetThread&, Services& services, Request request) {
    const auto found = co_await services.store.tokens_of(request.identity->user.id);
    if (!found) co_return found.error();
    co_return field_response("tokens", *found);
}

Answer create_token(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto name = body->root().required_text("name");
    if (!name) co_return name.error();
    const auto lifetime = body->root().optional_integer("expires_in_s", token_lifetime);
    if (!lifetime) co_return lifetime.error();
    const auto made = co_await services.accounts.create_token(*request.identity, std::move(*name), *lifetime);
    if (!made) co_return made.error();
    std::string json;
    {
        JsonObject object(json);
        append_token_fields(object, made->kept);
        object.field("token", made->token);
    }
    co_return json_response(std::move(json), 201);
}

Answer revoke_token(NetThread&, Services& services, Request request) {
    const auto id = number_looked_up(request.parameters[0]);
    if (!id) co_return id.error();
    const auto revoked = co_await services.store.revoke_token(request.identity->user.id, *id);
    if (!revoked) co_return revoked.error();
    co_return no_content();
}

}  // namespace riposte::handlers
