#include "loader/message_text.hpp"
#include "loader/plugin_questions.hpp"

#include <riposte/plugin.h>

// What a plugin says unasked.
namespace riposte {
namespace {

constexpr int most_posting = 16;  // of one plugin: it may know of many rooms, and the writer serves everybody

std::int32_t status_of_post(const Result<>& posted) {
    if (posted) return RIPOSTE_OK;
    switch (posted.error().code) {
        case ErrorCode::NotFound: return RIPOSTE_NOT_FOUND;
        case ErrorCode::NotAllowed:
        case ErrorCode::RoomClosed: return RIPOSTE_DENIED;
        case ErrorCode::Overloaded: return RIPOSTE_BUSY;
        default: return RIPOSTE_FAILED;
    }
}

/// The guest has said no to all of these itself, if it is honest.
std::int32_t status_before(const Generation& asker, const PostMessage& message) {
    if ((asker.build().description.permissions & RIPOSTE_PERMISSION_POST) == 0 || !asker.alive()) return RIPOSTE_DENIED;
    if (message.text.size() > RIPOSTE_MAX_REPLY) return RIPOSTE_TOO_LARGE;
    return is_message_text(message.text) ? RIPOSTE_OK : RIPOSTE_INVALID;
}

}  // namespace

Awaitable<> PluginQuestions::answer(Asker asker, PostMessage question, Asked,
                                    [[maybe_unused]] std::shared_ptr<PluginQuestions> self) {
    ValueAnswer answer;
    answer.request = question.request;
    answer.status = status_before(*asker, question);
    if (answer.status == RIPOSTE_OK && (posting_ >= most_posting || !posts_.take(question.room)))
        answer.status = RIPOSTE_BUSY;
    if (answer.status == RIPOSTE_OK) {
        ++posting_;
        auto posting = context_.services.post(plugin_, std::move(question.room), std::move(question.text));
        const auto posted = co_await std::move(posting);
        --posting_;
        answer.status = status_of_post(posted);
    }
    asker->send(answer);
}

}  // namespace riposte
