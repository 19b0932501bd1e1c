#include "loader/plugin_host_state.hpp"

#include "base/log.hpp"

#include <pwd.h>
#include <sys/stat.h>

#include <algorithm>
#include <unordered_set>

namespace riposte {
namespace {

namespace fs = std::filesystem;

/// "alice, folder": whose file it is.
std::string owner_of(const fs::path& file) {
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0) return "folder";
    const auto* user = ::getpwuid(status.st_uid);
    return (user != nullptr ? user->pw_name : "uid " + std::to_string(status.st_uid)) + ", folder";
}

bool contains(const std::vector<std::string>& hashes, const std::string& hash) {
    return std::ranges::find(hashes, hash) != hashes.end();
}

}  // namespace

PluginHost::State::State(LoaderOptions options, HostServices& services, asio::any_io_executor control)
    : context_{std::move(options), services, control}, builds_(context_.options.data_directory),
      timers_(context_,
              [this](const std::string& id) {
                  const auto plugin = find(id);
                  return plugin && plugin->ready();
              }),
      parts_{context_,
             builds_,
             timers_,
             std::make_shared<const Catalogue>(),
             [this](const std::string& id, const std::vector<CommandSpecification>& commands) {
                 return conflict(id, commands);
             },
             [this] { rebuild_catalogue(); }},
      inbox_(control, context_.deadlines, [this](fs::path file) {
          spawn(context_.control, "a build arrived", arrived(std::move(file)));
      }) {}

std::shared_ptr<Plugin> PluginHost::State::find(const std::string& id) const {
    const auto found = plugins_.find(id);
    return found == plugins_.end() ? nullptr : found->second;
}

Plugin& PluginHost::State::make(PluginRecord record) {
    const auto id = record.id;
    return *(plugins_[id] = std::make_shared<Plugin>(parts_, std::move(record)));
}

// ------------------------------------------------------------------------------------------------------ calls

void PluginHost::State::submit(CallRequest request) {
    const auto plugin = find(request.invocation.plugin);
    auto call = std::make_shared<Call>(context_, std::move(request));
    if (plugin) return plugin->submit(std::move(call));
    Outcome outcome;
    outcome.invocation = call->request.invocation.id;
    outcome.failure = ErrorCode::PluginDisabled;
    call->output->finish(std::move(outcome), {});
}

void PluginHost::State::cancel(InvocationId invocation) {
    for (const auto& [id, plugin] : plugins_)
        if (plugin->cancel(invocation)) return;
}

std::vector<PluginView> PluginHost::State::list() const {
    std::vector<PluginView> views;
    for (const auto& [id, plugin] : plugins_) views.push_back(plugin->view());
    return views;
}

// -------------------------------------------------------------------------------------------------- catalogue

std::string PluginHost::State::conflict(const std::string& plugin,
                                        const std::vector<CommandSpecification>& commands) const {
    std::map<std::string, std::string> owners;
    for (const auto& [id, other] : plugins_)
        for (const auto& prefix : other->record().prefixes)
            if (id != plugin) owners[prefix] = id + " " + other->record().version;
    for (const auto& command : commands) {
        auto names = command.aliases;
        names.push_back(command.prefix);
        for (const auto& name : names)
            if (const auto owner = owners.find(normalised_prefix(name)); owner != owners.end())
                return name + " belongs to " + owner->second;
    }
    return {};
}

void PluginHost::State::rebuild_catalogue() {
    if (starting_ || stopping_) return;
    std::vector<CommandSpecification> commands;  // the catalogue puts /help before them
    for (const auto& [id, plugin] : plugins_)
        for (auto& command : plugin->commands()) commands.push_back(std::move(command));
    parts_.catalogue = std::make_shared<const Catalogue>(std::move(commands), ++catalogue_version_);
    context_.services.catalogue_changed(parts_.catalogue);
}

// ------------------------------------------------------------------------------------------------- start, stop

