#include "loader/generation.hpp"

#include <riposte/plugin.h>

#include <algorithm>

namespace riposte {
namespace {

using namespace std::chrono_literals;

constexpr auto grace_when_blocked = 100ms;
/// Enough to keep a plugin busy while the results of a commit come in and the next commands go out together.
constexpr std::size_t most_ahead = 16;

std::uint32_t abi_origin(Origin origin) {
    switch (origin) {
        case Origin::User: return RIPOSTE_FROM_USER;
        case Origin::Timer: return RIPOSTE_FROM_TIMER;
        case Origin::Hearing: return RIPOSTE_FROM_HEARING;
    }
    return 0;
}

StartCall start_message(const Call& call) {
    const auto& request = call.request;
    const auto& invocation = request.invocation;
    const auto flag = [](bool set, std::uint32_t bit) { return set ? bit : 0; };
    StartCall message;
    message.call = call.number;
    message.origin = abi_origin(request.origin);
    message.flags = flag(request.late, RIPOSTE_LATE) | flag(request.caller.administrator, RIPOSTE_ADMINISTRATOR) |
                    flag(invocation.visibility == CommandVisibility::Author, RIPOSTE_AUTHOR_ONLY) |
                    flag(request.direct, RIPOSTE_DIRECT_ROOM);
    message.invocation = invocation.id.to_string();
    message.prefix = invocation.command;
    message.line = invocation.text;
    message.user = request.caller.id;
    message.user_name = request.caller.name;
    message.user_display_name = request.caller.display_name;
    message.user_role = static_cast<std::uint32_t>(request.caller.role);
    message.room = invocation.room_id;
    message.room_uri = invocation.room;
    message.room_title = request.room_title;
    message.locale = request.caller.locale;
    message.time_zone = request.caller.time_zone.empty() ? "UTC" : request.caller.time_zone;
    message.time_limit = call.first_output.count();
    message.timer = request.timer;
    message.due = request.due;
    message.payload = request.timer_payload;
    message.hearing = request.hearing;
    return message;
}

}  // namespace

Call::Call(LoaderContext& context, CallRequest given)
    : request(std::move(given)),
      output(std::make_shared<CallOutput>(context, request.invocation)),
      running(context.deadlines),
      deadline(context.deadlines) {}

Generation::Generation(LoaderContext& context, Owner& owner, std::int64_t number, Build build, Isolation isolation,
                       std::shared_ptr<PluginLog> log)
    : context_(context),
      owner_(owner),
      number_(number),
      build_(std::move(build)),
      isolation_(isolation),
      log_(std::move(log)),
      watch_(context.options.watch),
      watch_alarm_(context.deadlines),
      step_limit_(context.deadlines),
      stop_limit_(context.deadlines),
      idle_limit_(context.deadlines) {}

bool Generation::can_take(const Call& call) const {
    if (!alive_ || retiring_) return false;
    if (!inside_ && calls_.size() < build_.description.calls_at_once) return true;
    const auto same_person = [&](const auto& entry) {
        return entry.second->request.caller.id == call.request.caller.id;
    };
    return ahead() < most_ahead && std::ranges::none_of(calls_, same_person);
}

std::shared_ptr<Call> Generation::find(CallNumber number) const {
    const auto found = calls_.find(number);
    return found == calls_.end() ? nullptr : found->second;
}

void Generation::take(std::shared_ptr<Call> call, std::optional<std::size_t> command, std::size_t arguments_begin,
                      std::vector<Argument> arguments) {
    const auto* declared = command ? &build_.description.commands[*command] : nullptr;
    const auto& options = context_.options;
    call->number = ++last_call_;
    call->generation = weak_from_this();
    call->first_output = options.first_output;
    if (declared != nullptr && declared->deadline_ms > 0)
        call->first_output = std::min(options.first_output, std::chrono::milliseconds(declared->deadline_ms));
    calls_[call->number] = call;
    advance();

    auto message = start_message(*call);
    message.command = command ? static_cast<std::uint32_t>(*command) : RIPOSTE_NO_COMMAND;
    if (declared != nullptr) message.prefix = declared->prefix;
    message.rest_begin = static_cast<std::uint32_t>(arguments_begin);
    message.arguments = std::move(arguments);
    send(std::move(message));
}

/// The guest begins its calls in the order of their numbers, one after another, and has not more of them open than its
/// plugin declares. The same is done here, to know whose time runs.
void Generation::advance() {
    if (inside_ || ahead() == 0 || begun_ >= build_.description.calls_at_once) return;
    begin(std::ranges::find_if(calls_, [](const auto& entry) { return !entry.second->begun; })->second);
}

void Generation::begin(const std::shared_ptr<Call>& call) {
    ++begun_;
    inside_ = call;
    call->begun = true;
    call->began = call->last_output = Clock::now();
    call->deadline.set(call->began + call->first_output, [this, weak = std::weak_ptr(call)] {
        if (auto call = weak.lock()) check_deadline(call);
    });
}

std::vector<std::shared_ptr<Call>> Generation::take_back() {
    std::vector<std::shared_ptr<Call>> calls;
    if (!instance_) return calls;
    const auto last_begun = instance_->tickets().take_back(last_call_);
    for (auto place = calls_.upper_bound(last_begun); place != calls_.end(); place = calls_.erase(place)) {
        auto& call = place->second;
        if (std::exchange(call->begun, false)) --begun_;
        if (inside_ == call) inside_.reset();
        call->number = 0;
        call->generation.reset();
        call->deadline.clear();
        if (!call->ended) calls.push_back(std::move(call));
    }
    return calls;
}

void Generation::end_call(std::shared_ptr<Call> call, ErrorCode failure, std::string detail) {
    if (call->ended) return;
    call->ended = true;
    send(CallGone{call->number});
    if (call->returned) release(call);
    owner_.ended(call, failure, std::move(detail));
}

void Generation::end_all(ErrorCode failure) {
    const auto calls = calls_;
    for (const auto& [number, call] : calls) end_call(call, failure, {});
}

void Generation::release(const std::shared_ptr<Call>& call) {
    call->deadline.clear();
    if (calls_.erase(call->number) != 0 && call->begun) --begun_;
    if (inside_ == call) inside_.reset();
    advance();
    stop_if_idle();
}

/// Until the first output, between outputs, and in all; looked at when the alarm rings, so an output costs nothing.
void Generation::check_deadline(std::shared_ptr<Call> call) {
    if (suspended_) return;
    const auto& options = context_.options;
    const auto due =
        std::min(call->began + options.total,
                 call->has_output ? call->last_output + options.between_outputs : call->began + call->first_output);
    if (!call->ended && Clock::now() < due) {
        call->deadline.set(due, [this, weak = std::weak_ptr(call)] {
            if (auto call = weak.lock()) check_deadline(call);
        });
        return;
    }
    end_call(call, ErrorCode::TimedOut, {});
    if (call->returned) return;
    call->deadline.set(Clock::now() + grace_when_blocked, [this, weak = std::weak_ptr(call)] {
        if (auto call = weak.lock()) kill_if_blocked(call);
    });
}

void Generation::suspend_limits() { suspended_ = true; }

void Generation::resume_limits() {
    suspended_ = false;
    watch_ = WorkerWatch(context_.options.watch);
    const auto now = Clock::now();
    const auto calls = calls_;
    for (const auto& [number, call] : calls) {
        if (!call->begun) continue;
        call->began = call->last_output = now;
        check_deadline(call);
    }
}

void Generation::kill_if_blocked(std::shared_ptr<Call> call) {
    const auto& command = call->request.invocation.command;
    if (!call->returned && !suspended_)
        kill("did not return from " + (command.empty() ? "what it heard" : command) + " in time");
}

}  // namespace riposte
