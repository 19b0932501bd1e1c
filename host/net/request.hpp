#pragma once

#include "net/http.hpp"
#include "net/peer.hpp"

namespace riposte {

/// The request as its header tells it, not yet its target, body or identity. Makes the request's id.
Request request_from(const Head& head, const Peer& peer, const NetOptions& options);

/// Passwords may not travel readable: plain http is for this machine only, unless insecure_http says otherwise. Pure.
bool transport_allowed(const Request& request, const NetOptions& options);

inline bool is_unsafe(Method method) { return method != Method::Get && method != Method::Head; }

}  // namespace riposte
