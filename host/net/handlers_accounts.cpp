#include "auth/accounts.hpp"
#include "base/clock.hpp"
#include "net/credentials.hpp"
#include "net/handlers.hpp"
#include "net/replies.hpp"
#include "net/services.hpp"
#include "protocol/text.hpp"
#include "store/store.hpp"

namespace riposte::handlers {
namespace {

/// The server ends sessions by its own clock; the browser keeps the cookie as long as browsers keep any (400 days).
constexpr std::int64_t cookie_lifetime_s = 400LL * 24 * 3600;
constexpr Timestamp recent_invocations_ms = 10 * 60 * 1000;

Visitor visitor_of(const Request& request) { return {request.remote_address, request.user_agent}; }

/// The token for who asked for it, a cookie for everybody else: a script's jar should hold no second key.
Result<Response> signed_in_response(Result<SignedIn> signed_in, bool bearer, const Request& request) {
    if (!signed_in) return signed_in.error();
    std::string json;
    json_object(json)
        .field("user", signed_in->user)
        .field_if("token", bearer ? std::string_view(signed_in->token) : "");
    auto response = json_response(std::move(json), 201);
    if (!bearer)
        response.headers.emplace_back("Set-Cookie",
                                      session_cookie(signed_in->token, request.secure, cookie_lifetime_s));
    return response;
}

Response signed_out_response(const Request& request) {
    auto response = no_content();
    response.headers.emplace_back("Set-Cookie", session_cookie("", request.secure, 0));
    return response;
}

struct TextField {
    std::string_view name;
    std::string SignUp::*member;
    bool required = false;
};
constexpr TextField sign_up_fields[] = {
    {"name", &SignUp::name, true}, {"password", &SignUp::password, true}, {"display_name", &SignUp::display_name},
    {"locale", &SignUp::locale},   {"invite", &SignUp::invite},           {"link", &SignUp::link},
};

Result<SignUp> sign_up_in(const JsonValue& body) {
    SignUp wanted;
    for (const auto& field : sign_up_fields) {
        auto text = body.optional_text(field.name);
        if (!text) return text.error();
        if (field.required && !*text) return invalid_value(field.name, "required");
        wanted.*field.member = std::move(*text).value_or("");
    }
    return wanted;
}

}  // namespace

Answer create_user(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto wanted = sign_up_in(body->root());
    if (!wanted) co_return wanted.error();
    const auto bearer = body->root().optional_bool("bearer");
    if (!bearer) co_return bearer.error();
    auto signed_in = co_await services.accounts.sign_up(std::move(*wanted), visitor_of(request));
    co_return signed_in_response(std::move(signed_in), *bearer, request);
}

Answer create_session(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto name = body->root().required_text("name");
    if (!name) co_return name.error();
    auto password = body->root().required_text("password");
    if (!password) co_return password.error();
    const auto bearer = body->root().optional_bool("bearer");
    if (!bearer) co_return bearer.error();
    auto signed_in = co_await services.accounts.sign_in(std::move(*name), std::move(*password), visitor_of(request));
    co_return signed_in_response(std::move(signed_in), *bearer, request);
}

Answer end_sessions(NetThread&, Services& services, Request request) {
    auto ending = query_text(request, "all") == "true" ? services.accounts.sign_out_everywhere(*request.identity)
                                                       : services.accounts.sign_out(*request.identity);
    const auto ended = co_await std::move(ending);
    if (!ended) co_return ended.error();
    co_return signed_out_response(request);
}

Answer me(NetThread&, Services& services, Request request) {
    const auto found = co_await services.store.me(request.identity->user.id);
    if (!found) co_return found.error();
    co_return value_response(*found);
}

Answer update_me(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto display_name = body->root().optional_text("display_name");
    if (!display_name) co_return display_name.error();
    if (*display_name) {
        auto checked = check_display_name(**display_name);
        if (!checked) co_return checked.error();
        *display_name = std::move(*checked);
    }
    auto locale = body->root().optional_text("locale");
    if (!locale) co_return locale.error();
    const auto known = check_locale(locale->value_or(""));
    if (!known) co_return known.error();
    const auto updated =
        co_await services.store.update_me(request.identity->user.id, std::move(*display_name), std::move(*locale));
    if (!updated) co_return updated.error();
    co_return value_response(*updated);
}

Answer delete_me(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto password = body->root().required_text("password");
    if (!password) co_return password.error();
    const auto gone =
        co_await services.accounts.delete_account(*request.identity, std::move(*password), visitor_of(request));
    if (!gone) co_return gone.error();
    co_return signed_out_response(request);
}

Answer change_password(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto old_password = body->root().required_text("old");
    if (!old_password) co_return old_password.error();
    auto new_password = body->root().required_text("new");
    if (!new_password) co_return new_password.error();
    const auto changed = co_await services.accounts.change_password(*request.identity, std::move(*old_password),
                                                                    std::move(*new_password), visitor_of(request));
    if (!changed) co_return changed.error();
    co_return no_content();
}

Answer reset_password(NetThread&, Services& services, Request request) {
    const auto body = body_of(request);
    if (!body) co_return body.error();
    auto password = body->root().required_text("password");
    if (!password) co_return password.error();
    const auto reset = co_await services.accounts.reset_password(request.parameters[0], std::move(*password));
    if (!reset) co_return reset.error();
    co_return no_content();
}

Answer my_invocations(NetThread&, Services& services, Request request) {
    const auto since = now_ms() - recent_invocations_ms;
    const auto found = co_await services.store.invocations_of(request.identity->user.id, since);
    if (!found) co_return found.error();
    co_return field_response("invocations", *found);
}

Answer export_me(NetThread&, Services& services, Request request) {
    auto exported = co_await services.store.export_user(request.identity->user.id);
    if (!exported) co_return exported.error();
    auto response = json_response(std::move(*exported));
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"riposte-export.json\"");
    co_return response;
}

Answer user(NetThread&, Services& services, Request request) {
    auto name = name_looked_up(request.parameters[0]);
    if (!name) co_return name.error();
    const auto found = co_await services.store.user(std::move(*name));
    if (!found) co_return found.error();
    co_return value_response(*found);
}

}  // namespace riposte::handlers
