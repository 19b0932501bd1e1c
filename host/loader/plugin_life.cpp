#include "loader/plugin.hpp"

#include "base/clock.hpp"
#include "base/log.hpp"
#include "commands/catalogue.hpp"
#include "loader/permissions.hpp"
#include "loader/refusal.hpp"
#include "loader/settings.hpp"

#include <riposte/plugin.h>

#include <algorithm>

// How a build comes to serve, or does not. How it ends: plugin_end.cpp; what it hands over: plugin_state.cpp.
namespace riposte {
namespace {

using namespace std::chrono_literals;
using Clock = Deadlines::Clock;

constexpr std::size_t most_kept_builds = 5;
constexpr std::size_t most_refused = 100;

/// What the operator can mend without another build is tried again.
bool is_the_builds_fault(const std::string& step) {
    return step != "settings" && step != "grant" && step != "conflict" && step != "stage" && step != "spawn" &&
           step != "sandbox" && step != "data";
}

void remember_refused(PluginRecord& record, const std::string& hash) {
    std::erase(record.refused_hashes, hash);
    record.refused_hashes.push_back(hash);
    if (record.refused_hashes.size() > most_refused) record.refused_hashes.erase(record.refused_hashes.begin());
}

void move_to_front(std::vector<std::string>& hashes, const std::string& hash) {
    std::erase(hashes, hash);
    hashes.insert(hashes.begin(), hash);
    if (hashes.size() > most_kept_builds) hashes.resize(most_kept_builds);
}

/// Paths that it asks to read and may. "$key" names the setting that holds the path: who set it has granted it.
Result<std::vector<std::string>> readable_paths(const PluginDescription& description,
                                                const std::vector<Setting>& settings,
                                                const std::vector<std::string>& granted, bool bundled) {
    auto paths = granted;
    for (const auto& asked : description.read_paths) {
        if (asked.starts_with('$')) {
            const auto found = std::ranges::find(settings, asked.substr(1), &Setting::key);
            if (found != settings.end()) paths.push_back(found->text);
        } else if (bundled) {
            paths.push_back(asked);
        } else if (std::ranges::find(granted, asked) == granted.end()) {
            return refused("grant", "asks to read " + asked + ", which read_paths in [plugins." + description.id +
                                        "] does not grant");
        }
    }
    return paths;
}

/// Of the library that was checked, before anything of it served.
std::string warning_of(const Build& build) {
    const auto& why = build.description.stays_mapped;
    return why.empty() ? why : "its library may stay in the server's memory when it is replaced: " + why;
}

}  // namespace

Awaitable<Result<Surroundings>> Plugin::surroundings(const PluginDescription& description, std::string by,
                                                     SettingChoices choices) {
    const auto& options = context_.options;
    // Kept while what served before serves on, and is perhaps started again.
    const auto missing =
        options.grants_everything ? std::string() : missing_permissions(description.permissions, record_.grants);
    if (!missing.empty()) {
        missing_ = missing;
        co_return refused("grant", "needs the permission " + missing + ": riposte plugin grant " + record_.id + " " +
                                       missing.substr(0, missing.find(',')));
    }
    auto looking = settings_in_force(description, std::move(choices));
    const auto configured = co_await std::move(looking);
    if (!configured) co_return refused("settings", configured.error().detail);
    auto settings = check_settings(description, *configured);
    if (!settings) co_return settings.error();
    const auto granted = options.read_paths.find(record_.id);
    auto paths = readable_paths(description, *settings,
                                granted == options.read_paths.end() ? std::vector<std::string>() : granted->second,
                                by == "bundled");
    if (!paths) co_return paths.error();
    Surroundings result;
    result.user = unprivileged_user(record_.id);
    result.network = (description.permissions & RIPOSTE_PERMISSION_NETWORK) != 0;
    result.settings = std::move(*settings);
    result.readable = std::move(*paths);
    auto making = parts_.builds.data_directory(record_.id, result.user);
    auto folder = co_await std::move(making);
    if (!folder) co_return folder.error();
    result.data_directory = std::move(*folder);
    co_return result;
}

Awaitable<Result<std::shared_ptr<Generation>>> Plugin::start(Build build, std::int64_t number, std::string by,
                                                             SettingChoices choices) {
    auto around = surroundings(build.description, std::move(by), std::move(choices));
    auto where = co_await std::move(around);
    if (!where) co_return where.error();
    log_->append(number, LogSource::Host, build.description.version + " starts, build " + build.hash.substr(0, 12));
    const auto isolated = isolation();
    if (isolated == Isolation::InProcess) {
        auto copying = parts_.builds.copy_for(build, number);
        auto copy = co_await std::move(copying);
        if (!copy) co_return copy.error();
        build.file = *copy;
    }
    auto generation = std::make_shared<Generation>(context_, *this, number, build, isolated, log_);
    starting_ = generation;
    if (isolated == Isolation::InProcess) copies_.loaded(generation);
    auto starting = generation->start(std::move(*where));
    const auto started = co_await std::move(starting);
    starting_.reset();
    if (isolated == Isolation::InProcess) parts_.builds.forget(build.file);  // mapped by now, or of no use
    if (!started) {
        explain(*generation, started.error().detail);
        co_return started.error();
    }
    co_return generation;
}

Awaitable<ReloadReport> Plugin::activate(Build build, std::string by, std::string verb) {
    return put_live(std::move(build), std::move(by), std::move(verb), {});
}

Awaitable<ReloadReport> Plugin::put_live(Build build, std::string by, std::string verb, Passage passage) {
    const auto self = shared_from_this();
    const auto number = record_.generation + 1;
    const auto commands = renamed(build.description.commands, record_.aliases);
    const auto left = build_.value_or(Build{});
    // Who starts a build again has not chosen it; what comes with the host stays the host's.
    const auto sponsor = !passage.sponsor.empty()            ? passage.sponsor
                         : parts_.bundled(build.hash)        ? std::string("bundled")
                         : build.hash == record_.active_hash ? record_.by
                                                             : by;
    passage.leaves_good = !passage.back && record_.good_hash.empty() && build.hash != record_.active_hash;
    std::optional<Problem> wrong;
    std::shared_ptr<Generation> next;
    if (const auto conflict = parts_.conflict(record_.id, commands); !conflict.empty())
        wrong = refused("conflict", conflict);
    if (!wrong) {
        auto preparing = prepare_values(build, passage);
        const auto prepared = co_await std::move(preparing);
        if (!prepared) wrong = prepared.error();
    }
    if (!wrong && stopping_) wrong = refused("stop", "the server stops");
    if (!wrong) {
        auto starting = start(build, number, sponsor, passage.choices.value_or(record_.settings));
        auto started = co_await std::move(starting);
        if (started) next = *started;
        else wrong = started.error();
    }
    if (!wrong && stopping_) wrong = refused("stop", "the server stops");
    if (!wrong) {
        auto handing = hand_state_to(next, passage);
        const auto handed = co_await std::move(handing);
        if (!handed) wrong = handed.error();
    }
    // Others may have come live while this one started.
    if (const auto conflict = wrong ? std::string() : parts_.conflict(record_.id, commands); !conflict.empty())
        wrong = refused("conflict", conflict);
    if (!wrong && !next->alive()) wrong = refused("start", "it died right after its start");
    if (!wrong && stopping_) wrong = refused("stop", "the server stops");
    if (wrong) {
        auto giving_up = give_up(std::move(next), build, by, verb, std::move(passage), *wrong);
        co_return co_await std::move(giving_up);
    }
    register_live(next->build(), sponsor, number, passage);
    switch_to(next);
    auto saving = save();
    co_await std::move(saving);
    if (passage.state) {
        auto storing = store_state(*passage.state);
        co_await std::move(storing);
    }
    auto keeping = keep_snapshot(left, passage);
    co_await std::move(keeping);
    if (passage.trial_values) {
        auto forgetting = end_trial(TrialValues::Drop);
        co_await std::move(forgetting);
    }
    const auto warning = live_->isolation() == Isolation::InProcess ? warning_of(build) : std::string();
    if (!warning.empty()) log_->append(number, LogSource::Host, "warning: " + warning);
    const auto why = passage.back ? record_.reason : passage.why;
    const auto result =
        std::string("live") + (why.empty() ? "" : "; " + why) + (warning.empty() ? "" : "; warning: " + warning);
    auto noting = note(std::move(verb), std::move(by), build, result);
    co_await std::move(noting);
    ReloadReport report;
    report.warning = warning;
    report.plugin = view();
    report.live = true;
    report.lost = passage.lost;
    co_return report;
}

/// What served before serves on, with the data that it had.
Awaitable<ReloadReport> Plugin::give_up(std::shared_ptr<Generation> next, Build build, std::string by, std::string verb,
                                        Passage passage, Problem problem) {
    if (next) next->kill("not taken into service");
    if (passage.values_at_risk) {
        auto undoing = put_values_back(passage.back);
        co_await std::move(undoing);
    }
    if (passage.trial_values) {
        auto undoing = end_trial(TrialValues::PutBack);
        co_await std::move(undoing);
    }
    log_->append(record_.generation + 1, LogSource::Host, "refused: " + problem.argument + ": " + problem.detail);
    held_ = false;
    dispatch();
    ReloadReport report;
    report.version = build.description.version;
    if (passage.choices && live_ && build.hash == record_.active_hash &&
        !stopping_) {  // which says nothing of the build
        const auto result = "refused: " + problem.argument + ": " + problem.detail;
        auto noting = note(std::move(verb), std::move(by), std::move(build), result);
        co_await std::move(noting);
    } else {
        auto refusing = refuse(std::move(build), std::move(by), std::move(verb), problem);
        co_await std::move(refusing);
    }
    report.plugin = view();
    report.step = std::move(problem.argument);
    report.reason = std::move(problem.detail);
    co_return report;
}

void Plugin::register_live(const Build& build, const std::string& by, std::int64_t number, const Passage& passage) {
    const auto left = record_.active_hash;
    const auto left_version = record_.version;
    const bool mended = record_.reason.starts_with(build.description.version + " refused: ");
    if (left != build.hash || mended) record_.reason.clear();
    if (passage.back) {
        record_.reason = left_version + " rolled back: " + passage.why;
        remember_refused(record_, left);
    }
    begin_probation(left, record_.by, build, passage.back, live_ && live_->alive());
    record_.generation = number;
    record_.active_hash = build.hash;
    record_.version = build.description.version;
    record_.enabled = true;
    record_.by = by;
    record_.prefixes = names_of(renamed(build.description.commands, record_.aliases));
    if (passage.choices) record_.settings = *passage.choices;
    std::erase(record_.refused_hashes, build.hash);
    move_to_front(record_.kept_builds, build.hash);
    reason_.clear();
    missing_.clear();
    breaker_.reset();
}

/// The one assignment that makes a build live: the next command goes to it.
void Plugin::switch_to(std::shared_ptr<Generation> next) {
    const auto old = std::exchange(live_, std::move(next));
    suggester_.reset();
    build_ = live_->build();
    commands_ = renamed(build_->description.commands, record_.aliases);
    layers_ = live_->layers();
    state_ = "live";
    held_ = false;
    restart_.clear();
    look_at_debugger();
    if (old) retire(old);
    parts_.changed();
    dispatch();
    parts_.timers.look();
}

Awaitable<> Plugin::refuse(Build build, std::string by, std::string verb, Problem problem) {
    const auto self = shared_from_this();
    if (stopping_) co_return;  // which says nothing of the build
    if (!live_ && state_ != "disabled" && !breaker_.open()) state_ = "refused";
    reason_.clear();
    if (problem.argument != "grant") missing_.clear();
    record_.reason = (build.description.version.empty() ? "" : build.description.version + " refused: ") +
                     problem.argument + ": " + problem.detail;
    // The active build has served; that it does not start now may be the machine's fault.
    if (!build.hash.empty() && build.hash != record_.active_hash && is_the_builds_fault(problem.argument))
        remember_refused(record_, build.hash);
    if (state_ == "refused") end_all_waiting(ErrorCode::PluginDisabled, record_.reason);
    auto saving = save();
    co_await std::move(saving);
    auto noting = note(std::move(verb), std::move(by), build, "refused: " + problem.argument + ": " + problem.detail);
    co_await std::move(noting);
}

}  // namespace riposte
