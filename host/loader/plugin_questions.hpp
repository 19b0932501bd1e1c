#pragma once

#include "base/rate_limit.hpp"
#include "loader/generation.hpp"
#include "loader/key_values.hpp"
#include "loader/timers.hpp"

#include <memory>
#include <string>

namespace riposte {

/// Answers what a plugin asks of its host: key-value store, timers, unasked posts, log. [control]
class PluginQuestions : public std::enable_shared_from_this<PluginQuestions> {
public:
    PluginQuestions(LoaderContext& context, Timers& timers, std::string plugin,
                    std::shared_ptr<PluginLog> log = nullptr);

    /// `call` is null when the question was asked outside of one, or in one that has ended.
    void ask(std::shared_ptr<Generation> asker, FromGuest question, std::shared_ptr<Call> call);
    KeyValues& key_values() { return key_values_; }

private:
    using Asker = std::shared_ptr<Generation>;
    using Asked = std::shared_ptr<Call>;

    void collect(Generation& asker, Call& call, KeyValueWrite write);
    void log(std::int64_t generation, const LogLine& line, const Asked& call) const;
    Awaitable<> answer(Asker asker, ReadValue question, Asked call, std::shared_ptr<PluginQuestions> self);
    Awaitable<> answer(Asker asker, PostMessage question, Asked call, std::shared_ptr<PluginQuestions> self);
    Awaitable<> answer(Asker asker, ReadKeys question, Asked call, std::shared_ptr<PluginQuestions> self);
    Awaitable<> answer(Asker asker, WriteValue question, Asked call, std::shared_ptr<PluginQuestions> self);
    Awaitable<> answer(Asker asker, SetTimer question, Asked call, std::shared_ptr<PluginQuestions> self);
    Awaitable<> answer(Asker asker, RemoveTimer question, Asked call, std::shared_ptr<PluginQuestions> self);
    Awaitable<> answer(Asker asker, ListTimers question, Asked call, std::shared_ptr<PluginQuestions> self);

    LoaderContext& context_;
    Timers& timers_;
    std::string plugin_;
    std::shared_ptr<PluginLog> log_;
    KeyValues key_values_;
    RateLimit posts_{{.burst = 1, .period = std::chrono::seconds(1), .keys = 1000}};  // by room
    int posting_ = 0;                                                                 // on their way to the store
};

}  // namespace riposte
