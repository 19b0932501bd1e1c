#include "author/workbench.hpp"

#include "loader/crash_place.hpp"
#include "commands/arguments.hpp"
#include "commands/help.hpp"
#include "loader/refusal.hpp"

#include <algorithm>
#include <future>
#include <thread>

namespace riposte {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds time_to_end{500};  // for calls in progress
constexpr std::size_t lines_of_a_report = 100;
constexpr UserId author_id{1};
constexpr RoomId room_id{1};
constexpr std::string_view author_name = "alice";

}  // namespace

Workbench::Workbench(WorkbenchOptions options, Listener listener)
    : options_(std::move(options)),
      listener_(std::move(listener)),
      services_({.heard = listener_.heard,
                 .ended = [this](const Outcome& outcome) { call_ended(outcome); },
                 .due = [this](const PluginTimer& timer, bool late) { timer_due(timer, late); },
                 .overheard = [this](std::uint32_t hearing, const Message& message) { overheard(hearing, message); }}),
      desk_(options_.isolation, options_.patient) {}

Workbench::~Workbench() {
    if (host_) desk_.run(host_->stop(time_to_end));
    desk_.stop();
}

/// Before the first build: what the operator would have configured for it.
void Workbench::prepare(const PluginDescription& description) {
    id_ = description.id;
    auto options = desk_.options;
    options.settings[id_] = options_.settings;
    for (const auto& path : description.read_paths)
        if (path.starts_with('/')) options.read_paths[id_].push_back(path);
    host_ = std::make_unique<PluginHost>(std::move(options), services_, desk_.control().get_executor());
    desk_.run(host_->start());
}

Result<Taken> Workbench::take(const fs::path& library) {
    const auto build = desk_.examine(services_, library);
    if (!build) return build.error();
    if (id_.empty()) prepare(build->description);
    if (build->description.id != id_)
        return refused("check", "its id is now " + build->description.id + ", not " + id_ + ": start anew");
    std::error_code failure;
    const auto incoming = desk_.folder() / "incoming";
    fs::copy_file(library, incoming, fs::copy_options::overwrite_existing, failure);
    if (!failure) fs::rename(incoming, desk_.options.bundled_directory / (id_ + ".so"), failure);
    if (failure) return refused("stage", failure.message());
    const auto report = desk_.run(host_->reload(id_, std::string(author_name), false));
    if (!report) return report.error();
    if (!report->live && !report->unchanged) return refused(report->step, report->reason);
    library_ = library;
    const auto& plugin = report->plugin;
    const bool hears = std::ranges::find(plugin.permissions, "hear") != plugin.permissions.end();
    return Taken{id_, plugin.version, plugin.commands, plugin.generation, report->unchanged, hears};
}

