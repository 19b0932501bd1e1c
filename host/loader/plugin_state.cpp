#include "loader/plugin.hpp"

#include "base/clock.hpp"
#include "base/log.hpp"
#include "loader/refusal.hpp"

// What one generation hands over to the next.
namespace riposte {
namespace {

using namespace std::chrono_literals;
using Clock = Deadlines::Clock;

constexpr auto time_to_finish_calls = 2s;  // before their state is saved, and after they were told of the end

}  // namespace

/// Lets the live generation's calls end; what has not ended by then is interrupted. They learn of it 2 s before.
Awaitable<> Plugin::drain(Clock::time_point until) {
    const auto live = live_;
    if (!live) co_return;
    never_begun(live->take_back());
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

}  // namespace riposte
