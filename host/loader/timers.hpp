#pragma once

#include "loader/loader_context.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace riposte {

/// The timers of all plugins: kept by the store, watched here. [control]
class Timers {
public:
    /// `ready` says whether a plugin can take a call just now; if not, its timers wait.
    Timers(LoaderContext& context, std::function<bool(const std::string& plugin)> ready);

    /// Those of earlier runs; what is overdue fires at the next look.
    Awaitable<> load();
    /// Returns its id. TooLarge when the plugin has too many.
    Awaitable<Result<std::int64_t>> set(PluginTimer timer);
    /// NotFound when it is not there, or another plugin's.
    Awaitable<Result<>> remove(std::string plugin, std::int64_t id);
    std::vector<PluginTimer> of(const std::string& plugin) const;
    /// Again, because a plugin has become ready.
    void look();
    void stop();

private:
    void arm(std::chrono::milliseconds least);

    LoaderContext& context_;
    std::function<bool(const std::string&)> ready_;
    std::multimap<Timestamp, PluginTimer> by_due_;
    Deadlines::Alarm alarm_;
    bool stopped_ = false;
};

}  // namespace riposte
