#include "loader/plugin_host_state.hpp"

#include "base/log.hpp"

#include <riposte/plugin.h>

// Deleted accounts: plugins are told until they say that they keep nothing of that person.
namespace riposte {

/// Not while state is on its way from one generation to the next, which may hold that person.
void Plugin::forget(UserId user, std::string name) {
    if (!live_ || !live_->alive() || held_ || stopping_) return;
    ForgetUser message;
    message.user = user;
    message.name = std::move(name);
    live_->send(message);
}

void Plugin::forgot(Generation& generation, Forgot answer) {
    if (&generation != live_.get() || held_) return;
    if (answer.status == RIPOSTE_OK) return spawn(context_.control, "a person forgotten", has_forgotten(answer.user));
    log_->append(generation.number(), LogSource::Host,
                 "did not forget a person whose account was deleted (status " + std::to_string(answer.status) +
                     "); it is told again");
}

Awaitable<> Plugin::has_forgotten(UserId user) {
    const auto self = shared_from_this();
    auto noting = context_.services.forgot(record_.id, user);
    const auto noted = co_await std::move(noting);
    if (!noted) log::warning("not noted that a person is forgotten", {{"plugin", record_.id}});
}

Awaitable<> PluginHost::State::have_forgotten() {
    const auto self = shared_from_this();
    std::vector<std::string> ids;
    for (const auto& [id, plugin] : plugins_) ids.push_back(id);
    for (const auto& id : ids) {
        auto reading = context_.services.to_forget(id);
        const auto all = co_await std::move(reading);
        const auto plugin = find(id);
        if (!all || !plugin) continue;
        for (const auto& one : *all) plugin->forget(one.user, one.name);
    }
    if (!stopping_)
        forget_alarm_.set(Deadlines::Clock::now() + context_.options.forget_every,
                          [this] { spawn(context_.control, "forget people", have_forgotten()); });
}

}  // namespace riposte
