#include "base/clock.hpp"
#include "commands/duration.hpp"
#include "loader/plugin.hpp"
#include "loader/utc_text.hpp"

// Somebody stops the worker in a debugger: for that time nothing ends it for being slow.
namespace riposte {

Awaitable<Result<>> Plugin::debug(std::chrono::milliseconds time, std::string by) {
    const auto self = shared_from_this();
    if (time.count() == 0) {
        if (!debugged_until_) co_return Result<>();
        end_debugging();
        auto noting = note("debug", std::move(by), build_.value_or(Build{}), "ended");
        co_await std::move(noting);
        co_return Result<>();
    }
    if (!live_ || !live_->alive())
        co_return Problem{.code = ErrorCode::PluginDisabled, .detail = record_.id + " does not serve: it is " + state_};
    if (live_->isolation() == Isolation::InProcess)
        co_return Problem{.code = ErrorCode::InvalidValue,
                          .detail = record_.id +
                                    " runs in-process, where a debugger stops the whole server: riposte plugin "
                                    "isolation " +
                                    record_.id + " worker first, or riposte plugin run --gdb without a server",
                          .argument = "isolation"};
    debugged_until_ = Deadlines::Clock::now() + time;
    debug_end_.set(*debugged_until_, [this] { spawn(context_.control, "end a debugging", debugging_over()); });
    live_->suspend_limits();
    auto noting = note("debug", std::move(by), build_.value_or(Build{}), "until " + utc_text(now_ms() + time.count()));
    co_await std::move(noting);
    co_return Result<>();
}

/// Its successor is looked at, too, if it can be.
void Plugin::look_at_debugger() {
    if (!debugged_until_) return;
    if (live_->isolation() == Isolation::Worker) live_->suspend_limits();
    else end_debugging();
}

void Plugin::end_debugging() {
    if (!debugged_until_) return;
    debugged_until_.reset();
    debug_end_.clear();
    if (live_) live_->resume_limits();
}

Awaitable<> Plugin::debugging_over() {
    const auto self = shared_from_this();
    if (!debugged_until_) co_return;
    end_debugging();
    auto noting = note("debug", "riposte", build_.value_or(Build{}), "ended: its time is over");
    co_await std::move(noting);
}

}  // namespace riposte
