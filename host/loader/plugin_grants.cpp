#include "loader/permissions.hpp"
#include "loader/plugin.hpp"

#include <algorithm>

// What the operator lets a plugin do, and where.
namespace riposte {

bool Plugin::wants_grant() const { return record_.reason.find(" refused: grant: ") != std::string::npos; }

Awaitable<> Plugin::grant(std::string permission, bool given, std::string by) {
    const auto self = shared_from_this();
    std::erase(record_.grants, permission);
    if (given) record_.grants.push_back(permission);
    std::ranges::sort(record_.grants);
    auto saving = save();
    co_await std::move(saving);
    auto noting = note(given ? "grant" : "revoke", by, build_.value_or(Build{}), permission);
    co_await std::move(noting);
    if (given || !build_ || missing_permissions(build_->description.permissions, record_.grants).empty()) co_return;
    auto disabling = disable(std::move(by));
    co_await std::move(disabling);
}

Awaitable<> Plugin::set_presence(PluginPresence presence, std::string by) {
    const auto self = shared_from_this();
    record_.presence = presence;
    auto saving = save();
    co_await std::move(saving);
    auto noting = note("rooms", std::move(by), build_.value_or(Build{}), std::string(to_string(presence)));
    co_await std::move(noting);
}

}  // namespace riposte
