#include "loader/guest/guest.hpp"

#include "base/clock.hpp"
#include "loader/elf.hpp"

#include <algorithm>
#include <new>

namespace riposte::guest {
namespace {

/// What a plugin's function returns, or `otherwise` if something was thrown out of it, which it must not.
template <class Function, class Value>
Value guarded(Function function, Value otherwise) {
    try {
        return function();
    } catch (...) {
        return otherwise;
    }
}

riposte_type type_of(OptionType type) { return static_cast<riposte_type>(type) + RIPOSTE_INTEGER; }

/// Read here, in the sandbox of the child that checks a build, and not by the host.
std::string hindrance_to_unloading(const std::string& library) {
    try {
        const auto facts = read_elf(library);
        return facts ? what_keeps_it_mapped(*facts) : std::string();
    } catch (const std::bad_alloc&) {  // larger than a worker's memory, most of it debug information
        return {};
    }
}

std::int64_t place_in(const std::vector<std::string>& choices, const std::string& text) {
    for (std::size_t i = 0; i < choices.size(); ++i)
        if (choices[i] == text) return static_cast<std::int64_t>(i);
    return -1;
}

riposte_invocation invocation_of(const StartCall& call, const std::vector<riposte_argument>& arguments) {
    riposte_invocation invocation{};
    invocation.struct_size = sizeof invocation;
    invocation.command = call.command;
    invocation.origin = call.origin;
    invocation.flags = call.flags;
    invocation.call = call_handle(call.call);
    invocation.id = text_of(call.invocation);
    invocation.prefix = text_of(call.prefix);
    invocation.line = text_of(call.line);
    invocation.rest =
        text_of(std::string_view(call.line).substr(std::min<std::size_t>(call.rest_begin, call.line.size())));
    invocation.arguments = arguments.data();
    invocation.argument_count = arguments.size();
    invocation.user_id = static_cast<std::int64_t>(call.user);
    invocation.user_name = text_of(call.user_name);
    invocation.user_display_name = text_of(call.user_display_name);
    invocation.user_role = call.user_role;
    invocation.room_id = static_cast<std::int64_t>(call.room);
    invocation.room = text_of(call.room_uri);
    invocation.room_title = text_of(call.room_title);
    invocation.locale = text_of(call.locale);
    invocation.time_zone = text_of(call.time_zone);
    invocation.deadline = now_ms() + call.time_limit;
    invocation.timer = call.timer;
    invocation.due = call.due;
    invocation.payload = text_of(call.payload);
    invocation.hearing = call.hearing;
    return invocation;
}

}  // namespace

std::vector<riposte_argument> arguments_of(const std::vector<Argument>& given, const PluginDescription& description,
                                           std::uint32_t command) {
    std::vector<riposte_argument> arguments;
    if (command >= description.commands.size()) return arguments;
    for (const auto& each : given) {
        riposte_argument argument{text_of(each.name), text_of(each.text), each.integer,
                                  each.number,        type_of(each.type), each.boolean};
        if (each.type == OptionType::Choice)
            for (const auto& option : description.commands[command].options)
                if (option.name == each.name) argument.integer = place_in(option.choices, each.text);
        arguments.push_back(argument);
    }
    return arguments;
}

Guest::Guest(int socket, std::shared_ptr<Tickets> tickets)
    : link_(socket, [this](ToGuest&& message) { receive(std::move(message)); }), tickets_(std::move(tickets)) {}

// Called with the mutex held, on whichever thread reads.
void Guest::receive(ToGuest&& message) {
    if (const auto* start = std::get_if<StartCall>(&message))
        calls_.emplace(start->call,
                       OpenCall((start->flags & RIPOSTE_AUTHOR_ONLY) != 0, start->origin == RIPOSTE_FROM_HEARING));
    if (const auto* gone = std::get_if<CallGone>(&message)) calls_.erase(gone->call);
    else if (std::holds_alternative<WindDown>(message)) winding_down_ = true;
    else if (auto* value = std::get_if<ValueAnswer>(&message)) answers_[value->request] = std::move(*value);
    else if (auto* keys = std::get_if<KeysAnswer>(&message)) answers_[keys->request] = std::move(*keys);
    else if (auto* timers = std::get_if<TimersAnswer>(&message)) answers_[timers->request] = std::move(*timers);
    else inbox_.push_back(std::move(message));
}

std::optional<Setup> Guest::setup() {
    Lock lock(link_.mutex());
    if (link_.wait(lock, Link::no_end, [&] { return !inbox_.empty(); }) != Link::Waited::Ready) return std::nullopt;
    auto* setup = std::get_if<Setup>(&inbox_.front());
    if (setup == nullptr) return std::nullopt;
    auto copy = std::move(*setup);
    inbox_.pop_front();
    return copy;
}

void Guest::refuse(const std::string& step, const std::string& reason) { link_.send(Refused{step, reason}); }

void Guest::run(const Setup& setup, const std::string& layers) {
    const auto library = Library::open(setup.library);
    if (!library) return refuse("load", library.error().detail);
    auto description = describe(library->plugin());
    if (!description) return refuse("check", description.error().detail);
    description_ = std::move(*description);
    if (setup.check_only) description_.stays_mapped = hindrance_to_unloading(setup.library);
    plugin_ = &library->plugin();
    data_directory_ = setup.data_directory;
    if (!link_.send(Loaded{description_, layers}) || setup.check_only) return;

    for (auto message = next(); message && serve(*message);) message = next();
    stop();
}

/// What comes next in its turn; none when the host went away.
std::optional<ToGuest> Guest::next() {
    Lock lock(link_.mutex());
    if (link_.wait(lock, Link::no_end, [&] { return !inbox_.empty(); }) != Link::Waited::Ready) return std::nullopt;
    const auto in_turn = [&] {
        const auto* call = std::get_if<StartCall>(&inbox_.front());
        return call == nullptr || may_begin(*call);
    };
    // Another thread of the plugin may end the call that is waited for: not without an end, or wake() would not be heard.
    for (auto waited = Link::Waited::TimedOut; waited == Link::Waited::TimedOut;) {
        waited = link_.wait(lock, Link::Clock::now() + std::chrono::hours(1), in_turn);
        if (waited == Link::Waited::Closed) return std::nullopt;
    }
    std::optional<ToGuest> message = std::move(inbox_.front());
    inbox_.pop_front();
    return message;
}

/// With the mutex held. A call whose ticket is gone waits for nothing.
bool Guest::may_begin(const StartCall& call) const {
    const auto open = std::ranges::count_if(calls_, [](const auto& entry) { return entry.second.begun; });
    return open < static_cast<std::ptrdiff_t>(description_.calls_at_once) || tickets_->taken() >= call.call;
}

/// False: the instance is over.
bool Guest::serve(const ToGuest& message) {
    if (const auto* call = std::get_if<StartCall>(&message)) return perform(*call), true;
    if (const auto* question = std::get_if<Suggest>(&message)) return answer(*question), true;
    if (const auto* overheard = std::get_if<Overhear>(&message)) return answer(*overheard), true;
    if (const auto* who = std::get_if<ForgetUser>(&message)) return forget(*who), true;
    if (const auto* begin = std::get_if<Start>(&message)) return start(*begin);
    if (const auto* request = std::get_if<SaveState>(&message)) return save(*request), true;
    if (const auto* state = std::get_if<RestoreState>(&message)) return restore(*state);
    if (std::holds_alternative<Ping>(message)) return link_.send(Pong{});
    return false;
}

bool Guest::start(const Start& start) {
    settings_ = start.settings;
    fill_table(data_directory_);
    const auto status = guarded([&] { return plugin_->start(&table_, &instance_); }, riposte_status{RIPOSTE_FAILED});
    if (status == RIPOSTE_OK) return link_.send(Started{});
    instance_ = nullptr;
    plugin_ = nullptr;
    refuse("start", refusal_.empty() ? "start() returned status " + std::to_string(status) : refusal_);
    return false;
}

void Guest::perform(const StartCall& call) {
    Lock lock(link_.mutex());
    if (!tickets_->take(call.call)) {
        calls_.erase(call.call);  // the host gives it to somebody else
        return;
    }
    riposte_result result = RIPOSTE_DONE;
    if (const auto found = calls_.find(call.call); found != calls_.end()) {
        found->second.begun = true;
        lock.unlock();
        const auto arguments = arguments_of(call.arguments, description_, call.command);
        const auto invocation = invocation_of(call, arguments);
        result = guarded([&] { return plugin_->on_command(instance_, &invocation); }, riposte_result{-1});
        lock.lock();
    }
    const bool ends = calls_.contains(call.call) && result != RIPOSTE_PENDING;
    if (ends) calls_.erase(call.call);
    lock.unlock();
    if (!ends) link_.send(Returned{call.call});
    else link_.send(EndCall{call.call, result != RIPOSTE_DONE, true, result == -1 ? "it threw an exception" : ""});
}

void Guest::save(const SaveState& request) {
    SavedState saved{RIPOSTE_NOT_SUPPORTED, request.schema, {}};
    const auto keep = [](void* context, riposte_text bytes) {
        static_cast<std::string*>(context)->assign(bytes.data, bytes.size);
    };
    if (plugin_->save_state != nullptr)
        saved.status = guarded([&] { return plugin_->save_state(instance_, request.schema, keep, &saved.bytes); },
                               riposte_status{RIPOSTE_FAILED});
    if (saved.bytes.size() > RIPOSTE_MAX_STATE) saved = {RIPOSTE_TOO_LARGE, request.schema, {}};
    link_.send(saved);
}

/// One without the function keeps nothing of anybody.
void Guest::forget(const ForgetUser& who) {
    riposte_status status = RIPOSTE_OK;
    const auto user = static_cast<std::int64_t>(who.user);
    if (plugin_->forget_user != nullptr)
        status = guarded([&] { return plugin_->forget_user(instance_, user, text_of(who.name)); },
                         riposte_status{RIPOSTE_FAILED});
    link_.send(Forgot{who.user, status});
}

bool Guest::restore(const RestoreState& state) {
    const auto status = guarded([&] { return plugin_->restore_state(instance_, state.schema, text_of(state.bytes)); },
                                riposte_status{RIPOSTE_FAILED});
    if (status == RIPOSTE_OK) return link_.send(Restored{});
    refuse("restore state", refusal_.empty() ? "restore_state() returned status " + std::to_string(status) : refusal_);
    return false;
}

void Guest::stop() {
    {
        const Lock lock(link_.mutex());
        calls_.clear();
        winding_down_ = true;
        link_.wake();
    }
    if (plugin_ != nullptr && instance_ != nullptr) guarded([&] { return plugin_->stop(instance_), 0; }, 0);
    link_.send(Stopped{});
}

}  // namespace riposte::guest
