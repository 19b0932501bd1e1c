#include "chat/audience.hpp"

namespace riposte {

bool may_give(Audience audience, const std::optional<Role>& role, bool administrator) {
    if (administrator) return true;
    switch (audience) {
        case Audience::Anyone: return true;
        case Audience::Moderator: return role && *role >= Role::Moderator;
        case Audience::Owner: return role == Role::Owner;
        case Audience::Operator: return false;
    }
    return false;
}

Problem not_for_you(Audience audience) {
    return {.code = ErrorCode::CommandNotAllowed, .detail = "for " + std::string(to_string(audience)) + "s only"};
}

}  // namespace riposte
