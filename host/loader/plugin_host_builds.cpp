#include "loader/plugin_host_state.hpp"

#include "base/log.hpp"

#include <pwd.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>

// Builds: from a file in a folder to a plugin that serves it.
namespace riposte {
namespace {

namespace fs = std::filesystem;

/// "alice, folder": whose file it is.
std::string owner_of(const fs::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) return "folder";
    const auto* user = ::getpwuid(status.st_uid);
    return (user != nullptr ? user->pw_name : "uid " + std::to_string(status.st_uid)) + ", folder";
}

}  // namespace

Awaitable<Result<Build>> PluginHost::State::describe(Build build) {
    if (const auto known = described_.find(build.hash); known != described_.end()) {
        build.description = known->second;
        co_return build;
    }
    struct Nobody final : Generation::Owner {
        void ended(std::shared_ptr<Call>, std::optional<ErrorCode>, std::string) override {}
        void has_room(Generation&) override {}
        void never_begun(std::vector<std::shared_ptr<Call>>) override {}
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

Awaitable<Result<Build>> PluginHost::State::kept(std::string hash) {
    auto build = builds_.find(hash);
    if (!build) co_return build.error();
    auto describing = describe(std::move(*build));
    co_return co_await std::move(describing);
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
            log::error("a plugin is refused",
                       {{"file", file.string()}, {"step", build.error().argument}, {"reason", build.error().detail}});
            continue;
        }
        if (folder == context_.options.bundled_directory) bundled_.insert(build->hash);
        candidates.push_back({std::move(*build), file, by.empty() ? owner_of(file) : by});
    }
    std::ranges::sort(candidates, {}, [](const Candidate& candidate) { return candidate.build.description.id; });
    co_return candidates;
}

Awaitable<std::vector<PluginHost::State::Candidate>> PluginHost::State::candidates(std::string id, std::string by) {
    std::vector<Candidate> found;
    const std::array folders{context_.options.inbox_directory, context_.options.bundled_directory};
    for (const auto& folder : folders) {
        auto scanning = scan(folder, by);
        found = co_await std::move(scanning);
        std::erase_if(found, [&](const Candidate& candidate) { return candidate.build.description.id != id; });
        if (!found.empty()) break;
    }
    std::ranges::sort(found, {}, [](const Candidate& candidate) {
        std::error_code ignored;
        return fs::last_write_time(candidate.source, ignored);
    });
    co_return found;
}

Awaitable<> PluginHost::State::consider(Candidate candidate) {
    const auto& hash = candidate.build.hash;
    const auto id = candidate.build.description.id;
    auto plugin = find(id);
    if (plugin) {
        const auto& record = plugin->record();
        const bool seen =
            record.active_hash == hash || holds(record.refused_hashes, hash) || holds(record.kept_builds, hash);
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

Awaitable<> PluginHost::State::consider_all(std::vector<Candidate> candidates) {
    for (auto& candidate : candidates) {
        auto considering = consider(std::move(candidate));
        co_await std::move(considering);
    }
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
    if (stopping_ || !record.enabled || record.active_hash == build->hash ||
        holds(record.refused_hashes, build->hash)) {
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
    const auto report = co_await std::move(again_);
    if (report && report->live) co_return;
    auto going_back = plugin->roll_back(record.generation, report ? report->reason : report.error().detail);
    co_await std::move(going_back);
}

/// Activates a build that the host has kept.
Awaitable<Result<ReloadReport>> PluginHost::State::again(std::shared_ptr<Plugin> plugin, std::string hash,
                                                         std::string by, std::string verb) {
    auto finding = kept(hash);
    auto build = co_await std::move(finding);
    auto taking = plugin->turns().take();
    const auto turn = co_await std::move(taking);
    if (!build) {
        Build missing;
        missing.hash = hash;
        auto refusing = report_refusal(plugin, std::move(missing), std::move(by), std::move(verb), build.error());
        co_return co_await std::move(refusing);
    }
    auto activating = plugin->activate(std::move(*build), std::move(by), std::move(verb));
    co_return co_await std::move(activating);
}

/// The build does not go live; the registry and the report say why.
Awaitable<ReloadReport> PluginHost::State::report_refusal(std::shared_ptr<Plugin> plugin, Build build, std::string by,
                                                          std::string verb, Problem problem) {
    ReloadReport report;
    report.step = problem.argument;
    report.reason = problem.detail;
    report.version = build.description.version;
    auto refusing = plugin->refuse(std::move(build), std::move(by), std::move(verb), std::move(problem));
    co_await std::move(refusing);
    report.plugin = plugin->view();
    co_return report;
}

Awaitable<> PluginHost::State::drop_old_builds() {
    std::vector<std::string> kept;
    for (const auto& [id, plugin] : plugins_) {
        const auto& record = plugin->record();
        kept.insert(kept.end(), record.kept_builds.begin(), record.kept_builds.end());
        kept.push_back(record.active_hash);
        kept.push_back(record.good_hash);
    }
    auto dropping = builds_.drop_others(std::move(kept));
    co_await std::move(dropping);
}

}  // namespace riposte
