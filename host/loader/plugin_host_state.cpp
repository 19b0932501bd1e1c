#include "loader/plugin_host_state.hpp"

#include "base/log.hpp"

#include <pwd.h>
#include <sys/stat.h>

#include <algorithm>
#include <unordered_set>

namespace riposte {
namespace {

namespace fs = std::filesystem;

}  // namespace

PluginHost::State::State(LoaderOptions options, HostServices& services, asio::any_io_executor control)
    : context_{std::move(options), services, control},
      builds_(context_.options.data_directory),
      timers_(context_,
              [this](const std::string& id) {
                  const auto plugin = find(id);
                  return plugin && plugin->ready();
              }),
      parts_{context_,
             builds_,
             timers_,
             std::make_shared<const Catalogue>(),
             [this](const std::string& id, const std::vector<CommandSpecification>& commands) {
                 return conflict(id, commands);
             },
             [this] { rebuild_catalogue(); },
             [this](std::string hash) { return kept(std::move(hash)); },
             [this](const std::string& hash) { return bundled_.contains(hash); }},
      inbox_(control, context_.deadlines,
             [this](fs::path file) { spawn(context_.control, "a build arrived", arrived(std::move(file))); }),
      forget_alarm_(context_.deadlines) {}

std::shared_ptr<Plugin> PluginHost::State::find(const std::string& id) const {
    const auto found = plugins_.find(id);
    return found == plugins_.end() ? nullptr : found->second;
}

Plugin& PluginHost::State::make(PluginRecord record) {
    const auto id = record.id;
    return *(plugins_[id] = std::make_shared<Plugin>(parts_, std::move(record)));
}

// ------------------------------------------------------------------------------------------------------ calls

void PluginHost::State::submit(CallRequest request) {
    const auto plugin = find(request.invocation.plugin);
    auto call = std::make_shared<Call>(context_, std::move(request));
    if (plugin) return plugin->submit(std::move(call));
    Outcome outcome;
    outcome.invocation = call->request.invocation.id;
    outcome.failure = ErrorCode::PluginDisabled;
    call->output->finish(std::move(outcome), {});
}

void PluginHost::State::cancel(InvocationId invocation) {
    for (const auto& [id, plugin] : plugins_)
        if (plugin->cancel(invocation)) return;
}

void PluginHost::State::hear(const std::string& plugin, std::shared_ptr<const Message> message) {
    if (const auto listener = find(plugin)) listener->hear(std::move(message));
}

void PluginHost::State::suggest(SuggestQuestion question, Suggester::Done done) {
    const auto plugin = find(question.plugin);
    if (plugin && !stopping_) return plugin->suggest(std::move(question), std::move(done));
    done({});
}

std::vector<PluginView> PluginHost::State::list() const {
    std::vector<PluginView> views;
    for (const auto& [id, plugin] : plugins_) views.push_back(plugin->view());
    return views;
}

// -------------------------------------------------------------------------------------------------- catalogue

std::string PluginHost::State::conflict(const std::string& plugin,
                                        const std::vector<CommandSpecification>& commands) const {
    std::map<std::string, std::string> owners;
    for (const auto& [id, other] : plugins_)
        for (const auto& prefix : other->record().prefixes)
            if (id != plugin) owners[prefix] = id + " " + other->record().version;
    for (const auto& command : commands) {
        auto names = command.aliases;
        names.push_back(command.prefix);
        for (const auto& name : names)
            if (const auto owner = owners.find(normalised_prefix(name)); owner != owners.end())
                return name + " belongs to " + owner->second;
    }
    return {};
}

void PluginHost::State::rebuild_catalogue() {
    if (starting_ || stopping_) return;
    std::vector<CommandSpecification> commands;  // the catalogue puts /help before them
    for (const auto& [id, plugin] : plugins_)
        for (auto& command : plugin->commands()) commands.push_back(std::move(command));
    parts_.catalogue = std::make_shared<const Catalogue>(std::move(commands), ++catalogue_version_);
    context_.services.catalogue_changed(parts_.catalogue);
}

// ------------------------------------------------------------------------------------------------- start, stop

Awaitable<> PluginHost::State::start() {
    const auto self = shared_from_this();
    starting_ = true;
    auto reading = context_.services.plugins();
    auto records = co_await std::move(reading);
    if (!records) throw std::runtime_error("the plugin registry cannot be read: " + records.error().detail);
    for (auto& record : *records) make(std::move(record));
    auto unpacking = scan(context_.options.bundled_directory, "bundled");
    auto found = co_await std::move(unpacking);
    const auto known = plugins_;
    for (const auto& [id, plugin] : known) {
        auto bringing = bring_up(plugin);
        co_await std::move(bringing);
    }
    auto considering_bundled = consider_all(std::move(found));
    co_await std::move(considering_bundled);
    auto scanning = scan(context_.options.inbox_directory, {});
    found = co_await std::move(scanning);
    auto considering = consider_all(std::move(found));
    co_await std::move(considering);
    starting_ = false;
    rebuild_catalogue();
    if (const auto& inbox = context_.options.inbox_directory; !inbox.empty())
        if (const auto wrong = inbox_.watch(inbox); !wrong.empty())
            log::error("the plugin folder is not watched", {{"reason", wrong}});
    auto loading = timers_.load();
    co_await std::move(loading);
    auto dropping = drop_old_builds();
    co_await std::move(dropping);
    auto forgetting = have_forgotten();
    co_await std::move(forgetting);
}

Awaitable<> PluginHost::State::stop(std::chrono::milliseconds deadline) {
    const auto self = shared_from_this();
    stopping_ = true;
    inbox_.stop();
    timers_.stop();
    forget_alarm_.clear();
    const auto until = Deadlines::Clock::now() + deadline;
    auto left = std::make_shared<std::size_t>(plugins_.size());
    auto wait = await_callback<bool>([this, left, until](std::function<void(bool)> done) {
        if (plugins_.empty()) return done(true);
        for (const auto& [id, plugin] : plugins_) {
            auto stop_one = [](std::shared_ptr<Plugin> one, Deadlines::Clock::time_point until,
                               std::shared_ptr<std::size_t> left, std::function<void(bool)> done) -> Awaitable<> {
                auto stopping = one->stop(until);
                co_await std::move(stopping);
                if (--*left == 0) done(true);
            };
            spawn(context_.control, "stop a plugin", stop_one(plugin, until, left, done));
        }
    });
    co_await std::move(wait);
}

}  // namespace riposte
