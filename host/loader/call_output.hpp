#pragma once

#include "loader/loader_context.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace riposte {

/// Everything one call puts out, brought to the host in the order in which it was put out, one at a time, its outcome
/// last. What waits is merged: edits of one message, chunks of one stream, and the last reply with the outcome, which
/// then are one transaction. [control]
class CallOutput : public std::enable_shared_from_this<CallOutput> {
public:
    CallOutput(LoaderContext& context, const Invocation& invocation);

    // `reply` is the guest's number. False: a limit is passed, or the number names nothing; the guest is not honest.
    bool reply(std::uint32_t reply, CommandVisibility visibility, std::string text);
    bool edit(std::uint32_t reply, std::string text);
    bool append(std::uint32_t reply, std::string_view text);
    bool end_stream(std::uint32_t reply);

    /// Nothing more is there just now: what has been put out goes on its way.
    void batch_ended();
    /// The last; closes open streams. `stored` is called once, with false when the invocation was over already or could
    /// not be stored.
    void finish(Outcome outcome, std::function<void(bool)> stored);

private:
    struct Message {
        std::uint32_t part = 0;
        CommandVisibility visibility = CommandVisibility::Room;
        bool stream = false;
        bool closed = false;
        bool posted = false;
        bool whole = false;        // nothing was missing when it was posted
        std::string text;          // of a stream: all of it so far
        std::size_t streamed = 0;  // of it, what has gone out
        std::optional<MessageId> id;
    };
    enum class Kind : std::uint8_t { Post, Edit, Chunk, Close };
    struct Step {
        Kind kind;
        std::uint32_t reply;
        Deadlines::Clock::time_point ready;  // what follows before this time may be merged with it
    };

    bool charge(std::size_t bytes);
    Message* find(std::uint32_t reply);
    void push(Kind kind, std::uint32_t reply, Deadlines::Clock::duration wait);
    void conclude();
    void run();
    Awaitable<> work(std::shared_ptr<CallOutput> self);
    Awaitable<> perform(Step step);
    Awaitable<> post(Message& message);
    template <class Outcome, class Attempt>
    Awaitable<Outcome> patiently(Attempt attempt);
    void store_outcome(std::chrono::milliseconds retry);
    void outcome_stored(const Result<>& stored, std::chrono::milliseconds retry);
    BotReply bot_reply(Message& message);
    bool last_reply_waits() const;

    LoaderContext& context_;
    std::string plugin_;
    InvocationId invocation_;
    RoomId room_;
    CommandVisibility visibility_;
    std::map<std::uint32_t, Message> messages_;
    std::vector<Step> steps_;  // a handful
    std::uint32_t parts_ = 0;
    std::size_t bytes_ = 0;
    std::optional<Outcome> outcome_;
    std::function<void(bool)> stored_;
    bool working_ = false;
    Deadlines::Alarm alarm_;
};

}  // namespace riposte
