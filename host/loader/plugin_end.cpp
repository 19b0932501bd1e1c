#include "loader/plugin.hpp"

#include "base/log.hpp"
#include "loader/refusal.hpp"

// How a plugin's generations end: replaced, switched off, dead, at the stop of the host.
namespace riposte {
namespace {

using namespace std::chrono_literals;
using Clock = Deadlines::Clock;

constexpr auto time_to_finish = 2s;  // for the calls of a plugin with state that is disabled; docs/architecture.md

}  // namespace

void Plugin::retire(std::shared_ptr<Generation> old) {
    std::erase_if(retired_, [](const auto& weak) { return weak.expired(); });
    retired_.push_back(old);
    never_begun(old->take_back());
    auto until_gone = [](std::shared_ptr<Plugin> self, std::shared_ptr<Generation> old) -> Awaitable<> {
        auto gone = old->until_gone();
        co_await std::move(gone);
        self->look_for(*old);
        self->listening_.forget(*old);
    };
    spawn(context_.control, "retire a generation", until_gone(shared_from_this(), old));
    old->retire();
}

/// Whether an instance in the host has left anything there.
void Plugin::look_for(const Generation& ended) {
    const auto left = ended.isolation() == Isolation::InProcess ? copies_.left() : 0;
    if (left == 0) return;
    log_->append(ended.number(), LogSource::Host,
                 "its library stays mapped in the server, with " + std::to_string(left) +
                     " in all; that costs memory only. riposte plugin check names what pins it");
}

/// With state, calls in progress end first, as at a swap, so that the state is there when it is enabled again.
Awaitable<> Plugin::disable(std::string by) {
    const auto self = shared_from_this();
    state_ = "disabled";
    record_.enabled = false;
    restart_.clear();
    end_debugging();
    probation_.end();
    probation_look_.clear();
    suggester_.reset();
    if (live_) never_begun(live_->take_back());
    end_all_waiting(ErrorCode::PluginDisabled, {});
    parts_.changed();
    if (live_ && live_->build().description.state_schema != 0) {
        auto draining = drain(Clock::now() + time_to_finish);
        co_await std::move(draining);
        auto keeping = keep_state();
        co_await std::move(keeping);
    }
    if (const auto old = std::exchange(live_, nullptr)) retire(old);
    auto saving = save();
    co_await std::move(saving);
    auto noting = note("disable", std::move(by), build_.value_or(Build{}), "disabled");
    co_await std::move(noting);
}

void Plugin::died(Generation& generation, std::string how) {
    explain(generation, how);
    listening_.forget(generation);
    if (&generation != live_.get()) return;
    live_.reset();
    suggester_.reset();
    log::warning("a plugin died", {{"plugin", record_.id}, {"how", how}, {"generation", generation.number()}});
    if (probation_.on() && !stopping_) fall_back(how);
    else schedule_restart(how);
}

void Plugin::schedule_restart(const std::string& how) {
    if (stopping_ || state_ == "disabled") return;
    reason_ = how;
    const auto wait = breaker_.failed(Clock::now());
    state_ = breaker_.open() ? "circuit open" : "restarting";
    if (breaker_.open()) end_all_waiting(ErrorCode::PluginDisabled, "it died too often; last: " + how);
    restart_.set(Clock::now() + wait, [this] { spawn(context_.control, "restart a plugin", restart()); });
}

void Plugin::full(Generation& generation, std::string why) {
    const auto now = Clock::now();
    if (&generation != live_.get() || (renewed_ && now - *renewed_ < context_.options.watch.renewal)) return;
    renewed_ = now;
    spawn(context_.control, "renew a worker", renew(generation.number(), std::move(why)));
}

/// The same build in a new generation, with its state.
Awaitable<> Plugin::renew(std::int64_t generation, std::string why) {
    const auto self = shared_from_this();
    auto taking = turns_.take();
    const auto turn = co_await std::move(taking);
    if (record_.generation != generation || !live_ || stopping_) co_return;
    Passage passage;
    passage.why = std::move(why);
    auto putting = put_live(*build_, "riposte", "renew", std::move(passage));
    co_await std::move(putting);
}

Awaitable<> Plugin::restart() {
    const auto self = shared_from_this();
    auto taking = turns_.take();
    const auto turn = co_await std::move(taking);
    if (live_ || stopping_ || !build_ || state_ == "disabled") co_return;
    auto starting = start(*build_, record_.generation, record_.by, record_.settings);
    auto next = co_await std::move(starting);
    std::optional<Problem> wrong;
    if (!next) {
        wrong = next.error();
    } else {
        Passage passage;
        auto handing = hand_state_to(*next, passage);
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

Awaitable<> Plugin::stop(Clock::time_point until) {
    const auto self = shared_from_this();
    stopping_ = true;
    restart_.clear();
    end_debugging();
    probation_look_.clear();
    // A swap in progress comes to nothing; two at once must not ask the live generation for its state.
    if (const auto next = starting_.lock()) next->kill("the server stops");
    auto taking = turns_.take();
    const auto turn = co_await std::move(taking);
    if (live_) never_begun(live_->take_back());
    end_all_waiting(ErrorCode::Interrupted, {});
    auto draining = drain(until);
    co_await std::move(draining);
    auto keeping = keep_state();
    co_await std::move(keeping);
    if (const auto old = std::exchange(live_, nullptr)) retire(old);
    suggester_.reset();
    for (const auto& weak : retired_) {
        const auto old = weak.lock();
        if (!old) continue;
        old->end_all(ErrorCode::Interrupted);
        auto gone = old->until_gone();
        co_await std::move(gone);
    }
    auto settling = settle();
    co_await std::move(settling);
}

/// Until the outcomes on their way, and what their calls wrote, are stored.
Awaitable<> Plugin::settle() {
    while (storing_ > 0) {
        auto waiting = pause(context_.control, 5ms);
        co_await std::move(waiting);
    }
}

}  // namespace riposte
