#include "author/trial.hpp"

#include "loader/refusal.hpp"
#include "loader/settings.hpp"

#include <future>

namespace riposte {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr auto time_to_stop = 2s;  // plugin.h; then the generation ends the instance

}  // namespace

/// The call in progress. [control]
struct Trial::Going {
    std::shared_ptr<Call> call;
    Clock::time_point began = Clock::now();
    std::optional<Clock::time_point> cancelled;
    Deadlines::Alarm cancel;
    bool stored = false;  // its outcome, and with it everything it has put out
    TrialCall result;
    std::promise<TrialCall> over;

    explicit Going(LoaderContext& context) : cancel(context.deadlines) {}
};

Trial::Trial(TrialOptions options)
    : options_(std::move(options)),
      services_({.heard =
                     [this](const Utterance& utterance) {
                         if (going_) going_->result.heard.push_back(utterance);
                     },
                 .ended = [](const Outcome&) {},
                 .due = [](const PluginTimer&, bool) {}}),
      desk_(options_.isolation, options_.patient) {
    desk_.options.first_output = std::min(desk_.options.first_output, options_.longest_first_output);
    context_.reset(new LoaderContext{desk_.options, services_, desk_.control().get_executor()});
    builds_ = std::make_unique<Builds>(desk_.options.data_directory);
    timers_ = std::make_unique<Timers>(*context_, [](const std::string&) { return false; });
}

Trial::~Trial() {
    if (generation_) (void)stop();
    desk_.stop();
}

Result<PluginDescription> Trial::examine() {
    auto build = desk_.examine(services_, options_.library);
    if (!build) return build.error();
    build_ = std::move(*build);
    return build_->description;
}

Result<Surroundings> Trial::surroundings() {
    const auto& description = build_->description;
    auto settings = check_settings(description, options_.settings);
    if (!settings) return settings.error();
    Surroundings result;
    result.user = unprivileged_user(description.id);
    result.settings = std::move(*settings);
    for (const auto& path : description.read_paths)
        if (path.starts_with('/')) result.readable.push_back(path);
    auto folder = desk_.run(builds_->data_directory(description.id, result.user));
    if (!folder) return folder.error();
    result.data_directory = std::move(*folder);
    return result;
}

Result<> Trial::start() {
    if (!build_)
        if (const auto description = examine(); !description) return description.error();
    auto around = surroundings();
    if (!around) return around.error();
    questions_ = std::make_shared<PluginQuestions>(*context_, *timers_, build_->description.id);
    auto build = *build_;
    ++number_;
    if (options_.isolation == Isolation::InProcess) {
        auto copy = desk_.run(builds_->copy_for(build, number_));
        if (!copy) return copy.error();
        build.file = *copy;
    }
    generation_ = std::make_shared<Generation>(*context_, static_cast<Generation::Owner&>(*this), number_, build,
                                               options_.isolation);
    auto started = desk_.run(generation_->start(std::move(*around)));
    if (options_.isolation == Isolation::InProcess) builds_->forget(build.file);
    return started;
}

bool Trial::alive() {
    if (!generation_) return false;
    auto ask = [](std::shared_ptr<Generation> generation) -> Awaitable<bool> { co_return generation->alive(); };
    return desk_.run(ask(generation_));
}

// ------------------------------------------------------------------------------------------------------ calls

TrialCall Trial::call(const Sample& sample, std::optional<milliseconds> cancel_after) {
    if (!generation_) return {.failure = ErrorCode::Crashed, .detail = "there is no instance any more", .killed = true};
    auto going = std::make_shared<Going>(*context_);
    auto over = going->over.get_future();
    asio::post(desk_.control(), [this, going, sample, cancel_after] {
        if (!generation_->alive()) {
            going->result.failure = ErrorCode::Crashed;
            going->result.detail = "died between two calls";
            going->result.killed = true;
            return going->over.set_value(std::move(going->result));
        }
        going_ = going;
        begin(sample);
        if (!cancel_after) return;
        going->cancel.set(Clock::now() + *cancel_after, [this, call = going->call] {
            going_->cancelled = Clock::now();
            generation_->end_call(call, ErrorCode::Cancelled, {});
        });
    });
    return over.get();
}

void Trial::begin(const Sample& sample) {
    CallRequest request;
    auto& invocation = request.invocation;
    const auto& command = build_->description.commands[sample.command];
    invocation.id = InvocationId::make();
    invocation.plugin = build_->description.id;
    invocation.command = command.prefix;
    invocation.visibility = command.visibility;
    invocation.text = sample.line;
    invocation.room = "lobby";
    invocation.room_id = RoomId{1};
    request.room_title = "Lobby";
    request.caller.id = UserId{1};
    request.caller.name = request.caller.display_name = "alice";
    request.caller.role = Role::Owner;
    request.caller.administrator = true;
    request.caller.locale = "en";
    going_->call = std::make_shared<Call>(*context_, std::move(request));
    generation_->take(going_->call, sample.command, sample.arguments_begin, sample.arguments);
}

void Trial::ended(std::shared_ptr<Call> call, std::optional<ErrorCode> failure, std::string detail) {
    const auto going = going_;
    if (!going || going->call != call) return;
    going->cancel.clear();
    going->result.failure = failure;
    going->result.detail = detail;
    Outcome outcome;
    outcome.invocation = call->request.invocation.id;
    outcome.failure = failure;
    outcome.detail = std::move(detail);
    if (!failure) outcome.writes = std::move(call->writes);
    call->output->finish(std::move(outcome), [this, going](bool) {
        going->stored = true;
        // What ended the call may have set `returned` only after telling of it.
        asio::post(desk_.control(), [this] { look(); });
    });
}

void Trial::has_room(Generation&) { look(); }

void Trial::died(Generation&, std::string how) {
    if (!going_) return;
    going_->result.killed = true;
    if (going_->result.detail.empty()) going_->result.detail = std::move(how);
    look();
}

/// Whether the call in progress is over in every respect.
void Trial::look() {
    const auto going = going_;
    if (!going || !going->stored || !going->call->returned) return;
    // The death that ended the call is told of after its end.
    if (going->result.failure == ErrorCode::Crashed && !going->result.killed) return;
    going_.reset();
    const auto now = Clock::now();
    going->result.time = duration_cast<milliseconds>(now - going->began);
    if (going->cancelled) going->result.lag = duration_cast<milliseconds>(now - *going->cancelled);
    going->call.reset();
    going->over.set_value(std::move(going->result));
}

void Trial::asked(Generation& generation, FromGuest question, std::shared_ptr<Call> call) {
    questions_->ask(generation.shared_from_this(), std::move(question), std::move(call));
}

Result<milliseconds> Trial::stop() {
    const auto began = Clock::now();
    auto stopping = [](std::shared_ptr<Generation> generation) -> Awaitable<> {
        generation->retire();
        auto gone = generation->until_gone();
        co_await std::move(gone);
    };
    desk_.run(stopping(std::exchange(generation_, nullptr)));
    const auto time = duration_cast<milliseconds>(Clock::now() - began);
    if (time >= time_to_stop) return refused("stop", "stop() did not return within 2 s");
    return time;
}

}  // namespace riposte
