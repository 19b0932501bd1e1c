#include "loader/plugin.hpp"

#include "base/clock.hpp"
#include "base/log.hpp"
#include "commands/arguments.hpp"
#include "loader/permissions.hpp"

#include <algorithm>

// The calls of a plugin. How its generations come and go: plugin_life.cpp.
namespace riposte {
namespace {

using namespace std::chrono_literals;

constexpr auto running_after = 300ms;

/// Whether the end of a call says something of the build. A death speaks for itself.
bool is_of_build(std::optional<ErrorCode> failure) {
    return !failure || *failure == ErrorCode::PluginFailed || *failure == ErrorCode::TimedOut;
}

std::string text_of(const Problem& problem) {
    return problem.usage.empty() ? problem.detail : problem.detail + "; usage: " + problem.usage;
}

}  // namespace

Plugin::Plugin(PluginParts& parts, PluginRecord record)
    : parts_(parts),
      context_(parts.context),
      record_(std::move(record)),
      queue_(context_.options.queue, context_.options.queue_per_user),
      log_(std::make_shared<PluginLog>(context_.options.data_directory / "plugin-logs", record_.id,
                                       parts.builds.files_thread())),
      questions_(std::make_shared<PluginQuestions>(context_, parts.timers, record_.id, log_)),
      suggester_(context_),
      listening_(context_.options.queue / 2),  // the other half is for commands
      probation_look_(context_.deadlines),
      restart_(context_.deadlines),
      debug_end_(context_.deadlines) {
    if (!record_.enabled) state_ = "disabled";
}

bool Plugin::ready() const { return live_ && !held_ && !stopping_ && queue_.waiting() < context_.options.queue / 2; }

void Plugin::submit(std::shared_ptr<Call> call) {
    const bool place = queue_.has_place_for(*call, live_ ? live_->ahead() : 0);
    queue_.push(call);
    if (stopping_) return ended(call, ErrorCode::Interrupted, {});
    if (state_ == "disabled") return ended(call, ErrorCode::PluginDisabled, {});
    if (state_ == "refused") return ended(call, ErrorCode::PluginDisabled, record_.reason);
    if (breaker_.open()) return ended(call, ErrorCode::PluginDisabled, reason_);
    if (!place) return ended(call, ErrorCode::Busy, {});
    call->running.set(Deadlines::Clock::now() + running_after,
                      [this, id = call->request.invocation.id] { context_.services.running(id); });
    call->waits_until = Deadlines::Clock::now() + context_.options.total;
    dispatch();
    limit_waiting(call);
}

void Plugin::limit_waiting(const std::shared_ptr<Call>& call) {
    if (call->ended || call->begun) return;
    call->deadline.set(call->waits_until, [this, weak = std::weak_ptr(call)] {
        if (auto call = weak.lock()) waited_too_long(call);
    });
}

void Plugin::waited_too_long(std::shared_ptr<Call> call) {
    if (const auto generation = call->generation.lock()) never_begun(generation->take_back());
    if (call->number == 0) ended(call, ErrorCode::TimedOut, "it waited for its turn too long");
    dispatch();
}

void Plugin::suggest(SuggestQuestion question, Suggester::Done done) {
    const auto command = std::ranges::find(commands_, question.prefix, &CommandSpecification::prefix);
    if (command == commands_.end() || held_ || stopping_ || queue_.waiting() > 0) return done({});
    const auto& options = command->options;
    const auto option = std::ranges::find(options, question.option, &OptionSpecification::name);
    if (option == options.end() || !option->suggests) return done({});
    Suggest message;
    message.command = static_cast<std::uint32_t>(command - commands_.begin());
    message.option = static_cast<std::uint32_t>(option - options.begin());
    message.typed = std::move(question.typed);
    message.before = std::move(question.before);
    message.user = question.user;
    message.user_name = std::move(question.user_name);
    message.room = question.room;
    message.room_uri = std::move(question.room_uri);
    message.locale = std::move(question.locale);
    suggester_.ask(live_, std::move(message), std::move(done));
}

void Plugin::suggested(Generation& generation, Suggested answer) {
    if (&generation == live_.get()) suggester_.answered(live_, std::move(answer));
}

bool Plugin::cancel(InvocationId invocation) {
    const auto call = queue_.find(invocation);
    if (!call) return false;
    const auto generation = call->generation.lock();
    if (generation && !call->begun) never_begun(generation->take_back());
    if (call->number == 0) ended(call, ErrorCode::Cancelled, {});
    else if (generation) generation->end_call(call, ErrorCode::Cancelled, {});
    dispatch();
    return true;
}

void Plugin::dispatch() {
    while (live_ && !held_) {
        auto call = queue_.take([live = live_](const Call& call) { return live->can_take(call); });
        if (!call) return;
        hand_over(std::move(call));
    }
}

/// Parsed against what is declared now, whatever it was when the line was sent.
void Plugin::hand_over(std::shared_ptr<Call> call) {
    const auto& invocation = call->request.invocation;
    const auto index_of = [&](const std::string& prefix) -> std::optional<std::size_t> {
        const auto found = std::ranges::find(commands_, prefix, &CommandSpecification::prefix);
        if (found != commands_.end()) return static_cast<std::size_t>(found - commands_.begin());
        // A timer may be older than the name that the operator has given.
        const auto& declared = live_->build().description.commands;
        const auto own = std::ranges::find(declared, prefix, &CommandSpecification::prefix);
        if (own == declared.end()) return std::nullopt;
        return static_cast<std::size_t>(own - declared.begin());
    };
    if (call->request.origin != Origin::User)
        return live_->take(call, index_of(invocation.command), invocation.text.size(), {});
    const auto match = parts_.catalogue->match(invocation.text);
    if (!match) return ended(call, match.error().code, match.error().detail);
    if (match->command->plugin != record_.id)
        return ended(call, ErrorCode::UnknownCommand, "another plugin has it now");
    auto arguments = parse_arguments(*match->command, invocation.text, match->arguments_begin);
    if (!arguments) return ended(call, arguments.error().code, text_of(arguments.error()));
    live_->take(call, index_of(match->command->prefix), match->arguments_begin, std::move(*arguments));
}

void Plugin::ended(std::shared_ptr<Call> call, std::optional<ErrorCode> failure, std::string detail) {
    call->ended = true;
    call->running.clear();
    if (call->begun) times_.add(Deadlines::Clock::now() - call->began);
    else call->deadline.clear();
    if (failure) ++failed_;
    queue_.remove(*call);
    if (call->begun && probation_.on() && is_of_build(failure) && call->generation.lock() == live_)
        judge(probation_.finished(failure.has_value(), Deadlines::Clock::now()));

    Outcome outcome;
    outcome.invocation = call->request.invocation.id;
    outcome.failure = failure;
    outcome.detail = std::move(detail);
    if (!failure) outcome.writes = std::move(call->writes);
    auto writes = outcome.writes;
    questions_->key_values().sent(writes);
    ++storing_;
    call->output->finish(std::move(outcome), [self = shared_from_this(), writes = std::move(writes)](bool) {
        self->questions_->key_values().settled(writes);
        --self->storing_;
    });
}

void Plugin::end_all_waiting(ErrorCode failure, const std::string& detail) {
    while (auto call = queue_.take()) ended(call, failure, detail);
}

void Plugin::has_room(Generation& generation) {
    if (&generation == live_.get()) dispatch();
}

void Plugin::never_begun(std::vector<std::shared_ptr<Call>> calls) {
    for (const auto& call : calls) limit_waiting(call);
    queue_.put_back(std::move(calls));
}

void Plugin::asked(Generation& generation, FromGuest question, std::shared_ptr<Call> call) {
    questions_->ask(generation.shared_from_this(), std::move(question), std::move(call));
}

PluginView Plugin::view() const {
    PluginView view;
    view.id = record_.id;
    view.version = record_.version;
    view.generation = record_.generation;
    view.state = state_ == "refused" && !missing_.empty() ? "needs grant: " + missing_ : state_;
    view.serving = live_ && live_->alive();
    if (state_ == "live" && probation_.on())
        view.state = "probation " + std::to_string(std::min(probation_.calls(), probation_.rules().calls)) + "/" +
                     std::to_string(probation_.rules().calls);
    view.isolation = live_ ? live_->isolation() : isolation();
    view.isolation_chosen = record_.isolation.has_value();
    for (const auto& command : commands()) view.commands.push_back(command.prefix);
    view.aliases = record_.aliases;
    if (build_) view.permissions = permission_names(build_->description.permissions);
    view.grants = record_.grants;
    view.presence = record_.presence;
    if (wants_grant()) view.wants = listed_permissions(missing_);
    view.calls = times_.count();
    view.failed = failed_;
    view.p50_ms = times_.quantile(0.5);
    view.p99_ms = times_.quantile(0.99);
    view.memory_bytes = live_ ? live_->memory_bytes() : 0;
    view.left_mapped = static_cast<std::int64_t>(copies_.left());
    view.pid = live_ ? live_->pid() : 0;
    if (debugged_until_)
        view.debug_until =
            now_ms() + std::chrono::ceil<std::chrono::milliseconds>(*debugged_until_ - Deadlines::Clock::now()).count();
    view.unheard = listening_.missed();
    view.by = record_.by;
    view.reason = reason_.empty() ? record_.reason : reason_;
    view.sandbox = layers_;
    return view;
}

Isolation Plugin::isolation() const {
    if (record_.isolation) return *record_.isolation;
    const auto configured = context_.options.isolations.find(record_.id);
    return configured == context_.options.isolations.end() ? context_.options.isolation : configured->second;
}

std::vector<CommandSpecification> Plugin::commands() const {
    return state_ == "disabled" || state_ == "refused" ? std::vector<CommandSpecification>() : commands_;
}

Awaitable<> Plugin::save() {
    auto saving = context_.services.save_plugin(record_);
    const auto saved = co_await std::move(saving);
    if (!saved)
        log::error("a plugin's record was not stored", {{"plugin", record_.id}, {"reason", saved.error().detail}});
}

Awaitable<> Plugin::note(std::string verb, std::string by, Build build, std::string result) {
    log::info("plugin " + verb, {{"plugin", record_.id}, {"by", by}, {"hash", build.hash}, {"result", result}});
    PluginHistoryEntry entry;
    entry.plugin = record_.id;
    entry.at = now_ms();
    entry.by = std::move(by);
    entry.verb = std::move(verb);
    entry.hash = build.hash;
    entry.version = build.description.version;
    entry.result = std::move(result);
    auto adding = context_.services.add_history(std::move(entry));
    const auto added = co_await std::move(adding);
    if (!added) log::error("plugin history was not stored", {{"plugin", record_.id}, {"reason", added.error().detail}});
}

}  // namespace riposte
