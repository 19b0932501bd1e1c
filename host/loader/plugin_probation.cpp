#include "loader/plugin.hpp"

#include "base/clock.hpp"
#include "base/log.hpp"
#include "loader/refusal.hpp"
#include "loader/utc_text.hpp"

#include <algorithm>

// A build that has replaced a good one is watched; when it turns out to be bad, the good one comes back with its data.
namespace riposte {
namespace {

using namespace std::chrono_literals;
using Clock = Deadlines::Clock;

constexpr auto time_before_copy = 2s;  // before the key-value store is copied or put back

}  // namespace

void Plugin::begin_probation(const std::string& left, const std::string& left_by, const Build& build, bool back,
                             bool good) {
    const bool another = build.hash != left;
    if (back || build.hash == record_.good_hash) {
        record_.good_hash.clear();
    } else if (another && !record_.good_hash.empty()) {
        record_.probation_since = now_ms();  // the one before never proved good: the way back leads past it
    } else if (another && good) {
        record_.good_hash = left;
        record_.good_by = left_by;
        record_.probation_since = now_ms();
    }
    if (!another && probation_.on() && !record_.good_hash.empty()) return;  // goes on
    probation_.end();
    probation_look_.clear();
    if (record_.good_hash.empty()) return;
    probation_.begin(context_.options.probation, Clock::now(),
                     std::chrono::milliseconds(now_ms() - record_.probation_since));
    if (probation_.verdict(Clock::now()) != Probation::Verdict::Proved) return look_again();
    record_.good_hash.clear();  // no probation is wanted
    probation_.end();
}

void Plugin::look_again() {
    probation_look_.set(probation_.next_look(Clock::now()), [this] {
        const auto verdict = probation_.verdict(Clock::now());
        if (verdict == Probation::Verdict::Watching) look_again();
        else judge(verdict);
    });
}

void Plugin::judge(Probation::Verdict verdict) {
    if (verdict == Probation::Verdict::Proved) spawn(context_.control, "end a probation", prove());
    if (verdict == Probation::Verdict::Bad)
        fall_back(std::to_string(probation_.failed()) + " of " + std::to_string(probation_.calls()) + " calls failed");
}

Awaitable<> Plugin::prove() {
    const auto self = shared_from_this();
    if (falling_back_ || !probation_.on()) co_return;
    const auto calls = std::to_string(probation_.calls());
    probation_.end();
    probation_look_.clear();
    record_.good_hash.clear();
    auto saving = save();
    co_await std::move(saving);
    auto noting = note("proved", "riposte", build_.value_or(Build{}), "live; " + calls + " calls on probation");
    co_await std::move(noting);
}

void Plugin::fall_back(std::string why) {
    if (std::exchange(falling_back_, true)) return;
    if (!live_) state_ = "rolling back";
    spawn(context_.control, "roll a plugin back", roll_back(record_.generation, std::move(why)));
}

Awaitable<> Plugin::roll_back(std::int64_t generation, std::string why) {
    const auto self = shared_from_this();
    auto taking = turns_.take();
    const auto turn = co_await std::move(taking);
    falling_back_ = false;
    if (record_.generation != generation || record_.good_hash.empty() || stopping_ || state_ == "disabled") co_return;
    log::warning("a new build is bad", {{"plugin", record_.id}, {"reason", why}});
    auto finding = parts_.kept(record_.good_hash);
    auto build = co_await std::move(finding);
    std::string failed;
    if (!build) {
        failed = build.error().detail;
    } else {
        auto going_back = go_back(std::move(*build), "riposte", std::nullopt, why);
        const auto report = co_await std::move(going_back);
        if (stopping_ || (report && report->live)) co_return;
        failed = report ? report->step + ": " + report->reason : report.error().detail;
    }
    log::error("a plugin could not be rolled back", {{"plugin", record_.id}, {"reason", failed}});
    record_.good_hash.clear();
    probation_.end();
    probation_look_.clear();
    auto saving = save();
    co_await std::move(saving);
    if (!live_ && build_) schedule_restart(why);
}

std::string Plugin::build_before() const {
    if (!record_.good_hash.empty()) return record_.good_hash;
    const auto earlier = std::ranges::find_if(record_.kept_builds, [&](const std::string& hash) {
        return hash != record_.active_hash && !holds(record_.refused_hashes, hash);
    });
    return earlier == record_.kept_builds.end() ? std::string() : *earlier;
}

Awaitable<Result<ReloadReport>> Plugin::go_back(Build build, std::string by, std::optional<DataChoice> data,
                                                std::string why) {
    const auto self = shared_from_this();
    Passage passage;
    passage.back = true;
    passage.why = std::move(why);
    // What the host gave the build then, it gives it now, whoever goes back to it.
    if (build.hash == record_.good_hash) passage.sponsor = record_.good_by;
    auto reading = context_.services.snapshot(record_.id);
    auto kept = co_await std::move(reading);
    if (kept && *kept && (*kept)->hash == build.hash) passage.snapshot = std::move(**kept);
    const bool has_values = passage.snapshot && passage.snapshot->has_values;
    const bool raised = build_ && build_->description.data_schema > build.description.data_schema;
    if (raised && data == DataChoice::Unsaid)
        co_return Problem{.code = ErrorCode::InvalidValue,
                          .detail = record_.version + " has changed the plugin's data: " +
                                    (has_values ? "restore it as it was at " + utc_text(passage.snapshot->taken_at) +
                                                      " and lose what was stored since, or keep it"
                                                : "no copy from before is kept, so it can only be kept"),
                          .argument = "data"};
    if (data == DataChoice::Restore && !has_values)
        co_return Problem{.code = ErrorCode::NotFound,
                          .detail = "no copy of the data from before " + record_.version +
                                    " is kept: it was made only if that build raised the "
                                    "schema of its data"};
    passage.restore_values = has_values && (!data || data == DataChoice::Restore);
    passage.ask_live = !passage.restore_values;
    auto putting = put_live(std::move(build), std::move(by), "rollback", passage);
    auto report = co_await std::move(putting);
    if (report.live && passage.restore_values)
        report.lost = "what was stored since " + utc_text(passage.snapshot->taken_at);
    co_return report;
}

/// A build that raises the schema of its data may change that data as soon as it starts: it is copied before. On the way
/// back the copy takes its place. Either way the plugin's commands wait.
Awaitable<Result<>> Plugin::prepare_values(Build build, Passage& passage) {
    const bool raises = !passage.back && build_ && build.description.data_schema > build_->description.data_schema;
    if (!raises && !passage.restore_values) co_return Result<>();
    held_ = true;
    auto draining = drain(Clock::now() + time_before_copy);
    co_await std::move(draining);
    auto settling = settle();
    co_await std::move(settling);
    if (passage.restore_values) {
        auto exchanging = context_.services.exchange_values(record_.id);
        const auto exchanged = co_await std::move(exchanging);
        if (!exchanged) co_return refused("data", exchanged.error().detail);
        passage.values_at_risk = true;
        co_return Result<>();
    }
    auto copying = copy_values(passage.leaves_good);
    const auto copied = co_await std::move(copying);
    if (!copied) co_return refused("data", copied.error().detail);
    passage.values_at_risk = *copied;
    if (*copied) co_return Result<>();
    // The snapshot is that of the good build; what is live now has stored things since.
    auto setting_aside = context_.services.trial_values(record_.id, TrialValues::Copy);
    const auto set_aside = co_await std::move(setting_aside);
    if (!set_aside) co_return refused("data", set_aside.error().detail);
    passage.trial_values = true;
    co_return Result<>();
}

Awaitable<> Plugin::end_trial(TrialValues what) {
    auto ending = context_.services.trial_values(record_.id, what);
    const auto ended = co_await std::move(ending);
    if (!ended) log::error("a plugin's data was not put back", {{"plugin", record_.id}});
}

/// For the good build: the one that is left, or the one before it while that one is on probation. False: it has one.
Awaitable<Result<bool>> Plugin::copy_values(bool leaves_good) {
    PluginSnapshot snapshot;
    snapshot.plugin = record_.id;
    snapshot.hash = leaves_good ? record_.active_hash : record_.good_hash;
    snapshot.data_schema = build_->description.data_schema;
    snapshot.taken_at = now_ms();
    if (!leaves_good) {
        auto reading = context_.services.snapshot(record_.id);
        auto kept = co_await std::move(reading);
        if (kept && *kept && (*kept)->hash == snapshot.hash) {
            if ((*kept)->has_values) co_return false;
            snapshot = std::move(**kept);
        }
    }
    snapshot.has_values = true;
    auto saving = context_.services.save_snapshot(std::move(snapshot), SnapshotValues::Copy);
    const auto saved = co_await std::move(saving);
    if (!saved) co_return saved.error();
    co_return true;
}

/// The build that was to come is refused: nothing that it stored while it started stays.
Awaitable<> Plugin::put_values_back(bool back) {
    auto exchanging = context_.services.exchange_values(record_.id);
    const auto exchanged = co_await std::move(exchanging);
    if (!exchanged) log::error("a plugin's data was not put back", {{"plugin", record_.id}});
    if (!exchanged || back) co_return;
    auto reading = context_.services.snapshot(record_.id);
    auto kept = co_await std::move(reading);
    if (!kept || !*kept) co_return;
    (*kept)->has_values = false;
    auto saving = context_.services.save_snapshot(std::move(**kept), SnapshotValues::Drop);
    const auto saved = co_await std::move(saving);
    if (!saved) log::error("a plugin's snapshot was not stored", {{"plugin", record_.id}});
}

/// Of the good build that was left. One that a build went back to is used up.
Awaitable<> Plugin::keep_snapshot(Build left, const Passage& passage) {
    if (!passage.leaves_good && !passage.back) co_return;
    PluginSnapshot snapshot;
    snapshot.plugin = record_.id;
    snapshot.hash = passage.back ? std::string() : left.hash;
    snapshot.data_schema = left.description.data_schema;
    snapshot.taken_at = now_ms();
    snapshot.has_values = passage.leaves_good && passage.values_at_risk;
    if (passage.leaves_good && passage.own_state) {
        snapshot.state_schema = passage.own_state->schema;
        snapshot.state = passage.own_state->bytes;
    }
    const auto values = snapshot.has_values ? SnapshotValues::Leave : SnapshotValues::Drop;
    auto saving = context_.services.save_snapshot(std::move(snapshot), values);
    const auto saved = co_await std::move(saving);
    if (!saved) log::error("a plugin's snapshot was not stored", {{"plugin", record_.id}});
}

}  // namespace riposte