Awaitable<> PluginHost::State::start() {
    const auto self = shared_from_this();
    starting_ = true;
    auto reading = context_.services.plugins();
    auto records = co_await std::move(reading);
    if (!records) throw std::runtime_error("the plugin registry cannot be read: " + records.error().detail);
    for (auto& record : *records) make(std::move(record));
    const auto known = plugins_;
    for (const auto& [id, plugin] : known) {
        auto bringing = bring_up(plugin);
        co_await std::move(bringing);
    }
    for (const auto& [folder, by] : {std::pair(context_.options.bundled_directory, std::string("bundled")),
                                     std::pair(context_.options.inbox_directory, std::string())}) {
        auto scanning = scan(folder, by);
        auto candidates = co_await std::move(scanning);
        for (auto& candidate : candidates) {
            auto considering = consider(std::move(candidate));
            co_await std::move(considering);
        }
    }
    starting_ = false;
    rebuild_catalogue();
    if (const auto& inbox = context_.options.inbox_directory; !inbox.empty())
        if (const auto wrong = inbox_.watch(inbox); !wrong.empty())
            log::error("the plugin folder is not watched", {{"reason", wrong}});
    auto loading = timers_.load();
    co_await std::move(loading);
    auto dropping = drop_old_builds();
    co_await std::move(dropping);
}

Awaitable<> PluginHost::State::stop(std::chrono::milliseconds deadline) {
    const auto self = shared_from_this();
    stopping_ = true;
    inbox_.stop();
    timers_.stop();
    const auto until = Deadlines::Clock::now() + deadline;
    auto left = std::make_shared<std::size_t>(plugins_.size());
    auto wait = await_callback<bool>([this, left, until](std::function<void(bool)> done) {
        if (plugins_.empty()) return done(true);
        for (const auto& [id, plugin] : plugins_) {
            auto stop_one = [](std::shared_ptr<Plugin> one, Deadlines::Clock::time_point until,
                               std::shared_ptr<std::size_t> left, std::function<void(bool)> done) -> Awaitable<> {
                auto stopping = one->stop(until);
                co_await std::move(stopping);
                if (--*left == 0) done(true);
            };
            spawn(context_.control, "stop a plugin", stop_one(plugin, until, left, done));
        }
    });
    co_await std::move(wait);
}

// ------------------------------------------------------------------------------------------------------- builds

Awaitable<Result<Build>> PluginHost::State::describe(Build build) {
    if (const auto known = described_.find(build.hash); known != described_.end()) {
        build.description = known->second;
        co_return build;
    }
    struct Nobody final : Generation::Owner {
        void ended(std::shared_ptr<Call>, std::optional<ErrorCode>, std::string) override {}
        void has_room(Generation&) override {}
        void died(Generation&, std::string) override {}
        void asked(Generation&, FromGuest, std::shared_ptr<Call>) override {}
    };
    static Nobody nobody;
    auto child = std::make_shared<Generation>(context_, nobody, 0, build, Isolation::Worker);
    auto checking = child->check();
    auto description = co_await std::move(checking);
    if (!description) co_return description.error();
    build.description = described_[build.hash] = std::move(*description);
    co_return build;
}

Awaitable<Result<Build>> PluginHost::State::examine(fs::path source) {
    auto keeping = builds_.keep(std::move(source));
    auto build = co_await std::move(keeping);
    if (!build) co_return build.error();
    auto describing = describe(std::move(*build));
    co_return co_await std::move(describing);
}

/// Every library of a folder that the registry has not seen, by declared id.
Awaitable<std::vector<PluginHost::State::Candidate>> PluginHost::State::scan(fs::path folder, std::string by) {
    std::vector<Candidate> candidates;
    std::vector<fs::path> files;
    std::error_code failure;
    if (!folder.empty())
        for (const auto& entry : fs::directory_iterator(folder, failure))
            if (entry.path().extension() == ".so") files.push_back(entry.path());
    for (const auto& file : files) {
        auto examining = examine(file);
        auto build = co_await std::move(examining);
        if (!build) {
            log::error("a plugin is refused", {{"file", file.string()},
                                               {"step", build.error().argument},
                                               {"reason", build.error().detail}});
            continue;
        }
        candidates.push_back({std::move(*build), file, by.empty() ? owner_of(file) : by});
    }
    std::ranges::sort(candidates, {}, [](const Candidate& candidate) { return candidate.build.description.id; });
    co_return candidates;
}

