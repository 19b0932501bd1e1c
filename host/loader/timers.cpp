#include "loader/timers.hpp"

#include "base/clock.hpp"
#include "base/log.hpp"

#include <riposte/plugin.h>

#include <algorithm>

namespace riposte {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp late_after = 2000;    // ms
constexpr auto look_again = 200ms;        // for those that were due and had to wait
constexpr int most_at_one_look = 16;      // of one plugin: after a long absence not all come at once
constexpr auto longest_sleep = 60'000ms;  // the wall clock may be set meanwhile

}  // namespace

Timers::Timers(LoaderContext& context, std::function<bool(const std::string&)> ready)
    : context_(context), ready_(std::move(ready)), alarm_(context.deadlines) {}

Awaitable<> Timers::load() {
    auto reading = context_.services.timers();
    auto timers = co_await std::move(reading);
    if (!timers) {
        log::error("timers were not read", {{"reason", timers.error().detail}});
        co_return;
    }
    for (auto& timer : *timers) by_due_.emplace(timer.due, std::move(timer));
    arm(0ms);
}

Awaitable<Result<std::int64_t>> Timers::set(PluginTimer timer) {
    const auto its_own = [&](const auto& entry) { return entry.second.plugin == timer.plugin; };
    if (std::ranges::count_if(by_due_, its_own) >= RIPOSTE_MAX_TIMERS)
        co_return Problem{.code = ErrorCode::TooLarge, .detail = "too many timers"};
    auto saving = context_.services.save_timer(timer);
    const auto id = co_await std::move(saving);
    if (!id) co_return id.error();
    timer.id = *id;
    by_due_.emplace(timer.due, timer);
    arm(0ms);
    co_return *id;
}

Awaitable<Result<>> Timers::remove(std::string plugin, std::int64_t id) {
    const auto found = std::ranges::find_if(
        by_due_, [&](const auto& entry) { return entry.second.id == id && entry.second.plugin == plugin; });
    if (found == by_due_.end()) co_return Problem{.code = ErrorCode::NotFound, .detail = "no such timer"};
    by_due_.erase(found);
    auto removing = context_.services.remove_timer(std::move(plugin), id);
    co_return co_await std::move(removing);
}

std::vector<PluginTimer> Timers::of(const std::string& plugin) const {
    std::vector<PluginTimer> timers;
    for (const auto& [due, timer] : by_due_)
        if (timer.plugin == plugin) timers.push_back(timer);
    return timers;
}

void Timers::look() {
    const auto now = now_ms();
    std::map<std::string, int> fired;
    for (auto next = by_due_.begin(); next != by_due_.end() && next->first <= now;) {
        const auto& plugin = next->second.plugin;
        if (!ready_(plugin) || ++fired[plugin] > most_at_one_look) {
            ++next;
            continue;
        }
        auto timer = std::move(next->second);
        next = by_due_.erase(next);
        const bool late = now - timer.due > late_after;
        context_.services.timer_due(std::move(timer), late);
    }
    arm(look_again);
}

void Timers::arm(std::chrono::milliseconds least) {
    if (stopped_ || by_due_.empty()) return alarm_.clear();
    const std::chrono::milliseconds left(by_due_.begin()->first - now_ms());
    const auto sleep = std::clamp<std::chrono::milliseconds>(left, least, longest_sleep);
    alarm_.set(Deadlines::Clock::now() + sleep, [this] { look(); });
}

void Timers::stop() {
    stopped_ = true;
    alarm_.clear();
}

}  // namespace riposte
