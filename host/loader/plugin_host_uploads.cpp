#include "loader/permissions.hpp"
#include "loader/plugin_host_state.hpp"

#include <algorithm>

// Builds that an operator brings by hand, over the network: looked at first, taken live by a second word.
namespace riposte {
namespace {

constexpr std::size_t most_staged = 8;

}  // namespace

bool PluginHost::State::in_use(const std::string& hash) const {
    return std::ranges::any_of(plugins_, [&](const auto& each) {
        const auto& record = each.second->record();
        return record.active_hash == hash || record.good_hash == hash || holds(record.kept_builds, hash);
    });
}

Awaitable<Result<>> PluginHost::State::receive(Uuid upload, std::string piece) {
    const auto self = shared_from_this();
    auto appending = builds_.append(builds_.arriving(upload), std::move(piece));
    co_return co_await std::move(appending);
}

void PluginHost::State::discard(Uuid upload) { builds_.forget(builds_.arriving(upload)); }

Awaitable<Result<StagedBuild>> PluginHost::State::stage(Uuid upload) {
    const auto self = shared_from_this();
    auto keeping = builds_.keep(builds_.arriving(upload));
    auto build = co_await std::move(keeping);
    discard(upload);
    if (!build) co_return build.error();
    auto describing = describe(*build);
    auto described = co_await std::move(describing);
    if (!described) {
        if (!in_use(build->hash)) builds_.forget(build->file);
        co_return described.error();
    }
    std::erase_if(staged_, [&](const Build& other) { return other.hash == described->hash; });
    staged_.push_back(*described);
    if (staged_.size() > most_staged) {
        if (!in_use(staged_.front().hash)) builds_.forget(staged_.front().file);
        staged_.erase(staged_.begin());
    }
    co_return staged_view(*described);
}

StagedBuild PluginHost::State::staged_view(const Build& build) const {
    const auto& description = build.description;
    const auto plugin = find(description.id);
    const auto record = plugin ? plugin->record() : PluginRecord();
    StagedBuild view;
    view.hash = build.hash;
    view.id = description.id;
    view.version = description.version;
    view.title = description.title;
    view.summary = description.summary;
    for (const auto& command : description.commands) view.commands.push_back(command.prefix);
    view.permissions = permission_names(description.permissions);
    view.wants = listed_permissions(missing_permissions(description.permissions, record.grants));
    if (plugin && plugin->view().serving) {
        view.serves = record.version;
        view.same = record.active_hash == build.hash;
    }
    if (!description.stays_mapped.empty())
        view.warning = "in-process its library may stay in memory when it is replaced: " + description.stays_mapped;
    view.conflict = conflict(description.id, renamed(description.commands, record.aliases));
    return view;
}

/// As if somebody had copied it into the folder and said reload: what a later reload or start finds is this build.
Awaitable<Result<ReloadReport>> PluginHost::State::install(std::string hash, std::string by) {
    const auto self = shared_from_this();
    const auto found = std::ranges::find(staged_, hash, &Build::hash);
    if (found == staged_.end())
        co_return Problem{.code = ErrorCode::NotFound, .detail = "no such build has been brought since the start"};
    const auto build = *found;
    const auto& id = build.description.id;
    if (const auto plugin = find(id); plugin && !plugin->record().enabled)
        co_return Problem{.code = ErrorCode::PluginDisabled, .detail = id + " is disabled: enable it first"};
    auto putting = builds_.put(build, context_.options.inbox_directory / (id + ".so"));
    const auto put = co_await std::move(putting);
    if (!put) co_return put.error();
    std::erase_if(staged_, [&](const Build& other) { return other.hash == hash; });
    auto reloading = reload(id, std::move(by), true);
    co_return co_await std::move(reloading);
}

}  // namespace riposte
