#include "loader/suggester.hpp"

#include "base/log.hpp"
#include "loader/generation.hpp"

#include <chrono>
#include <utility>

namespace riposte {
namespace {

using namespace std::chrono_literals;

// plugin.h promises these to the plugin.
constexpr auto time_to_suggest = 300ms;
constexpr auto blocked_after = 1s;
constexpr auto rest_after_slow = 10s;
/// People who type at one plugin at once; a question takes the instance about a millisecond.
constexpr std::size_t most_questions_waiting = 64;

}  // namespace

struct Suggester::Question {
    Question(Deadlines& deadlines, Suggest message, Done done)
        : message(std::move(message)), done(std::move(done)), limit(deadlines) {}

    void answer(std::vector<SuggestedValue> values) {
        if (done) std::exchange(done, {})(std::move(values));
    }

    Suggest message;
    Done done;
    Deadlines::Alarm limit;
};

void Suggester::ask(const std::shared_ptr<Generation>& live, Suggest message, Done done) {
    supersede(message.user);
    const auto now = Clock::now();
    if (!live || !live->is_free() || now < not_before_ || waiting_.size() >= most_questions_waiting) return done({});
    message.question = ++last_number_;
    auto question = std::make_shared<Question>(context_.deadlines, std::move(message), std::move(done));
    question->limit.set(now + time_to_suggest, [this, weak = std::weak_ptr(question)] {
        if (const auto late = weak.lock()) too_late(late);
    });
    waiting_.push_back(std::move(question));
    next(live);
}

/// Nobody reads what was typed before.
void Suggester::supersede(UserId user) {
    if (asked_ && asked_->message.user == user) asked_->answer({});
    const auto old = [&](const auto& question) { return question->message.user == user; };
    for (const auto& question : waiting_)
        if (old(question)) question->answer({});
    waiting_.remove_if(old);
}

void Suggester::next(const std::shared_ptr<Generation>& live) {
    if (asked_ || waiting_.empty()) return;
    if (!live || !live->is_free()) return give_up_waiting();
    asked_ = std::move(waiting_.front());
    waiting_.pop_front();
    asked_of_ = live;
    live->send(asked_->message);
}

void Suggester::answered(const std::shared_ptr<Generation>& live, Suggested answer) {
    if (!asked_ || asked_->message.question != answer.question) return;
    const auto question = std::exchange(asked_, nullptr);
    question->limit.clear();
    question->answer(std::move(answer.values));
    next(live);
}

void Suggester::too_late(const std::shared_ptr<Question>& question) {
    question->answer({});
    if (question != asked_) {
        waiting_.remove(question);
        return;
    }
    const auto generation = asked_of_.lock();
    if (!generation) return;
    log::warning("a plugin is slow to suggest", {{"generation", generation->number()}});
    not_before_ = Clock::now() + rest_after_slow;
    question->limit.set(Clock::now() + (blocked_after - time_to_suggest), [this, weak = std::weak_ptr(question)] {
        const auto blocked = weak.lock();
        const auto generation = asked_of_.lock();
        if (blocked && blocked == asked_ && generation) generation->kill("did not return from suggest() in time");
    });
}

void Suggester::give_up_waiting() {
    for (const auto& question : std::exchange(waiting_, {})) question->answer({});
}

void Suggester::reset() {
    if (const auto question = std::exchange(asked_, nullptr)) question->answer({});
    give_up_waiting();
    not_before_ = {};
}

}  // namespace riposte
