#include "loader/call_output.hpp"

#include "base/log.hpp"
#include "loader/message_text.hpp"
#include "protocol/unicode.hpp"

#include <riposte/plugin.h>

#include <algorithm>

namespace riposte {
namespace {

using namespace std::chrono_literals;
using Clock = Deadlines::Clock;

/// A plugin that replies and returns needs some microseconds for it; one that goes on to work keeps its reader waiting
/// this long, unnoticed.
constexpr auto hold_for_outcome = 1ms;
constexpr auto between_chunks = 30ms;
constexpr std::size_t least_output = 64;  // small outputs count as this much; as in guest/open_call.hpp
constexpr std::chrono::milliseconds first_retry = 50ms;
constexpr std::chrono::milliseconds longest_retry = 1000ms;

bool is_piece(std::string_view text) { return text.size() <= RIPOSTE_MAX_REPLY && valid_utf8(text); }

bool worth_a_retry(ErrorCode code) {
    return code == ErrorCode::Overloaded || code == ErrorCode::Timeout || code == ErrorCode::RateLimited;
}

}  // namespace

CallOutput::CallOutput(LoaderContext& context, const Invocation& invocation)
    : context_(context),
      plugin_(invocation.plugin),
      invocation_(invocation.id),
      room_(invocation.room_id),
      visibility_(invocation.visibility),
      alarm_(context.deadlines) {}

bool CallOutput::charge(std::size_t bytes) {
    bytes_ += std::max(bytes, least_output);
    return bytes_ <= RIPOSTE_MAX_OUTPUT;
}

CallOutput::Message* CallOutput::find(std::uint32_t reply) {
    const auto found = messages_.find(reply);
    return found == messages_.end() ? nullptr : &found->second;
}

bool CallOutput::reply(std::uint32_t reply, CommandVisibility visibility, std::string text) {
    if (reply >= RIPOSTE_MAX_REPLIES || find(reply) != nullptr || !is_message_text(text) || !charge(text.size()))
        return false;
    auto& message = messages_[reply];
    message.visibility = visibility_ == CommandVisibility::Author ? visibility_ : visibility;
    message.text = std::move(text);
    push(Kind::Post, reply, hold_for_outcome);
    return true;
}

bool CallOutput::edit(std::uint32_t reply, std::string text) {
    auto* message = find(reply);
    if (message == nullptr || message->visibility == CommandVisibility::Author || (message->stream && !message->closed))
        return false;
    if (!is_message_text(text) || !charge(text.size())) return false;
    message->text = std::move(text);
    const bool waits = !steps_.empty() && steps_.back().reply == reply && steps_.back().kind != Kind::Close;
    if (!waits) push(Kind::Edit, reply, 0ms);
    return true;
}

bool CallOutput::append(std::uint32_t reply, std::string_view text) {
    if (reply >= RIPOSTE_MAX_REPLIES || !is_piece(text) || !charge(text.size())) return false;
    const bool first = find(reply) == nullptr;
    auto& message = messages_[reply];
    if (first) {
        message.stream = true;
        message.visibility = visibility_;
    }
    if (!message.stream || message.closed || message.text.size() + text.size() > RIPOSTE_MAX_REPLY) return false;
    message.text += text;
    if (message.visibility == CommandVisibility::Author) return true;  // nobody can watch: it comes whole, at its end
    if (first) push(Kind::Post, reply, hold_for_outcome);
    else if (steps_.empty() || steps_.back().reply != reply) push(Kind::Chunk, reply, between_chunks);
    return true;
}

bool CallOutput::end_stream(std::uint32_t reply) {
    auto* message = find(reply);
    if (message == nullptr) return reply < RIPOSTE_MAX_REPLIES;  // nothing was appended
    if (!message->stream || message->closed) return false;
    message->closed = true;
    push(Kind::Close, reply, 0ms);
    return true;
}

void CallOutput::finish(Outcome outcome, std::function<void(bool)> stored) {
    for (auto& [reply, message] : messages_)
        if (message.stream && !message.closed) end_stream(reply);
    outcome_ = std::move(outcome);
    stored_ = std::move(stored);
    if (working_) return;
    // The usual call needs no coroutine: it replied and returned, or did nothing but end.
    if (steps_.empty() || last_reply_waits()) conclude();
    else run();
}

void CallOutput::conclude() {
    working_ = true;
    alarm_.clear();
    if (!steps_.empty()) {
        outcome_->last_reply = bot_reply(messages_[steps_.front().reply]);
        outcome_->last_reply->state = MessageState::Posted;
        steps_.clear();
    }
    store_outcome(first_retry);
}

void CallOutput::push(Kind kind, std::uint32_t reply, Clock::duration wait) {
    steps_.push_back({kind, reply, Clock::now() + wait});
}

void CallOutput::batch_ended() {
    if (working_ || steps_.empty()) return;
    if (steps_.size() == 1 && steps_.front().ready > Clock::now()) alarm_.set(steps_.front().ready, [this] { run(); });
    else run();
}

void CallOutput::run() {
    if (working_) return;
    working_ = true;
    alarm_.clear();
    spawn(context_.control, "call output", work(shared_from_this()));
}

/// A reply which is all that is left before the outcome.
bool CallOutput::last_reply_waits() const {
    if (!outcome_ || steps_.empty() || messages_.at(steps_.front().reply).posted) return false;
    return std::ranges::all_of(steps_, [&](const Step& step) { return step.reply == steps_.front().reply; });
}

Awaitable<> CallOutput::work([[maybe_unused]] std::shared_ptr<CallOutput> self) {
    while (!steps_.empty() || outcome_) {
        if (outcome_ && (steps_.empty() || last_reply_waits())) {
            conclude();
            co_return;
        }
        const auto step = steps_.front();
        if (steps_.size() == 1 && !outcome_ && step.ready > Clock::now()) {
            alarm_.set(step.ready, [this] { run(); });
            break;
        }
        steps_.erase(steps_.begin());
        co_await perform(step);
    }
    working_ = false;
}

Awaitable<> CallOutput::perform(Step step) {
    auto& message = messages_[step.reply];  // none is ever erased
    if (!message.posted) {
        co_await post(message);
        co_return;
    }
    if (!message.id || (step.kind == Kind::Close && message.whole)) co_return;
    if (step.kind == Kind::Chunk) {
        auto chunk = message.text.substr(message.streamed);
        const auto offset = std::exchange(message.streamed, message.text.size());
        if (!chunk.empty()) context_.services.stream_chunk(*message.id, room_, offset, std::move(chunk));
        co_return;
    }
    const auto attempt = [&] { return context_.services.edit(plugin_, *message.id, message.text); };
    auto editing = patiently<Result<>>(attempt);
    const auto edited = co_await std::move(editing);
    if (!edited) log::warning("an edit was not stored", {{"plugin", plugin_}, {"reason", edited.error().detail}});
}

BotReply CallOutput::bot_reply(Message& message) {
    message.posted = true;
    message.part = parts_++;
    message.streamed = message.text.size();
    message.whole = !message.stream || message.closed;
    return {.plugin = plugin_,
            .room = room_,
            .invocation = invocation_,
            .part = message.part,
            .text = message.text,
            .visibility = message.visibility,
            .state = message.whole ? MessageState::Posted : MessageState::Streaming};
}

Awaitable<> CallOutput::post(Message& message) {
    const auto reply = bot_reply(message);
    const auto attempt = [&] { return context_.services.reply(reply); };
    auto posting = patiently<Result<std::optional<MessageId>>>(attempt);
    const auto posted = co_await std::move(posting);
    if (posted) message.id = *posted;
    else log::warning("a reply was not stored", {{"plugin", plugin_}, {"reason", posted.error().detail}});
}

/// Again and again while the store is overloaded: what a plugin has put out is not lost, it is late.
template <class Outcome, class Attempt>
Awaitable<Outcome> CallOutput::patiently(Attempt attempt) {
    for (auto wait = first_retry;; wait = std::min(wait * 2, longest_retry)) {
        auto trying = attempt();
        auto outcome = co_await std::move(trying);
        if (outcome || !worth_a_retry(outcome.error().code)) co_return outcome;
        auto waiting = pause(context_.control, wait);
        co_await std::move(waiting);
    }
}

void CallOutput::store_outcome(std::chrono::milliseconds retry) {
    context_.services.finish(
        *outcome_, [self = shared_from_this(), retry](const Result<>& stored) { self->outcome_stored(stored, retry); });
}

void CallOutput::outcome_stored(const Result<>& stored, std::chrono::milliseconds retry) {
    if (!stored && worth_a_retry(stored.error().code))
        return alarm_.set(Clock::now() + retry, [self = shared_from_this(), next = std::min(retry * 2, longest_retry)] {
            self->store_outcome(next);
        });
    if (!stored && stored.error().code != ErrorCode::NotFound) {
        log::error("the end of a call was not stored",
                   {{"plugin", plugin_}, {"invocation", invocation_.to_string()}, {"reason", stored.error().detail}});
        // Something in it cannot be stored: its author still learns that it has ended.
        const bool last_try = outcome_->failure == ErrorCode::Internal;
        outcome_ = {.invocation = invocation_, .failure = ErrorCode::Internal};
        if (!last_try) return store_outcome(retry);
    }
    if (stored_) std::exchange(stored_, {})(stored.has_value());
}

}  // namespace riposte
