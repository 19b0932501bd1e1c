#pragma once

#include "protocol/types.hpp"

#include <optional>

namespace riposte {

/// Whether somebody of this role in the room may give a command; an administrator may give every one.
bool may_give(Audience audience, const std::optional<Role>& role, bool administrator);

/// What to say to who may not.
Problem not_for_you(Audience audience);

}  // namespace riposte