std::string Workbench::last_crash() {
    // A worker's report and its death come to the host by different ways.
    for (int attempt = 0; attempt < 20; ++attempt) {
        const auto log = desk_.run(host_->log(id_, std::nullopt, lines_of_a_report));
        std::vector<std::string> texts;
        if (log)
            for (const auto& line : *log) texts.push_back(line.text);
        if (auto place = crash_place(texts, library_); !place.empty()) return place;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return {};
}

// ------------------------------------------------------------------------------------------------------ calls

void Workbench::say(const std::string& line, Ended ended) {
    const auto kind = line_kind(line);
    asio::post(desk_.control(), [this, kind, line, ended = std::move(ended)]() mutable {
        if (kind == LineKind::Command) submit(line, std::move(ended));
        else offer(kind == LineKind::EscapedSlash ? without_escape(line) : line, std::move(ended));
    });
}

std::optional<Problem> Workbench::say_and_wait(const std::string& line) {
    std::promise<std::optional<Problem>> end;
    say(line, [&](std::optional<Problem> problem) { end.set_value(std::move(problem)); });
    return end.get_future().get();
}

void Workbench::cancel() {
    asio::post(desk_.control(), [this] {
        if (last_) host_->cancel(*last_);
    });
}

void Workbench::submit(const std::string& line, Ended ended) {
    const auto match = services_.catalogue()->match(line);
    if (!match) return ended(match.error());
    if (is_help(*match->command)) return answer_help(line, match->arguments_begin, ended);
    const auto arguments = parse_arguments(*match->command, line, match->arguments_begin);
    if (!arguments) return ended(arguments.error());
    auto request = request_of(match->command->plugin, match->command->prefix, line);
    request.invocation.visibility = match->command->visibility;
    request.catalogue_version = services_.catalogue()->version();
    last_ = request.invocation.id;
    open_[*last_] = std::move(ended);
    host_->submit(std::move(request));
}

CallRequest Workbench::request_of(const std::string& plugin, const std::string& command,
                                  const std::string& line) const {
    CallRequest request;
    auto& invocation = request.invocation;
    invocation.id = InvocationId::make();
    invocation.author = author_id;
    invocation.room_id = room_id;
    invocation.room = "lobby";
    invocation.plugin = plugin;
    invocation.command = command;
    invocation.text = line;
    request.room_title = "Lobby";
    request.caller.id = author_id;
    request.caller.name = request.caller.display_name = author_name;
    request.caller.role = Role::Owner;
    request.caller.administrator = true;
    request.caller.locale = options_.locale;
    request.caller.time_zone = "UTC";
    return request;
}

void Workbench::answer_help(const std::string& line, std::size_t begin, const Ended& ended) {
    const auto arguments = parse_arguments(help_command(), line, begin);
    if (!arguments) return ended(arguments.error());
    const auto about = arguments->empty() ? std::string() : arguments->front().text;
    const auto text = help(*services_.catalogue(), about, options_.locale, Audience::Operator);
    if (!text) return ended(text.error());
    listener_.heard({Utterance::Kind::Ephemeral, *text});
    ended(std::nullopt);
}

/// The loader lets go of a message that the plugin does not wait for.
void Workbench::offer(std::string text, Ended ended) {
    auto message = std::make_unique<Message>();
    message->id = MessageId::make();
    message->room_id = room_id;
    message->room = "lobby";
    message->author.id = author_id;
    message->author.name = message->author.display_name = author_name;
    message->text = std::move(text);
    const auto id = message->id;
    offered_[id] = std::move(ended);
    const auto let_go = [this, id](const Message* gone) {
        delete gone;
        asio::post(desk_.control(), [this, id] { passed_by(id); });
    };
    host_->hear(id_, std::shared_ptr<const Message>(message.release(), let_go));
}

void Workbench::overheard(std::uint32_t hearing, const Message& message) {
    auto request = request_of(id_, {}, message.text);
    request.origin = Origin::Hearing;
    request.hearing = hearing;
    last_ = request.invocation.id;
    if (auto open = offered_.extract(message.id)) open_[*last_] = std::move(open.mapped());
    host_->submit(std::move(request));
}

void Workbench::passed_by(MessageId message) {
    const auto open = offered_.extract(message);
    if (!open) return;  // it was heard
    listener_.not_heard();
    open.mapped()(std::nullopt);
}

void Workbench::timer_due(const PluginTimer& timer, bool late) {
    auto request = request_of(timer.plugin, timer.command, {});
    request.origin = Origin::Timer;
    request.timer = timer.id;
    request.due = timer.due;
    request.timer_payload = timer.payload;
    request.late = late;
    host_->submit(std::move(request));
}

void Workbench::call_ended(const Outcome& outcome) {
    std::optional<Problem> problem;
    if (outcome.failure) problem = Problem{.code = *outcome.failure, .detail = outcome.detail};
    if (last_ == outcome.invocation) last_.reset();
    if (auto open = open_.extract(outcome.invocation)) return open.mapped()(std::move(problem));
    if (problem) listener_.failed(*problem);
}

}  // namespace riposte
