#include "loader/plugin.hpp"

#include "base/clock.hpp"
#include "base/log.hpp"
#include "loader/refusal.hpp"
#include "loader/utc_text.hpp"

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

/// The state that the next build is given is, in this order: the live generation's, in the next one's schema; that of
/// the snapshot, on the way back; what was stored last.
Awaitable<Result<>> Plugin::hand_state_to(std::shared_ptr<Generation> next, Passage& passage) {
    const auto live = live_ && live_->alive() ? live_ : nullptr;
    const auto schema = next->build().description.state_schema;
    const auto own = live ? live->build().description.state_schema : 0;
    if (schema == 0 && own == 0) co_return Result<>();
    held_ = true;
    if (own != 0) {
        auto draining = drain(Clock::now() + time_to_finish_calls);
        co_await std::move(draining);
        auto asking = ask_for_state(live, schema, passage);
        co_await std::move(asking);
    }
    if (schema == 0) co_return Result<>();
    const bool withheld = own != 0 && passage.ask_live && !passage.state;
    if (const auto& kept = passage.snapshot; !passage.state && kept && kept->state_schema == schema) {
        passage.state = PluginState{record_.id, kept->state_schema, kept->state, kept->taken_at};
        passage.lost = "its state since " + utc_text(kept->taken_at);
    }
    if (!passage.state) {
        auto reading = context_.services.state(record_.id);
        auto stored = co_await std::move(reading);
        if (!stored) co_return refused("restore state", stored.error().detail);
        if (withheld) passage.lost = *stored ? "its state since " + utc_text((*stored)->saved_at) : "its state";
        if (!*stored) co_return Result<>();
        // One that has run before starts empty rather than not at all.
        if (passage.back && (*stored)->schema != schema) {
            passage.lost = "its state";
            co_return Result<>();
        }
        passage.state = std::move(**stored);
    }
    auto restoring = next->restore_state(*passage.state);
    co_return co_await std::move(restoring);
}

/// What the live generation can give: its state for the next one, and in its own schema for the way back.
Awaitable<> Plugin::ask_for_state(std::shared_ptr<Generation> live, std::uint32_t schema, Passage& passage) {
    const auto own = live->build().description.state_schema;
    if (schema != 0 && passage.ask_live) {
        auto asking = saved_state(live, schema);
        passage.state = co_await std::move(asking);
        if (schema == own) passage.own_state = passage.state;
    }
    const bool for_want_of_better = schema != 0 && passage.ask_live && !passage.state && !passage.back;
    if (!passage.own_state && (passage.leaves_good || for_want_of_better)) {
        auto asking = saved_state(live, own);
        passage.own_state = co_await std::move(asking);
    }
    if (for_want_of_better) passage.state = passage.own_state;
}

Awaitable<std::optional<PluginState>> Plugin::saved_state(std::shared_ptr<Generation> from, std::uint32_t schema) {
    auto asking = from->save_state(schema);
    auto saved = co_await std::move(asking);
    if (!saved) {
        log::warning("a plugin's state was not saved", {{"plugin", record_.id}, {"schema", schema}});
        co_return std::nullopt;
    }
    PluginState state;
    state.plugin = record_.id;
    state.schema = saved->schema;
    state.bytes = std::move(saved->bytes);
    state.saved_at = now_ms();
    co_return state;
}

Awaitable<> Plugin::keep_state() {
    if (!live_ || !live_->alive() || live_->build().description.state_schema == 0) co_return;
    auto saving = saved_state(live_, live_->build().description.state_schema);
    auto state = co_await std::move(saving);
    if (!state) co_return;
    auto storing = store_state(std::move(*state));
    co_await std::move(storing);
}

Awaitable<> Plugin::store_state(PluginState state) {
    auto storing = context_.services.save_state(std::move(state));
    const auto stored = co_await std::move(storing);
    if (!stored) log::error("a plugin's state was not stored", {{"plugin", record_.id}});
}

}  // namespace riposte
