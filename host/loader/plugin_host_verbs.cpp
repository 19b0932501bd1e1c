#include "loader/permissions.hpp"
#include "loader/plugin_host_state.hpp"

#include <algorithm>

// What an operator does to a plugin.
namespace riposte {

/// The newest build of the folder, else the bundled one, else the one that is live.
Awaitable<Result<ReloadReport>> PluginHost::State::reload(std::string id, std::string by, bool force) {
    const auto self = shared_from_this();
    auto looking = candidates(id, by);
    const auto found = co_await std::move(looking);
    const auto& inbox = context_.options.inbox_directory;
    // What a broken file declares is unknown; by its name it was to be this plugin's next build.
    const auto named = inbox / (id + ".so");
    const bool in_inbox = !found.empty() && found.back().source.parent_path() == inbox;
    if (std::error_code absent; !in_inbox && find(id) && std::filesystem::exists(named, absent)) {
        auto examining = examine(named);
        const auto build = co_await std::move(examining);
        if (!build) {
            auto refusing = report_refusal(find(id), Build{}, by, "reload", build.error());
            co_return co_await std::move(refusing);
        }
    }
    auto plugin = find(id);
    if (!plugin && found.empty()) co_return unknown_plugin(id);
    if (!plugin) {
        PluginRecord record;
        record.id = id;
        make(std::move(record));
        plugin = find(id);
    }
    const auto& record = plugin->record();
    const auto hash = found.empty() ? record.active_hash : found.back().build.hash;
    ReloadReport report;
    report.plugin = plugin->view();
    if (!record.enabled) {
        co_return Problem{.code = ErrorCode::PluginDisabled, .detail = id + " is disabled: enable it first"};
    }
    if (!force && hash == record.active_hash && report.plugin.serving) {
        report.unchanged = true;
        co_return report;
    }
    if (!force && holds(record.refused_hashes, hash)) {
        report.step = "refused before";
        report.reason = plugin->view().reason + " (tried again only when forced)";
        co_return report;
    }
    auto activating = again(plugin, hash, by, "reload");
    co_return co_await std::move(activating);
}

Awaitable<Result<ReloadReport>> PluginHost::State::rollback(std::string id, std::string by, DataChoice data) {
    const auto self = shared_from_this();
    const auto plugin = find(id);
    if (!plugin) co_return unknown_plugin(id);
    auto taking = plugin->turns().take();
    const auto turn = co_await std::move(taking);
    const auto hash = plugin->build_before();
    if (hash.empty())
        co_return Problem{.code = ErrorCode::NotFound, .detail = "no earlier build of " + id + " is kept"};
    auto finding = kept(hash);
    auto build = co_await std::move(finding);
    if (!build) co_return build.error();
    auto going_back = plugin->go_back(std::move(*build), by, data, "by " + by);
    co_return co_await std::move(going_back);
}

Awaitable<Result<std::vector<PluginLogLine>>> PluginHost::State::log(std::string id,
                                                                     std::optional<std::int64_t> generation,
                                                                     std::size_t limit) {
    const auto plugin = find(id);
    if (!plugin) co_return unknown_plugin(id);
    auto reading = plugin->log().read(generation, limit);
    co_return co_await std::move(reading);
}

Awaitable<Result<PluginView>> PluginHost::State::alias(std::string id, std::string prefix, std::string alias,
                                                       std::string by) {
    const auto self = shared_from_this();
    const auto plugin = find(id);
    if (!plugin) co_return unknown_plugin(id);
    {
        auto taking = plugin->turns().take();
        const auto turn = co_await std::move(taking);
        auto naming = plugin->alias(std::move(prefix), std::move(alias), by);
        const auto named = co_await std::move(naming);
        if (!named) co_return named.error();
    }
    const bool may_serve_now = plugin->record().enabled && !plugin->view().serving && plugin->view().state == "refused";
    if (may_serve_now) {
        auto trying = reload(id, by, false);
        co_await std::move(trying);
    }
    co_return plugin->view();
}

Awaitable<Result<PluginView>> PluginHost::State::enable(std::string id, std::string by) {
    const auto self = shared_from_this();
    const auto plugin = find(id);
    if (!plugin) co_return unknown_plugin(id);
    if (plugin->record().enabled && plugin->view().serving) co_return plugin->view();
    auto activating = again(plugin, plugin->record().active_hash, by, "enable");
    auto report = co_await std::move(activating);
    if (!report) co_return report.error();
    if (!report->live)
        co_return Problem{.code = ErrorCode::PluginRefused, .detail = report->step + ": " + report->reason};
    co_return report->plugin;
}

Awaitable<Result<PluginView>> PluginHost::State::disable(std::string id, std::string by) {
    const auto self = shared_from_this();
    const auto plugin = find(id);
    if (!plugin) co_return unknown_plugin(id);
    auto taking = plugin->turns().take();
    const auto turn = co_await std::move(taking);
    auto disabling = plugin->disable(by);
    co_await std::move(disabling);
    co_return plugin->view();
}

Awaitable<Result<PluginView>> PluginHost::State::grant(std::string id, std::string permission, bool given,
                                                       std::string by) {
    const auto self = shared_from_this();
    const auto plugin = find(id);
    if (!plugin) co_return unknown_plugin(id);
    if (!is_permission(permission))
        co_return Problem{.code = ErrorCode::InvalidValue, .detail = "network, hear or post", .argument = "permission"};
    {
        auto taking = plugin->turns().take();
        const auto turn = co_await std::move(taking);
        auto granting = plugin->grant(std::move(permission), given, by);
        co_await std::move(granting);
    }
    if (given && plugin->wants_grant() && plugin->record().enabled) {
        auto trying = reload(id, by, false);
        co_await std::move(trying);
    }
    co_return plugin->view();
}

Awaitable<Result<PluginView>> PluginHost::State::debug(std::string id, std::chrono::milliseconds time, std::string by) {
    const auto self = shared_from_this();
    const auto plugin = find(id);
    if (!plugin) co_return unknown_plugin(id);
    auto debugging = plugin->debug(time, std::move(by));
    const auto done = co_await std::move(debugging);
    if (!done) co_return done.error();
    co_return plugin->view();
}

Awaitable<Result<PluginView>> PluginHost::State::set_presence(std::string id, PluginPresence presence, std::string by) {
    const auto self = shared_from_this();
    const auto plugin = find(id);
    if (!plugin) co_return unknown_plugin(id);
    auto taking = plugin->turns().take();
    const auto turn = co_await std::move(taking);
    auto setting = plugin->set_presence(presence, std::move(by));
    co_await std::move(setting);
    rebuild_catalogue();  // the commands are the same, but rooms have others of them
    co_return plugin->view();
}

Awaitable<Result<PluginView>> PluginHost::State::isolate(std::string id, Isolation isolation, std::string by) {
    const auto self = shared_from_this();
    const auto plugin = find(id);
    if (!plugin) co_return unknown_plugin(id);
    const auto before = plugin->record().isolation;
    plugin->configure([&](PluginRecord& record) { record.isolation = isolation; });
    if (!plugin->record().enabled) {
        auto saving = plugin->save();
        co_await std::move(saving);
        co_return plugin->view();
    }
    auto activating = again(plugin, plugin->record().active_hash, by, "isolation");
    auto report = co_await std::move(activating);
    if (report && report->live) co_return report->plugin;
    plugin->configure([&](PluginRecord& record) { record.isolation = before; });
    co_return report ? Problem{.code = ErrorCode::PluginRefused, .detail = report->step + ": " + report->reason}
                     : report.error();
}

}  // namespace riposte
