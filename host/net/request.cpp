#include "net/request.hpp"

#include "net/field_text.hpp"
#include "net/router.hpp"

namespace riposte {
namespace {

constexpr std::size_t longest_user_agent = 256;

std::string base_url(const Head& head, const Request& request, const NetOptions& options) {
    if (!options.public_url.empty()) return options.public_url;
    const auto host = head.field("host");
    if (!host || !request.operator_name.empty())
        return "http://" + options.address + ":" + std::to_string(options.port);
    return (request.secure ? "https://" : "http://") + std::string(*host);
}

}  // namespace

Request request_from(const Head& head, const Peer& peer, const NetOptions& options) {
    auto client = client_of(peer, head, options);
    Request request;
    request.method = method_from(head.method).value_or(Method::Get);
    request.id = Uuid::make().to_string();
    request.remote_address = std::move(client.address);
    request.secure = client.secure;
    request.operator_name = peer.operator_name;
    request.user_agent = head.field("user-agent").value_or("").substr(0, longest_user_agent);
    request.locale = preferred_locale(head.field("accept-language").value_or(""));
    request.base_url = base_url(head, request, options);
    return request;
}

bool transport_allowed(const Request& request, const NetOptions& options) {
    return options.insecure_http || request.secure || is_this_machine(request.remote_address);
}

}  // namespace riposte
