#include "loader/plugin_host_state.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>

namespace riposte {
namespace {

/// Runs on [control] and resumes where it was called.
template <class T>
Awaitable<T> on_control(asio::any_io_executor control, Awaitable<T> work) {
    co_return co_await asio::co_spawn(control, std::move(work), asio::use_awaitable);
}

}  // namespace

std::optional<DataChoice> data_choice_from(std::string_view text) {
    if (text.empty()) return DataChoice::Unsaid;
    if (text == "keep") return DataChoice::Keep;
    if (text == "restore") return DataChoice::Restore;
    return std::nullopt;
}

PluginHost::PluginHost(LoaderOptions options, HostServices& services, asio::any_io_executor control)
    : state_(std::make_shared<State>(std::move(options), services, control)), control_(control) {}

PluginHost::~PluginHost() = default;

Awaitable<> PluginHost::start() { return on_control(control_, state_->start()); }

void PluginHost::submit(CallRequest call) {
    // By pointer: a request is large, and an executor moves what it is given several times.
    asio::dispatch(control_, [state = state_, call = std::make_unique<CallRequest>(std::move(call))] {
        state->submit(std::move(*call));
    });
}

void PluginHost::cancel(InvocationId invocation) {
    asio::dispatch(control_, [state = state_, invocation] { state->cancel(invocation); });
}

void PluginHost::hear(const std::string& plugin, std::shared_ptr<const Message> message) {
    state_->hear(plugin, std::move(message));
}

Awaitable<std::vector<SuggestedValue>> PluginHost::suggest(SuggestQuestion question) {
    using Values = std::vector<SuggestedValue>;
    auto asking = [control = control_, state = state_,
                   question = std::move(question)](std::function<void(Values)> done) mutable {
        asio::dispatch(control,
                       [state, question = std::make_unique<SuggestQuestion>(std::move(question)),
                        done = std::move(done)]() mutable { state->suggest(std::move(*question), std::move(done)); });
    };
    auto wait = await_callback<Values>(std::move(asking));
    co_return co_await std::move(wait);
}

Awaitable<std::vector<PluginView>> PluginHost::list() {
    auto list = [](std::shared_ptr<State> state) -> Awaitable<std::vector<PluginView>> { co_return state->list(); };
    return on_control(control_, list(state_));
}

Awaitable<Result<ReloadReport>> PluginHost::reload(std::string id, std::string by, bool force) {
    return on_control(control_, state_->reload(std::move(id), std::move(by), force));
}

Awaitable<Result<PluginView>> PluginHost::enable(std::string id, std::string by) {
    return on_control(control_, state_->enable(std::move(id), std::move(by)));
}

Awaitable<Result<PluginView>> PluginHost::disable(std::string id, std::string by) {
    return on_control(control_, state_->disable(std::move(id), std::move(by)));
}

Awaitable<Result<PluginView>> PluginHost::grant(std::string id, std::string permission, bool given, std::string by) {
    return on_control(control_, state_->grant(std::move(id), std::move(permission), given, std::move(by)));
}

Awaitable<Result<PluginView>> PluginHost::set_presence(std::string id, PluginPresence presence, std::string by) {
    return on_control(control_, state_->set_presence(std::move(id), presence, std::move(by)));
}

Awaitable<Result<PluginView>> PluginHost::isolate(std::string id, Isolation isolation, std::string by) {
    return on_control(control_, state_->isolate(std::move(id), isolation, std::move(by)));
}

Awaitable<Result<PluginView>> PluginHost::alias(std::string id, std::string prefix, std::string alias, std::string by) {
    return on_control(control_, state_->alias(std::move(id), std::move(prefix), std::move(alias), std::move(by)));
}

Awaitable<Result<std::vector<SettingView>>> PluginHost::settings(std::string id) {
    return on_control(control_, state_->settings(std::move(id)));
}

Awaitable<Result<ReloadReport>> PluginHost::configure(std::string id, SettingChanges changes, Reach reach,
                                                      std::string by) {
    return on_control(control_, state_->configure(std::move(id), std::move(changes), reach, std::move(by)));
}

Awaitable<Result<PluginView>> PluginHost::debug(std::string id, std::chrono::milliseconds time, std::string by) {
    return on_control(control_, state_->debug(std::move(id), time, std::move(by)));
}

Awaitable<Result<ReloadReport>> PluginHost::rollback(std::string id, std::string by, DataChoice data) {
    return on_control(control_, state_->rollback(std::move(id), std::move(by), data));
}

Awaitable<Result<>> PluginHost::receive(Uuid upload, std::string piece) {
    return on_control(control_, state_->receive(upload, std::move(piece)));
}

void PluginHost::discard(Uuid upload) {
    asio::dispatch(control_, [state = state_, upload] { state->discard(upload); });
}

Awaitable<Result<StagedBuild>> PluginHost::stage(Uuid upload) { return on_control(control_, state_->stage(upload)); }

Awaitable<Result<ReloadReport>> PluginHost::install(std::string hash, std::string by) {
    return on_control(control_, state_->install(std::move(hash), std::move(by)));
}

Awaitable<Result<std::vector<PluginLogLine>>> PluginHost::log(std::string id, std::optional<std::int64_t> generation,
                                                              std::size_t limit) {
    return on_control(control_, state_->log(std::move(id), generation, limit));
}

Awaitable<> PluginHost::stop(std::chrono::milliseconds deadline) {
    return on_control(control_, state_->stop(deadline));
}

}  // namespace riposte
