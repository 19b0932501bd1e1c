#pragma once

#include "loader/deadlines.hpp"
#include "loader/loader_context.hpp"
#include "loader/worker_messages.hpp"

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <vector>

namespace riposte {

class Generation;

/// Asks one plugin for values while people type. Of one person it keeps the newest question, at the instance there is one
/// at a time, and each is answered within 300 ms, if only by nothing. It never asks while the instance has a call, so no
/// command waits for longer than one answer takes. [control]
class Suggester {
public:
    using Done = std::function<void(std::vector<SuggestedValue>)>;

    explicit Suggester(LoaderContext& context) : context_(context) {}

    /// `done` is called once, perhaps before this returns.
    void ask(const std::shared_ptr<Generation>& live, Suggest message, Done done);
    void answered(const std::shared_ptr<Generation>& live, Suggested answer);
    /// The instance is another one from now on.
    void reset();

private:
    using Clock = Deadlines::Clock;
    struct Question;

    void supersede(UserId user);
    void next(const std::shared_ptr<Generation>& live);
    void too_late(const std::shared_ptr<Question>& question);
    void give_up_waiting();

    LoaderContext& context_;
    std::list<std::shared_ptr<Question>> waiting_;
    std::shared_ptr<Question> asked_;  // at the instance
    std::weak_ptr<Generation> asked_of_;
    std::uint64_t last_number_ = 0;
    Clock::time_point not_before_{};  // after one that took too long
};

}  // namespace riposte
