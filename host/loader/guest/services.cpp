#include "loader/guest/guest.hpp"

#include "base/clock.hpp"
#include "protocol/unicode.hpp"

// What a plugin asks for besides answers: key-value store, timers, settings, log.
namespace riposte::guest {
namespace {

constexpr int most_lines_a_second = 200;  // more are dropped, and said to be

bool bad_key(std::string_view key) { return key.empty(); }

riposte_status text_status(std::string_view key, std::size_t value) {
    if (bad_key(key)) return RIPOSTE_INVALID;
    return key.size() > RIPOSTE_MAX_KEY || value > RIPOSTE_MAX_VALUE ? RIPOSTE_TOO_LARGE : RIPOSTE_OK;
}

riposte_argument argument_of(const Setting& setting) {
    static constexpr riposte_type types[] = {RIPOSTE_BOOLEAN, RIPOSTE_INTEGER,  RIPOSTE_NUMBER, RIPOSTE_TEXT,
                                             RIPOSTE_CHOICE,  RIPOSTE_DURATION, RIPOSTE_SECRET, RIPOSTE_TEXT};
    return {text_of(setting.key),
            text_of(setting.text),
            setting.integer,
            setting.number,
            types[static_cast<std::size_t>(setting.type)],
            setting.boolean};
}

}  // namespace

template <class Question>
std::optional<Guest::Answer> Guest::ask(Question question) {
    Lock lock(link_.mutex());
    const auto request = question.request = ++last_request_;
    answers_[request];
    lock.unlock();
    const bool sent = link_.send(question);
    lock.lock();
    if (sent) link_.wait(lock, Link::no_end, [&] { return answers_[request].has_value(); });
    auto answer = std::move(answers_[request]);
    answers_.erase(request);
    return answer;
}

template std::optional<Guest::Answer> Guest::ask(PostMessage);  // asked in rooms.cpp

riposte_status Guest::kv_get(riposte_call call, std::string_view key, riposte_receive receive, void* context) {
    if (call != RIPOSTE_NONE && !is_call(call)) return RIPOSTE_INVALID;
    if (const auto status = text_status(key, 0); status != RIPOSTE_OK) return status;
    {
        const Lock lock(link_.mutex());
        if (call != RIPOSTE_NONE && find(call) == nullptr) return RIPOSTE_GONE;
    }
    const auto answer = ask(ReadValue{0, call == RIPOSTE_NONE ? 0 : number_of(call), std::string(key)});
    const auto* value = answer ? std::get_if<ValueAnswer>(&*answer) : nullptr;
    if (value == nullptr) return RIPOSTE_FAILED;
    if (value->status == RIPOSTE_OK && receive != nullptr) receive(context, text_of(value->value));
    return value->status;
}

riposte_status Guest::kv_write(riposte_call call, KeyValueWrite write) {
    if (call != RIPOSTE_NONE && !is_call(call)) return RIPOSTE_INVALID;
    const auto size = write.value ? write.value->size() : 0;
    if (const auto status = text_status(write.key, size); status != RIPOSTE_OK) return status;
    if (call == RIPOSTE_NONE) {
        const auto answer = ask(WriteValue{0, 0, std::move(write)});
        const auto* stored = answer ? std::get_if<ValueAnswer>(&*answer) : nullptr;
        return stored != nullptr ? stored->status : RIPOSTE_FAILED;
    }
    Lock lock(link_.mutex());
    auto* open = find(call);
    if (open == nullptr) return RIPOSTE_GONE;
    if (const auto status = open->write(write.key.size() + size); status != RIPOSTE_OK) return status;
    lock.unlock();
    return link_.send(WriteValue{0, number_of(call), std::move(write)}) ? RIPOSTE_OK : RIPOSTE_GONE;
}

riposte_status Guest::kv_list(riposte_call call, std::string_view prefix, riposte_receive receive, void* context) {
    if (call != RIPOSTE_NONE && !is_call(call)) return RIPOSTE_INVALID;
    if (prefix.size() > RIPOSTE_MAX_KEY) return RIPOSTE_TOO_LARGE;
    {
        const Lock lock(link_.mutex());
        if (call != RIPOSTE_NONE && find(call) == nullptr) return RIPOSTE_GONE;
    }
    const auto answer = ask(ReadKeys{0, call == RIPOSTE_NONE ? 0 : number_of(call), std::string(prefix)});
    const auto* keys = answer ? std::get_if<KeysAnswer>(&*answer) : nullptr;
    if (keys == nullptr) return RIPOSTE_FAILED;
    if (receive != nullptr)
        for (const auto& key : keys->keys) receive(context, text_of(key));
    return keys->status;
}

riposte_status Guest::timer_set(riposte_call call, Timestamp due, std::string_view payload, std::int64_t* timer) {
    if (!is_call(call)) return RIPOSTE_INVALID;
    if (payload.size() > RIPOSTE_MAX_PAYLOAD) return RIPOSTE_TOO_LARGE;
    {
        const Lock lock(link_.mutex());
        if (find(call) == nullptr) return RIPOSTE_GONE;
    }
    const auto answer = ask(SetTimer{0, number_of(call), due, std::string(payload)});
    const auto* stored = answer ? std::get_if<TimersAnswer>(&*answer) : nullptr;
    if (stored == nullptr) return RIPOSTE_FAILED;
    if (timer != nullptr && !stored->timers.empty()) *timer = stored->timers.front().id;
    return stored->status;
}

riposte_status Guest::timer_cancel(std::int64_t timer) {
    const auto answer = ask(RemoveTimer{0, timer});
    const auto* removed = answer ? std::get_if<TimersAnswer>(&*answer) : nullptr;
    return removed != nullptr ? removed->status : RIPOSTE_FAILED;
}

riposte_status Guest::timer_list(riposte_receive_timer receive, void* context) {
    const auto answer = ask(ListTimers{});
    const auto* list = answer ? std::get_if<TimersAnswer>(&*answer) : nullptr;
    if (list == nullptr) return RIPOSTE_FAILED;
    for (const auto& timer : list->timers) {
        riposte_timer shown{};
        shown.struct_size = sizeof shown;
        shown.command = RIPOSTE_NO_COMMAND;
        for (std::size_t i = 0; i < description_.commands.size(); ++i)
            if (description_.commands[i].prefix == timer.command) shown.command = static_cast<std::uint32_t>(i);
        shown.id = timer.id;
        shown.due = timer.due;
        shown.user_id = static_cast<std::int64_t>(timer.user);
        shown.room_id = static_cast<std::int64_t>(timer.room);
        shown.payload = text_of(timer.payload);
        if (receive != nullptr) receive(context, &shown);
    }
    return list->status;
}

riposte_status Guest::setting(std::string_view key, riposte_receive_value receive, void* context) const {
    riposte_status status = RIPOSTE_NOT_FOUND;
    for (const auto& setting : settings_) {
        if (setting.key != key) continue;
        const auto value = argument_of(setting);
        if (receive != nullptr) receive(context, &value);
        status = RIPOSTE_OK;
    }
    return status;
}

riposte_status Guest::log(riposte_call call, std::uint32_t level, std::string_view text) {
    if (level > RIPOSTE_LOG_ERROR || !valid_utf8(text)) return RIPOSTE_INVALID;
    {
        const Lock lock(link_.mutex());
        const auto second = now_ms() / 1000;
        if (second != log_second_) log_second_ = second, logged_ = 0;
        if (++logged_ > most_lines_a_second) return RIPOSTE_BUSY;
    }
    auto line = std::string(text.substr(0, RIPOSTE_MAX_LOG));
    while (!valid_utf8(line)) line.pop_back();
    return link_.send(LogLine{is_call(call) ? number_of(call) : 0, level, std::move(line)}) ? RIPOSTE_OK : RIPOSTE_GONE;
}

riposte_status Guest::refusal(std::string_view reason) {
    if (reason.size() > RIPOSTE_MAX_FAILURE) return RIPOSTE_TOO_LARGE;
    if (!valid_utf8(reason)) return RIPOSTE_INVALID;
    refusal_ = reason;
    return RIPOSTE_OK;
}

}  // namespace riposte::guest
