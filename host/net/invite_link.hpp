#pragma once

#include <string>

namespace riposte {

/// A fresh invite: what the link says, and what the store keeps of it.
struct InviteLink {
    std::string token;
    std::string token_hash;
    std::string url;  // of the web client's page that leads through sign-up into the room
};

InviteLink make_invite_link(const std::string& base_url);

}  // namespace riposte
