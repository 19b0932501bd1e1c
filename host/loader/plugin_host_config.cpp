#include "loader/plugin_host_state.hpp"
#include "loader/setting_choices.hpp"

// What an operator sets of a plugin: whose build says what there is to set.
namespace riposte {

Awaitable<Result<Build>> PluginHost::State::to_configure(std::shared_ptr<Plugin> plugin) {
    const auto& record = plugin->record();
    if (plugin->wants_settings() || record.active_hash.empty()) {
        auto looking = candidates(record.id, record.by);
        auto found = co_await std::move(looking);
        if (!found.empty()) co_return std::move(found.back().build);
    }
    auto finding = kept(record.active_hash);
    co_return co_await std::move(finding);
}

Awaitable<Result<std::vector<SettingView>>> PluginHost::State::settings(std::string id) {
    const auto self = shared_from_this();
    const auto plugin = find(id);
    if (!plugin) co_return unknown_plugin(id);
    auto finding = to_configure(plugin);
    const auto build = co_await std::move(finding);
    if (!build) co_return build.error();
    co_return plugin->settings(build->description);
}

Awaitable<Result<ReloadReport>> PluginHost::State::configure(std::string id, SettingChanges changes, Reach reach,
                                                             std::string by) {
    const auto self = shared_from_this();
    const auto plugin = find(id);
    if (!plugin) co_return unknown_plugin(id);
    auto taking = plugin->turns().take();
    const auto turn = co_await std::move(taking);
    auto finding = to_configure(plugin);
    auto build = co_await std::move(finding);
    if (!build) co_return build.error();
    if (const auto within = check_reach(build->description, changes, reach); !within) co_return within.error();
    auto choosing = plugin->choose_settings(std::move(*build), std::move(changes), std::move(by));
    co_return co_await std::move(choosing);
}

}  // namespace riposte
