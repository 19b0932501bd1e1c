#pragma once

#include "author/desk.hpp"
#include "author/local_services.hpp"
#include "author/samples.hpp"
#include "loader/generation.hpp"
#include "loader/plugin_questions.hpp"
#include "loader/timers.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace riposte {

struct TrialOptions {
    std::filesystem::path library;
    PluginSettings settings;
    Isolation isolation = Isolation::Worker;
    bool patient = false;
    std::chrono::milliseconds longest_first_output = std::chrono::hours(24);  // lowers every deadline
};

/// What became of one call.
struct TrialCall {
    std::optional<ErrorCode> failure;
    std::string detail;
    std::vector<Utterance> heard;
    std::chrono::milliseconds time{};              // until on_command returned and the call was over
    std::optional<std::chrono::milliseconds> lag;  // of it, what came after Cancel was pressed
    bool killed = false;                           // the instance died, or had to be ended
};

/// One build, started and called under the loader's own hands, for a check that wants to see more than a user does.
/// Methods are called from one thread, one after another.
class Trial final : private Generation::Owner {
public:
    explicit Trial(TrialOptions options);
    ~Trial() override;

    /// Loads it in a sandboxed child. PluginRefused with the step in `argument`.
    Result<PluginDescription> examine();
    /// Examines it if need be, and starts an instance.
    Result<> start();
    /// Waits until it is over. Presses Cancel after that time if it is not.
    TrialCall call(const Sample& sample, std::optional<std::chrono::milliseconds> cancel_after = {});
    bool alive();
    /// How long stop() took; PluginRefused when the instance had to be ended.
    Result<std::chrono::milliseconds> stop();

    const PluginDescription& description() const { return build_->description; }

private:
    struct Going;

    void ended(std::shared_ptr<Call> call, std::optional<ErrorCode> failure, std::string detail) override;
    void has_room(Generation& generation) override;
    void never_begun(std::vector<std::shared_ptr<Call>>) override {}
    void died(Generation& generation, std::string how) override;
    void asked(Generation& generation, FromGuest question, std::shared_ptr<Call> call) override;

    Result<Surroundings> surroundings();
    void begin(const Sample& sample);
    void look();

    TrialOptions options_;
    // [control]
    std::shared_ptr<Going> going_;
    LocalServices services_;
    Desk desk_;
    std::unique_ptr<LoaderContext> context_;
    std::unique_ptr<Builds> builds_;
    std::unique_ptr<Timers> timers_;
    std::shared_ptr<PluginQuestions> questions_;
    std::shared_ptr<Generation> generation_;
    // of the caller's thread
    std::optional<Build> build_;
    std::int64_t number_ = 0;
};

}  // namespace riposte
