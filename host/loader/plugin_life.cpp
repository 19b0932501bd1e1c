#include "loader/plugin.hpp"

#include "base/clock.hpp"
#include "base/log.hpp"
#include "commands/catalogue.hpp"
#include "loader/settings.hpp"

#include <riposte/plugin.h>

#include <algorithm>

// How a plugin's generations come and go.
namespace riposte {
namespace {

using namespace std::chrono_literals;
using Clock = Deadlines::Clock;

constexpr auto time_to_finish_calls = 2s;  // before state is handed over
constexpr std::size_t most_kept_builds = 5;
constexpr std::size_t most_refused = 100;

Problem refused(std::string step, std::string reason) {
    return {.code = ErrorCode::PluginRefused, .detail = std::move(reason), .argument = std::move(step)};
}

/// What the operator can mend without another build is tried again.
bool is_the_builds_fault(const std::string& step) {
    return step != "settings" && step != "grant" && step != "conflict" && step != "stage" && step != "spawn" &&
           step != "sandbox";
}

std::vector<std::string> names_of(const std::vector<CommandSpecification>& commands) {
    std::vector<std::string> names;
    for (const auto& command : commands) {
        names.push_back(normalised_prefix(command.prefix));
        for (const auto& alias : command.aliases) names.push_back(normalised_prefix(alias));
    }
    return names;
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

}  // namespace

Awaitable<Result<Surroundings>> Plugin::surroundings(const PluginDescription& description, std::string by) {
    const auto& options = context_.options;
    if ((description.permissions & RIPOSTE_PERMISSION_NETWORK) != 0)
        co_return refused("grant", "needs the network, which this version of Riposte does not give to plugins");
    const auto configured = options.settings.find(record_.id);
    auto settings = check_settings(description, configured == options.settings.end() ? PluginSettings() : configured->second);
    if (!settings) co_return settings.error();
    const auto granted = options.read_paths.find(record_.id);
    auto paths = readable_paths(description, *settings,
                                granted == options.read_paths.end() ? std::vector<std::string>() : granted->second,
                                by == "bundled");
    if (!paths) co_return paths.error();
    Surroundings result;
    result.user = unprivileged_user(record_.id);
    result.settings = std::move(*settings);
    result.readable = std::move(*paths);
    auto making = parts_.builds.data_directory(record_.id, result.user);
    auto folder = co_await std::move(making);
    if (!folder) co_return folder.error();
    result.data_directory = std::move(*folder);
    co_return result;
}

Awaitable<Result<std::shared_ptr<Generation>>> Plugin::start(Build build, std::int64_t number, std::string by) {
    auto around = surroundings(build.description, std::move(by));
    auto where = co_await std::move(around);
    if (!where) co_return where.error();
    const auto isolated = isolation();
    if (isolated == Isolation::InProcess) {
        auto copying = parts_.builds.copy_for(build, number);
        auto copy = co_await std::move(copying);
        if (!copy) co_return copy.error();
        build.file = *copy;
    }
    auto generation = std::make_shared<Generation>(context_, *this, number, build, isolated);
    auto starting = generation->start(std::move(*where));
    const auto started = co_await std::move(starting);
    if (isolated == Isolation::InProcess) parts_.builds.forget(build.file);  // mapped by now, or of no use
    if (!started) co_return started.error();
    co_return generation;
}

Awaitable<ReloadReport> Plugin::activate(Build build, std::string by, std::string verb) {
    const auto self = shared_from_this();
    auto number = record_.generation + 1;
    const auto commands = renamed(build.description.commands, record_.aliases);
    std::optional<Problem> wrong;
    std::shared_ptr<Generation> next;
    if (const auto conflict = parts_.conflict(record_.id, commands); !conflict.empty())
        wrong = refused("conflict", conflict);
    if (!wrong) {
        auto starting = start(build, number, by);
        auto started = co_await std::move(starting);
        if (started) next = *started;
        else wrong = started.error();
    }
    if (next) {
        auto handing = hand_state_to(next);
        const auto handed = co_await std::move(handing);
        if (!handed) wrong = handed.error();
    }
    // Others may have come live while this one started.
    if (const auto conflict = wrong ? std::string() : parts_.conflict(record_.id, commands); !conflict.empty())
        wrong = refused("conflict", conflict);
    if (!wrong && !next->alive()) wrong = refused("start", "it died right after its start");
    if (wrong) {
        held_ = false;
        dispatch();
        if (next) next->kill("not taken into service");
        auto refusing = refuse(build, by, verb, *wrong);
        co_await std::move(refusing);
        ReloadReport report;
        report.plugin = view();
        report.step = wrong->argument;
        report.reason = wrong->detail;
        co_return report;
    }
    record_.generation = number;
    record_.active_hash = build.hash;
    record_.version = next->build().description.version;
    record_.enabled = true;
    record_.by = by;
    record_.prefixes = names_of(commands);
    std::erase(record_.refused_hashes, build.hash);
    move_to_front(record_.kept_builds, build.hash);
    reason_.clear();
    breaker_.reset();
    switch_to(next);
    auto saving = save();
    co_await std::move(saving);
    auto noting = note(std::move(verb), std::move(by), build, "live");
    co_await std::move(noting);
    ReloadReport report;
    report.plugin = view();
    report.live = true;
    co_return report;
}

/// The one assignment that makes a build live: the next command goes to it.
void Plugin::switch_to(std::shared_ptr<Generation> next) {
    const auto old = std::exchange(live_, std::move(next));
    build_ = live_->build();
    commands_ = renamed(build_->description.commands, record_.aliases);
    layers_ = live_->layers();
    state_ = "live";
    held_ = false;
    restart_.clear();
    if (old) retire(old);
    parts_.changed();
    dispatch();
    parts_.timers.look();
}

void Plugin::retire(std::shared_ptr<Generation> old) {
    std::erase_if(retired_, [](const auto& weak) { return weak.expired(); });
    retired_.push_back(old);
    auto until_gone = [](std::shared_ptr<Generation> old) -> Awaitable<> {
        auto gone = old->until_gone();
        co_await std::move(gone);
    };
    spawn(context_.control, "retire a generation", until_gone(old));
    old->retire();
}

/// Lets the live generation's calls end; what has not ended by then is interrupted. They learn of it 2 s before.
Awaitable<> Plugin::drain(Clock::time_point until) {
    const auto live = live_;
    if (!live) co_return;
    auto undisturbed = live->until_idle(until - time_to_finish_calls);
    co_await std::move(undisturbed);
    live->wind_down();
    auto idle = live->until_idle(until);
    co_await std::move(idle);
    live->end_all(ErrorCode::Interrupted);
}

Awaitable<Result<>> Plugin::hand_state_to(std::shared_ptr<Generation> next) {
    const auto schema = next->build().description.state_schema;
    if (schema == 0) co_return Result<>();
    held_ = true;
    const auto live = live_;
    if (live && live->build().description.state_schema != 0) {
        auto draining = drain(Clock::now() + time_to_finish_calls);
        co_await std::move(draining);
        auto saving = save_state(live, schema);
        co_await std::move(saving);
    }
    auto reading = context_.services.state(record_.id);
    auto state = co_await std::move(reading);
    if (!state) co_return refused("restore state", state.error().detail);
    if (!*state) co_return Result<>();
    auto restoring = next->restore_state(std::move(**state));
    co_return co_await std::move(restoring);
}

Awaitable<> Plugin::save_state(std::shared_ptr<Generation> from, std::uint32_t schema) {
    auto asking = from->save_state(schema);
    auto saved = co_await std::move(asking);
    const auto own = from->build().description.state_schema;
    if (!saved && own != schema) {
        auto again = from->save_state(own);
        saved = co_await std::move(again);
    }
    if (!saved) {
        log::warning("a plugin's state was not saved", {{"plugin", record_.id}});
        co_return;
    }
    PluginState state;
    state.plugin = record_.id;
    state.schema = saved->schema;
    state.bytes = std::move(saved->bytes);
    state.saved_at = now_ms();
    auto storing = context_.services.save_state(std::move(state));
    const auto stored = co_await std::move(storing);
    if (!stored) log::error("a plugin's state was not stored", {{"plugin", record_.id}});
}

Awaitable<> Plugin::refuse(Build build, std::string by, std::string verb, Problem problem) {
    const auto self = shared_from_this();
    if (!live_ && state_ != "disabled" && !breaker_.open()) state_ = "refused";
    reason_ = (build.description.version.empty() ? "" : build.description.version + " refused: ") + problem.argument +
              ": " + problem.detail;
    if (is_the_builds_fault(problem.argument)) {
        std::erase(record_.refused_hashes, build.hash);
        record_.refused_hashes.push_back(build.hash);
        if (record_.refused_hashes.size() > most_refused) record_.refused_hashes.erase(record_.refused_hashes.begin());
    }
    if (state_ == "refused") end_all_waiting(ErrorCode::PluginDisabled, reason_);
    auto saving = save();
    co_await std::move(saving);
    auto noting = note(std::move(verb), std::move(by), build, "refused: " + problem.argument + ": " + problem.detail);
    co_await std::move(noting);
}

Awaitable<> Plugin::disable(std::string by) {
    const auto self = shared_from_this();
    state_ = "disabled";
    record_.enabled = false;
    restart_.clear();
    end_all_waiting(ErrorCode::PluginDisabled, {});
    if (const auto old = std::exchange(live_, nullptr)) retire(old);
    parts_.changed();
    auto saving = save();
    co_await std::move(saving);
    auto noting = note("disable", std::move(by), build_.value_or(Build{}), "disabled");
    co_await std::move(noting);
}

// ----------------------------------------------------------------------------------------------------- deaths

void Plugin::died(Generation& generation, std::string how) {
    if (&generation != live_.get()) return;
    live_.reset();
    log::warning("a plugin died", {{"plugin", record_.id}, {"how", how}, {"generation", generation.number()}});
    schedule_restart(how);
}

void Plugin::schedule_restart(const std::string& how) {
    if (stopping_ || state_ == "disabled") return;
    reason_ = how;
    const auto wait = breaker_.failed(Clock::now());
    state_ = breaker_.open() ? "circuit open" : "restarting";
    if (breaker_.open()) end_all_waiting(ErrorCode::PluginDisabled, "it died too often; last: " + how);
    restart_.set(Clock::now() + wait, [this] { spawn(context_.control, "restart a plugin", restart()); });
}

Awaitable<> Plugin::restart() {
    const auto self = shared_from_this();
    auto taking = turns_.take();
    const auto turn = co_await std::move(taking);
    if (live_ || stopping_ || !build_ || state_ == "disabled") co_return;
    auto starting = start(*build_, record_.generation, record_.by);
    auto next = co_await std::move(starting);
    std::optional<Problem> wrong;
    if (!next) {
        wrong = next.error();
    } else {
        auto handing = hand_state_to(*next);
        const auto handed = co_await std::move(handing);
        if (!handed) wrong = handed.error();
    }
    if (!wrong && !(*next)->alive()) wrong = refused("start", "it died right after its start");
    held_ = false;
    if (stopping_ || state_ == "disabled") co_return;
    if (wrong) {
        schedule_restart(wrong->argument + ": " + wrong->detail);
        co_return;
    }
    log::info("a plugin is live again", {{"plugin", record_.id}});
    switch_to(*next);
}

// ------------------------------------------------------------------------------------------------------- stop

Awaitable<> Plugin::stop(Clock::time_point until) {
    const auto self = shared_from_this();
    stopping_ = true;
    restart_.clear();
    end_all_waiting(ErrorCode::Interrupted, {});
    auto draining = drain(until);
    co_await std::move(draining);
    if (live_ && live_->alive() && live_->build().description.state_schema != 0) {
        auto saving = save_state(live_, live_->build().description.state_schema);
        co_await std::move(saving);
    }
    if (const auto old = std::exchange(live_, nullptr)) retire(old);
    for (const auto& weak : retired_) {
        const auto old = weak.lock();
        if (!old) continue;
        old->end_all(ErrorCode::Interrupted);
        auto gone = old->until_gone();
        co_await std::move(gone);
    }
    while (storing_ > 0) {
        auto waiting = pause(context_.control, 5ms);
        co_await std::move(waiting);
    }
}

}  // namespace riposte
