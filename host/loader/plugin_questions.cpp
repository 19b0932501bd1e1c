#include "loader/plugin_questions.hpp"

#include "base/log.hpp"
#include "protocol/unicode.hpp"

#include <riposte/plugin.h>

namespace riposte {
namespace {

constexpr std::size_t most_written = 4 << 20;  // bytes a call; as in guest/open_call.cpp

std::int32_t status_of(const Problem& problem) {
    switch (problem.code) {
        case ErrorCode::NotFound: return RIPOSTE_NOT_FOUND;
        case ErrorCode::TooLarge: return RIPOSTE_TOO_MANY;
        default: return RIPOSTE_FAILED;
    }
}

bool fits(const KeyValueWrite& write) {
    return !write.key.empty() && write.key.size() <= RIPOSTE_MAX_KEY &&
           (!write.value || write.value->size() <= RIPOSTE_MAX_VALUE);
}

std::vector<KeyValueWrite> writes_of(const std::shared_ptr<Call>& call) {
    return call ? call->writes : std::vector<KeyValueWrite>();
}

}  // namespace

PluginQuestions::PluginQuestions(LoaderContext& context, Timers& timers, std::string plugin,
                                 std::shared_ptr<PluginLog> log)
    : context_(context), timers_(timers), plugin_(plugin), log_(std::move(log)), key_values_(context, plugin) {}

void PluginQuestions::ask(Asker asker, FromGuest question, Asked call) {
    if (const auto* line = std::get_if<LogLine>(&question)) return log(asker->number(), *line, call);
    if (auto* write = std::get_if<WriteValue>(&question); write != nullptr && write->call != 0) {
        if (call) collect(*asker, *call, std::move(write->write));
        return;
    }
    std::visit(
        [&](auto& message) {
            if constexpr (requires { answer(asker, message, call, shared_from_this()); })
                spawn(context_.control, "plugin question", answer(asker, message, call, shared_from_this()));
        },
        question);
}

void PluginQuestions::collect(Generation& asker, Call& call, KeyValueWrite write) {
    call.written_bytes += write.key.size() + (write.value ? write.value->size() : 0);
    if (!fits(write) || call.writes.size() >= RIPOSTE_MAX_WRITES || call.written_bytes > most_written)
        return asker.kill("wrote more than its host allows");
    call.writes.push_back(std::move(write));
}

void PluginQuestions::log(std::int64_t generation, const LogLine& line, const Asked& call) const {
    if (line.text.size() > RIPOSTE_MAX_LOG || !valid_utf8(line.text)) return;
    const auto level = static_cast<log::Level>(std::min<std::uint32_t>(line.level, RIPOSTE_LOG_ERROR));
    const auto invocation = call ? call->request.invocation.id.to_string() : "-";
    if (log_)
        log_->append(generation, static_cast<LogSource>(level), call ? line.text + " [" + invocation + "]" : line.text);
    log::write(level, "plugin says", {{"plugin", plugin_}, {"invocation", invocation}, {"text", line.text}});
}

Awaitable<> PluginQuestions::answer(Asker asker, ReadValue question, Asked call,
                                    [[maybe_unused]] std::shared_ptr<PluginQuestions> self) {
    auto reading = key_values_.read(question.key, writes_of(call));
    auto value = co_await std::move(reading);
    ValueAnswer answer;
    answer.request = question.request;
    if (!value) answer.status = status_of(value.error());
    else if (!*value) answer.status = RIPOSTE_NOT_FOUND;
    else answer.value = std::move(**value);
    asker->send(answer);
}

Awaitable<> PluginQuestions::answer(Asker asker, ReadKeys question, Asked call,
                                    [[maybe_unused]] std::shared_ptr<PluginQuestions> self) {
    auto reading = key_values_.keys(question.prefix, RIPOSTE_MAX_KEYS, writes_of(call));
    auto keys = co_await std::move(reading);
    KeysAnswer answer;
    answer.request = question.request;
    if (!keys) {
        answer.status = status_of(keys.error());
    } else {
        answer.keys = std::move(*keys);
        if (answer.keys.size() > RIPOSTE_MAX_KEYS) {
            answer.keys.resize(RIPOSTE_MAX_KEYS);
            answer.status = RIPOSTE_TOO_MANY;
        }
    }
    asker->send(answer);
}

Awaitable<> PluginQuestions::answer(Asker asker, WriteValue question, Asked,
                                    [[maybe_unused]] std::shared_ptr<PluginQuestions> self) {
    ValueAnswer answer;
    answer.request = question.request;
    if (!fits(question.write)) {
        answer.status = RIPOSTE_TOO_LARGE;
    } else {
        auto writing = key_values_.write(std::move(question.write));
        const auto stored = co_await std::move(writing);
        if (!stored) answer.status = RIPOSTE_FAILED;
    }
    asker->send(answer);
}

Awaitable<> PluginQuestions::answer(Asker asker, SetTimer question, Asked call,
                                    [[maybe_unused]] std::shared_ptr<PluginQuestions> self) {
    TimersAnswer answer;
    answer.request = question.request;
    if (!call || question.payload.size() > RIPOSTE_MAX_PAYLOAD) {
        answer.status = call ? RIPOSTE_TOO_LARGE : RIPOSTE_GONE;
    } else {
        const auto& invocation = call->request.invocation;
        PluginTimer timer;
        timer.plugin = plugin_;
        timer.command = invocation.command;
        timer.room = invocation.room_id;
        timer.user = call->request.caller.id;
        timer.due = question.due;
        timer.payload = std::move(question.payload);
        auto setting = timers_.set(timer);
        const auto id = co_await std::move(setting);
        if (id) timer.id = *id;
        else answer.status = status_of(id.error());
        answer.timers.push_back(std::move(timer));
    }
    asker->send(answer);
}

Awaitable<> PluginQuestions::answer(Asker asker, RemoveTimer question, Asked,
                                    [[maybe_unused]] std::shared_ptr<PluginQuestions> self) {
    TimersAnswer answer;
    answer.request = question.request;
    auto removing = timers_.remove(plugin_, question.timer);
    const auto removed = co_await std::move(removing);
    if (!removed) answer.status = status_of(removed.error());
    asker->send(answer);
}

Awaitable<> PluginQuestions::answer(Asker asker, ListTimers question, Asked,
                                    [[maybe_unused]] std::shared_ptr<PluginQuestions> self) {
    TimersAnswer answer;
    answer.request = question.request;
    std::size_t bytes = 0;
    for (auto& timer : timers_.of(plugin_)) {
        if ((bytes += 128 + timer.payload.size()) > RIPOSTE_MAX_STATE) {
            answer.status = RIPOSTE_TOO_MANY;
            break;
        }
        answer.timers.push_back(std::move(timer));
    }
    asker->send(answer);
    co_return;
}

}  // namespace riposte
