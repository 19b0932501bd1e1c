#include "protocol/types.hpp"

#include "protocol/plugin_records.hpp"

#include <array>

namespace riposte {
namespace {

using namespace std::string_view_literals;

constexpr std::array role_names{"member"sv, "moderator"sv, "owner"sv};
constexpr std::array kind_names{"room"sv, "direct"sv};
constexpr std::array visibility_names{"private"sv, "public"sv};
constexpr std::array change_names{"joined"sv, "left"sv, "removed"sv, "role"sv};
constexpr std::array state_names{"queued"sv, "running"sv, "done"sv, "failed"sv};
constexpr std::array audience_names{"anyone"sv, "moderator"sv, "owner"sv, "operator"sv};
constexpr std::array command_visibility_names{"room"sv, "author"sv};
constexpr std::array notify_names{"all"sv, "mentions"sv, "none"sv};
constexpr std::array isolation_names{"worker"sv, "in-process"sv};
constexpr std::array presence_names{"everywhere"sv, "invited"sv};

template <class Names, class Enum>
std::string_view name_of(const Names& names, Enum value) {
    return names[static_cast<std::size_t>(value)];
}

template <class Enum, class Names>
std::optional<Enum> value_of(const Names& names, std::string_view text) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == text) return static_cast<Enum>(i);
    return std::nullopt;
}

}  // namespace

std::string_view to_string(Role role) { return name_of(role_names, role); }
std::string_view to_string(RoomKind kind) { return name_of(kind_names, kind); }
std::string_view to_string(RoomVisibility visibility) { return name_of(visibility_names, visibility); }
std::string_view to_string(Change change) { return name_of(change_names, change); }
std::string_view to_string(InvocationState state) { return name_of(state_names, state); }
std::string_view to_string(Audience audience) { return name_of(audience_names, audience); }
std::string_view to_string(CommandVisibility visibility) { return name_of(command_visibility_names, visibility); }
std::string_view to_string(Notify notify) { return name_of(notify_names, notify); }
std::string_view to_string(Isolation isolation) { return name_of(isolation_names, isolation); }
std::string_view to_string(PluginPresence presence) { return name_of(presence_names, presence); }
std::optional<Role> role_from(std::string_view text) { return value_of<Role>(role_names, text); }
std::optional<RoomVisibility> room_visibility_from(std::string_view text) {
    return value_of<RoomVisibility>(visibility_names, text);
}
std::optional<Notify> notify_from(std::string_view text) { return value_of<Notify>(notify_names, text); }
std::optional<Isolation> isolation_from(std::string_view text) { return value_of<Isolation>(isolation_names, text); }
std::optional<PluginPresence> plugin_presence_from(std::string_view text) {
    return value_of<PluginPresence>(presence_names, text);
}

}  // namespace riposte
