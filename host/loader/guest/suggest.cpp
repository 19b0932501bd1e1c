#include "loader/guest/guest.hpp"
#include "protocol/unicode.hpp"

#include <algorithm>

// What a plugin suggests while somebody types.
namespace riposte::guest {
namespace {

/// One line, since it stands in a list and goes into one.
bool is_line(std::string_view text) {
    const auto control = [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; };
    return valid_utf8(text) && std::ranges::none_of(text, control);
}

}  // namespace

/// What has come meanwhile, a command above all, is more urgent: then nothing is suggested.
void Guest::answer(const Suggest& question) {
    Suggested answer{question.question, {}};
    Lock lock(link_.mutex());
    link_.poll(lock);
    const auto sign_of_life = [](const ToGuest& message) { return std::holds_alternative<Ping>(message); };
    const bool ask = std::ranges::all_of(inbox_, sign_of_life) && plugin_->suggest != nullptr &&
                     question.command < description_.commands.size() &&
                     question.option < description_.commands[question.command].options.size();
    if (ask) {
        suggesting_ = &answer;
        lock.unlock();
        const auto arguments = arguments_of(question.before, description_, question.command);
        riposte_suggestion_request request{};
        request.struct_size = sizeof request;
        request.command = question.command;
        request.option = question.option;
        request.call = suggestion_handle(question.question);
        request.typed = text_of(question.typed);
        request.user_id = static_cast<std::int64_t>(question.user);
        request.user_name = text_of(question.user_name);
        request.room_id = static_cast<std::int64_t>(question.room);
        request.room = text_of(question.room_uri);
        request.locale = text_of(question.locale);
        request.arguments = arguments.data();
        request.argument_count = arguments.size();
        try {
            plugin_->suggest(instance_, &request);
        } catch (...) {  // nothing thrown may leave it; what it has suggested stands
        }
        lock.lock();
        suggesting_ = nullptr;
    }
    lock.unlock();
    link_.send(answer);
}

riposte_status Guest::suggest(riposte_call call, std::string_view value, std::string_view description) {
    const Lock lock(link_.mutex());
    if (suggesting_ == nullptr || call != suggestion_handle(suggesting_->question)) return RIPOSTE_GONE;
    if (value.size() > RIPOSTE_MAX_SUGGESTION || description.size() > RIPOSTE_MAX_SUGGESTION) return RIPOSTE_TOO_LARGE;
    if (value.empty() || !is_line(value) || !is_line(description)) return RIPOSTE_INVALID;
    if (suggesting_->values.size() >= RIPOSTE_MAX_SUGGESTIONS) return RIPOSTE_TOO_MANY;
    suggesting_->values.push_back({std::string(value), std::string(description)});
    return RIPOSTE_OK;
}

}  // namespace riposte::guest
