#pragma once

#include <string>
#include <string_view>

namespace riposte {

/// 256 random bits as 43 characters of base64url: a session, an invite, a one-time link.
std::string make_token();

/// The same after "riposte_": a token for scripts, which who searches a repository for secrets can tell.
std::string make_access_token();

/// What is stored of a token: BLAKE2b-256, hex. A token has 256 bits of its own, so no salt and no slow hash are needed.
std::string token_hash(std::string_view token);

}  // namespace riposte
