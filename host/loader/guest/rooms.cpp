#include "loader/guest/guest.hpp"

#include "protocol/unicode.hpp"

// What a plugin says unasked in rooms, and what it hears there.
namespace riposte::guest {
namespace {

constexpr std::size_t most_hearings = RIPOSTE_MAX_HEARINGS;

}  // namespace

riposte_status Guest::post(std::string_view room, std::string_view text) {
    if ((description_.permissions & RIPOSTE_PERMISSION_POST) == 0) return RIPOSTE_DENIED;
    if (const auto status = message_status(text); status != RIPOSTE_OK) return status;
    if (room.empty() || !valid_utf8(room)) return RIPOSTE_INVALID;
    const auto answer = ask(PostMessage{0, std::string(room), std::string(text)});
    const auto* stored = answer ? std::get_if<ValueAnswer>(&*answer) : nullptr;
    return stored != nullptr ? stored->status : RIPOSTE_FAILED;
}

riposte_status Guest::hear(std::uint32_t hearing, std::string_view pattern) {
    if ((description_.permissions & RIPOSTE_PERMISSION_HEAR) == 0) return RIPOSTE_DENIED;
    if (pattern.size() > RIPOSTE_MAX_PATTERN) return RIPOSTE_TOO_LARGE;
    if (!valid_utf8(pattern)) return RIPOSTE_INVALID;
    auto compiled = pattern.empty() ? nullptr : Pattern::compiled(pattern);
    if (!pattern.empty() && !compiled) return RIPOSTE_INVALID;
    const Lock lock(link_.mutex());
    if (hearings_.size() >= most_hearings && !hearings_.contains(hearing)) return RIPOSTE_TOO_MANY;
    hearings_[hearing] = std::move(compiled);
    return RIPOSTE_OK;
}

/// On the instance's own thread, so that an expression that takes long costs its plugin only.
void Guest::answer(const Overhear& overheard) {
    Lock lock(link_.mutex());
    const auto hearings = hearings_;
    lock.unlock();
    Listened answer{overheard.message, std::nullopt};
    for (const auto& [number, pattern] : hearings) {
        if (pattern && !pattern->is_in(overheard.text)) continue;
        answer.hearing = number;
        break;
    }
    link_.send(answer);
}

}  // namespace riposte::guest
