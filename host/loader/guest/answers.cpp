#include "loader/guest/guest.hpp"

#include "base/clock.hpp"

// What a plugin puts out in a call, and how the call ends.
namespace riposte::guest {

OpenCall* Guest::find(riposte_call call) {
    const auto found = calls_.find(number_of(call));
    return found == calls_.end() ? nullptr : &found->second;
}

riposte_status Guest::reply(riposte_call call, std::string_view text, riposte_reply* reply) {
    if (!is_call(call)) return RIPOSTE_INVALID;
    Lock lock(link_.mutex());
    auto* open = find(call);
    if (open == nullptr) return RIPOSTE_GONE;
    std::uint32_t index = 0;
    if (const auto status = open->add(OpenCall::Kind::Reply, text, index); status != RIPOSTE_OK) return status;
    lock.unlock();
    const auto number = number_of(call);
    if (reply != nullptr) *reply = reply_handle(number, index);
    SendReply message{number, index, CommandVisibility::Room, std::string(text)};
    return link_.send_soon(std::move(message)) ? RIPOSTE_OK : RIPOSTE_GONE;
}

riposte_status Guest::reply_ephemeral(riposte_call call, std::string_view text) {
    if (!is_call(call)) return RIPOSTE_INVALID;
    Lock lock(link_.mutex());
    auto* open = find(call);
    if (open == nullptr) return RIPOSTE_GONE;
    std::uint32_t index = 0;
    if (const auto status = open->add(OpenCall::Kind::Ephemeral, text, index); status != RIPOSTE_OK) return status;
    lock.unlock();
    SendReply message{number_of(call), index, CommandVisibility::Author, std::string(text)};
    return link_.send_soon(std::move(message)) ? RIPOSTE_OK : RIPOSTE_GONE;
}

riposte_status Guest::edit(riposte_reply reply, std::string_view text) {
    if (is_call(reply)) return RIPOSTE_INVALID;
    Lock lock(link_.mutex());
    auto* open = find(reply);
    if (open == nullptr) return RIPOSTE_GONE;
    if (const auto status = open->edit(index_of(reply), text); status != RIPOSTE_OK) return status;
    lock.unlock();
    return link_.send(EditReply{number_of(reply), index_of(reply), std::string(text)}) ? RIPOSTE_OK : RIPOSTE_GONE;
}

riposte_status Guest::stream_begin(riposte_call call, riposte_reply* stream) {
    if (!is_call(call) || stream == nullptr) return RIPOSTE_INVALID;
    const Lock lock(link_.mutex());
    auto* open = find(call);
    if (open == nullptr) return RIPOSTE_GONE;
    std::uint32_t index = 0;
    const auto status = open->add(OpenCall::Kind::Stream, {}, index);
    if (status == RIPOSTE_OK) *stream = reply_handle(number_of(call), index);
    return status;
}

riposte_status Guest::stream_append(riposte_reply stream, std::string_view text) {
    if (is_call(stream)) return RIPOSTE_INVALID;
    Lock lock(link_.mutex());
    auto* open = find(stream);
    if (open == nullptr) return RIPOSTE_GONE;
    if (const auto status = open->append(index_of(stream), text); status != RIPOSTE_OK) return status;
    lock.unlock();
    AppendStream message{number_of(stream), index_of(stream), std::string(text)};
    return link_.send(std::move(message)) ? RIPOSTE_OK : RIPOSTE_GONE;
}

riposte_status Guest::stream_end(riposte_reply stream) {
    if (is_call(stream)) return RIPOSTE_INVALID;
    Lock lock(link_.mutex());
    auto* open = find(stream);
    if (open == nullptr) return RIPOSTE_GONE;
    if (const auto status = open->end_stream(index_of(stream)); status != RIPOSTE_OK) return status;
    lock.unlock();
    return link_.send(EndStream{number_of(stream), index_of(stream)}) ? RIPOSTE_OK : RIPOSTE_GONE;
}

riposte_status Guest::end(riposte_call call, bool failed, std::string_view text) {
    if (!is_call(call)) return RIPOSTE_INVALID;
    if (text.size() > RIPOSTE_MAX_FAILURE) return RIPOSTE_TOO_LARGE;
    if (!text.empty() && piece_status(text) != RIPOSTE_OK) return RIPOSTE_INVALID;
    Lock lock(link_.mutex());
    if (calls_.erase(number_of(call)) == 0) return RIPOSTE_GONE;
    link_.wake();
    lock.unlock();
    link_.send(EndCall{number_of(call), failed, false, std::string(text)});
    return RIPOSTE_OK;
}

/// With the mutex held.
riposte_status Guest::status_of(riposte_call call) {
    if (call != RIPOSTE_NONE && find(call) == nullptr) return RIPOSTE_GONE;
    return winding_down_ ? RIPOSTE_CANCELLED : RIPOSTE_OK;
}

riposte_status Guest::cancelled(riposte_call call) {
    if (call != RIPOSTE_NONE && !is_call(call)) return RIPOSTE_INVALID;
    Lock lock(link_.mutex());
    link_.poll(lock);
    return status_of(call);
}

riposte_status Guest::wait(riposte_call call, std::uint32_t milliseconds) {
    if (call != RIPOSTE_NONE && !is_call(call)) return RIPOSTE_INVALID;
    const auto until = Link::Clock::now() + std::chrono::milliseconds(milliseconds);
    Lock lock(link_.mutex());
    const auto waited = link_.wait(lock, until, [&] { return status_of(call) != RIPOSTE_OK; });
    if (waited == Link::Waited::Closed) return call == RIPOSTE_NONE ? RIPOSTE_CANCELLED : RIPOSTE_GONE;
    return status_of(call);
}

}  // namespace riposte::guest
