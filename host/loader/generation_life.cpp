#include "loader/generation.hpp"

#include "loader/refusal.hpp"

#include <riposte/plugin.h>

// How a generation begins and ends.
namespace riposte {
namespace {

using namespace std::chrono_literals;

constexpr auto time_for_state = 2s;
constexpr auto time_to_stop = 2s;

/// How a process ended, for somebody who waits to learn why the build is not live.
std::string in_words(const std::string& how, const std::string& step) {
    if (how == "SIGBUS" && step == "load") return "it died of SIGBUS: the file is cut short or damaged";
    if (how.starts_with("SIG")) return "it died of " + how;
    if (how.starts_with("exit status")) return "it ended its own process (" + how + ")";
    return how;
}

/// None when the step has ended as it should.
template <class Expected, class StepResult>
std::optional<Problem> fault(const StepResult& result, const std::string& step) {
    if (!result.message) return refused(step, in_words(result.how, step));
    if (const auto* refusal = std::get_if<Refused>(&*result.message)) return refused(refusal->step, refusal->reason);
    if (!std::holds_alternative<Expected>(*result.message)) return refused(step, "broke the worker protocol");
    return std::nullopt;
}

}  // namespace

Generation::~Generation() {
    for (const auto& [number, call] : calls_) call->deadline.clear();
    if (instance_) instance_->kill("given up");
}

void Generation::send(const ToGuest& message) {
    if (instance_) instance_->send(message);
}

Awaitable<Generation::StepResult> Generation::next_message(std::chrono::milliseconds limit) {
    auto wait = await_callback<StepResult>([this, limit](std::function<void(StepResult)> done) {
        if (!instance_) return done({std::nullopt, how_ended_});
        waiting_ = std::move(done);
        step_limit_.set(Clock::now() + limit,
                        [this, limit] { kill("took longer than " + std::to_string(limit.count()) + " ms"); });
    });
    auto result = co_await std::move(wait);
    step_limit_.clear();
    co_return result;
}

Awaitable<Result<Loaded>> Generation::load(Setup setup) {
    auto said = [log = log_, number = number_](LogSource source, std::string line) {
        if (log) log->append(number, source, std::move(line));
    };
    auto instance = Instance::start(context_.control, context_.options.executable, isolation_, std::move(said));
    if (!instance) co_return refused("spawn", instance.error().detail);
    instance_ = *instance;
    instance_->open({.received =
                         [weak = weak_from_this()](FromGuest&& message) {
                             if (auto self = weak.lock()) self->received(std::move(message));
                         },
                     .batch_ended =
                         [weak = weak_from_this()] {
                             if (auto self = weak.lock()) self->batch_ended();
                         },
                     .ended =
                         [weak = weak_from_this()](std::string how) {
                             if (auto self = weak.lock()) self->ended(std::move(how));
                         }});
    const auto& limits = context_.options.limits;
    setup.library = build_.file.string();
    setup.require_landlock = context_.options.sandbox == SandboxPolicy::Require;
    setup.memory_bytes = limits.memory_bytes;
    setup.files = limits.files;
    setup.processes = limits.processes;
    setup.file_bytes = limits.file_bytes;
    send(setup);
    auto result = co_await next_message(context_.options.starting);
    if (auto wrong = fault<Loaded>(result, "load")) co_return *wrong;
    co_return std::get<Loaded>(std::move(*result.message));
}

Awaitable<Result<PluginDescription>> Generation::check() {
    Setup setup;
    setup.check_only = true;
    setup.user = unprivileged_user({});
    auto loaded = co_await load(std::move(setup));
    if (!loaded) co_return loaded.error();
    co_return std::move(loaded->description);
}

Awaitable<Result<>> Generation::start(Surroundings surroundings) {
    Setup setup;
    setup.data_directory = surroundings.data_directory;
    setup.readable = surroundings.readable;
    setup.user = surroundings.user;
    setup.network = surroundings.network;
    auto loaded = co_await load(std::move(setup));
    if (!loaded) co_return loaded.error();
    layers_ = loaded->layers;
    build_.description = std::move(loaded->description);

    Start begin;
    begin.settings = std::move(surroundings.settings);
    send(begin);
    auto result = co_await next_message(context_.options.starting);
    if (auto wrong = fault<Started>(result, "start")) co_return *wrong;
    alive_ = true;
    look_later();
    co_return Result<>();
}

Awaitable<std::optional<SavedState>> Generation::save_state(std::uint32_t schema) {
    if (!instance_) co_return std::nullopt;  // it hung and was ended at the question before
    instance_->allow(state_frame_bytes);
    send(SaveState{schema});
    auto result = co_await next_message(time_for_state);
    if (instance_) instance_->allow(usual_frame_bytes);
    if (!result.message || !std::holds_alternative<SavedState>(*result.message)) co_return std::nullopt;
    auto saved = std::get<SavedState>(std::move(*result.message));
    if (saved.status != RIPOSTE_OK) co_return std::nullopt;
    co_return saved;
}

Awaitable<Result<>> Generation::restore_state(PluginState state) {
    RestoreState message;
    message.schema = state.schema;
    message.bytes = std::move(state.bytes);
    send(message);
    auto result = co_await next_message(time_for_state);
    if (auto wrong = fault<Restored>(result, "restore state")) co_return *wrong;
    co_return Result<>();
}

void Generation::wind_down() { send(WindDown{}); }

void Generation::retire() {
    retiring_ = true;
    stop_if_idle();
}

void Generation::tell(std::vector<std::function<void(bool)>>& listeners) {
    for (const auto& listener : std::exchange(listeners, {})) listener(true);
}

Awaitable<> Generation::until_idle(Clock::time_point until) {
    if (calls_.empty()) co_return;
    auto wait = await_callback<bool>([this, until](std::function<void(bool)> done) {
        idle_listeners_.push_back(std::move(done));
        idle_limit_.set(until, [this] { tell(idle_listeners_); });
    });
    co_await std::move(wait);
}

Awaitable<> Generation::until_gone() {
    if (!instance_) co_return;
    auto wait =
        await_callback<bool>([this](std::function<void(bool)> done) { end_listeners_.push_back(std::move(done)); });
    co_await std::move(wait);
}

void Generation::stop_if_idle() {
    if (calls_.empty()) tell(idle_listeners_);
    if (!retiring_ || stopping_ || !calls_.empty()) return;
    stopping_ = true;
    if (!instance_) return;
    send(Stop{});
    stop_limit_.set(Clock::now() + time_to_stop, [this, self = shared_from_this()] { kill("did not stop in time"); });
}

void Generation::look_later() {
    const auto& rules = context_.options.watch;
    if (rules.heartbeat.count() > 0) watch_alarm_.set(Clock::now() + rules.heartbeat, [this] { look(); });
}

/// Between calls; a call has its deadline.
void Generation::look() {
    if (!alive_ || retiring_ || !instance_) return;
    look_later();
    if (suspended_) return;
    const auto now = Clock::now();
    const bool idle = calls_.empty();
    const double memory = instance_->memory_share(context_.options.limits.memory_bytes);
    switch (watch_.look({now, instance_->cpu_time(), memory, idle})) {
        case WorkerWatch::Verdict::Silent:
        case WorkerWatch::Verdict::Busy: return kill(watch_.reason());
        case WorkerWatch::Verdict::Full: owner_.full(*this, watch_.reason()); break;
        case WorkerWatch::Verdict::Well: break;
    }
    if (watch_.ask(now, idle)) send(Ping{});
}

void Generation::kill(const std::string& reason) {
    if (instance_) instance_->kill(reason);
}

void Generation::ended(std::string how) {
    const auto self = shared_from_this();
    const bool was_alive = std::exchange(alive_, false);
    how_ended_ = how;
    if (log_) log_->append(number_, LogSource::Host, "ended: " + how);
    owner_.never_begun(take_back());
    instance_.reset();
    stop_limit_.clear();
    step_limit_.clear();
    watch_alarm_.clear();
    inside_.reset();
    auto calls = std::exchange(calls_, {});
    begun_ = 0;
    for (auto& [number, call] : calls) {
        call->deadline.clear();
        call->returned = true;
        if (!std::exchange(call->ended, true)) owner_.ended(call, ErrorCode::Crashed, how);
    }
    if (waiting_) std::exchange(waiting_, {})({std::nullopt, how});
    tell(idle_listeners_);
    tell(end_listeners_);
    if (was_alive && !stopping_) owner_.died(*this, std::move(how));
}

}  // namespace riposte