Awaitable<> PluginHost::State::consider(Candidate candidate) {
    const auto& hash = candidate.build.hash;
    const auto id = candidate.build.description.id;
    auto plugin = find(id);
    if (plugin) {
        const auto& record = plugin->record();
        const bool seen = record.active_hash == hash || contains(record.refused_hashes, hash) || contains(record.kept_builds, hash);
        const bool chosen_otherwise = candidate.by == "bundled" && record.by != "bundled";
        if (seen || chosen_otherwise || !record.enabled) co_return;
    } else {
        PluginRecord record;
        record.id = id;
        make(std::move(record));
        plugin = find(id);
    }
    auto taking = plugin->turns().take();
    const auto turn = co_await std::move(taking);
    auto activating = plugin->activate(candidate.build, candidate.by, "load");
    co_await std::move(activating);
}

/// An operator has put a file into the folder: unlike at the start, a build that was live before is wanted again.
Awaitable<> PluginHost::State::arrived(fs::path file) {
    const auto self = shared_from_this();
    const auto by = owner_of(file);
    auto examining = examine(file);
    auto build = co_await std::move(examining);
    if (!build) {
        log::error("a plugin is refused",
                   {{"file", file.string()}, {"step", build.error().argument}, {"reason", build.error().detail}});
        // What it declares is unknown: the file's name is the best guess at whose next build it was to be.
        if (const auto named = find(file.stem().string())) {
            auto refusing = named->refuse(Build{}, by, "load", build.error());
            co_await std::move(refusing);
        }
        co_return;
    }
    const auto plugin = find(build->description.id);
    if (!plugin) {
        Candidate candidate{std::move(*build), file, by};
        auto considering = consider(std::move(candidate));
        co_await std::move(considering);
        co_return;
    }
    auto taking = plugin->turns().take();
    const auto turn = co_await std::move(taking);
    const auto& record = plugin->record();
    if (stopping_ || !record.enabled || record.active_hash == build->hash || contains(record.refused_hashes, build->hash)) {
        log::info("a build in the plugin folder changes nothing", {{"plugin", record.id}, {"hash", build->hash}});
        co_return;
    }
    auto activating = plugin->activate(std::move(*build), by, "load");
    co_await std::move(activating);
}

Awaitable<> PluginHost::State::bring_up(std::shared_ptr<Plugin> plugin) {
    const auto record = plugin->record();
    if (!record.enabled || record.active_hash.empty()) co_return;
    auto again_ = again(plugin, record.active_hash, record.by, "start");
    co_await std::move(again_);
}

/// Activates a build that the host has kept.
Awaitable<Result<ReloadReport>> PluginHost::State::again(std::shared_ptr<Plugin> plugin, std::string hash, std::string by,
                                                         std::string verb) {
    auto build = builds_.find(hash);
    if (build) {
        auto describing = describe(std::move(*build));
        build = co_await std::move(describing);
    }
    auto taking = plugin->turns().take();
    const auto turn = co_await std::move(taking);
    if (!build) {
        Build missing;
        missing.hash = hash;
        auto refusing = plugin->refuse(missing, by, verb, build.error());
        co_await std::move(refusing);
        ReloadReport report;
        report.plugin = plugin->view();
        report.step = build.error().argument;
        report.reason = build.error().detail;
        co_return report;
    }
    auto activating = plugin->activate(std::move(*build), std::move(by), std::move(verb));
    co_return co_await std::move(activating);
}

Awaitable<> PluginHost::State::drop_old_builds() {
    std::vector<std::string> kept;
    for (const auto& [id, plugin] : plugins_) {
        const auto& record = plugin->record();
        kept.insert(kept.end(), record.kept_builds.begin(), record.kept_builds.end());
        kept.push_back(record.active_hash);
    }
    auto dropping = builds_.drop_others(std::move(kept));
    co_await std::move(dropping);
}

}  // namespace riposte
