#pragma once

#include "loader/breaker.hpp"
#include "loader/command_queue.hpp"
#include "loader/generation.hpp"
#include "loader/histogram.hpp"
#include "loader/listening.hpp"
#include "loader/mapped_copies.hpp"
#include "loader/plugin_questions.hpp"
#include "loader/probation.hpp"
#include "loader/suggester.hpp"
#include "loader/turns.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace riposte {

/// What all plugins share. [control]
struct PluginParts {
    LoaderContext& context;
    Builds& builds;
    Timers& timers;
    CatalogueSnapshot catalogue;  // replaced at every change
    /// Why a plugin may not have these commands; "" if it may.
    std::function<std::string(const std::string& plugin, const std::vector<CommandSpecification>& commands)> conflict;
    /// The commands that can be given have changed.
    std::function<void()> changed;
    /// A build in the host's keeping.
    std::function<Awaitable<Result<Build>>(std::string hash)> kept;
    /// Whether it comes with the host.
    std::function<bool(const std::string& hash)> bundled;
    /// One thread that may wait for programs which read debug information.
    std::shared_ptr<asio::thread_pool> symbols = std::make_shared<asio::thread_pool>(1);
};

/// How one build follows another: filled in as it goes.
struct Passage {
    bool back = false;                       // to a build that has proved good
    std::optional<SettingChoices> choices;   // instead of those of the registry, whose they become
    std::string why;                         // the reason to remember
    std::string sponsor;                     // in whose name it serves; "" = who asked for it
    bool ask_live = true;                    // for the state; else the snapshot's counts
    bool restore_values = false;             // the key-value store becomes what the snapshot has
    std::optional<PluginSnapshot> snapshot;  // of the build that comes
    bool leaves_good = false;                // what is left has proved good: its snapshot is taken
    bool values_at_risk = false;             // the snapshot's values are put back when the build is refused
    bool trial_values = false;               // or a copy that was made for this trial
    std::optional<PluginState> own_state;    // of the build that is left, in its own schema
    std::optional<PluginState> state;        // what the build that comes was given
    std::string lost;
};

/// One plugin of the registry: its queue of commands, its live generation, and what happens when that one dies or is
/// replaced. Ended by stop(). [control]
class Plugin : public Generation::Owner, public std::enable_shared_from_this<Plugin> {
public:
    Plugin(PluginParts& parts, PluginRecord record);

    void submit(std::shared_ptr<Call> call);
    /// False when there is no such call.
    bool cancel(InvocationId invocation);
    /// `done` is called once: with nothing where the plugin has nothing in time, or something better to do.
    void suggest(SuggestQuestion question, Suggester::Done done);
    /// A room that invited the plugin to listen has this new message of a person.
    void hear(std::shared_ptr<const Message> message);
    /// An account was deleted. Nothing happens now if the plugin does not serve; the host asks again.
    void forget(UserId user, std::string name);
    /// Whether a timer's call would be taken now.
    bool ready() const;

    /// Puts a build in the place of the live one if it proves good; else the live one serves on.
    Awaitable<ReloadReport> activate(Build build, std::string by, std::string verb);
    /// The commands are gone until activate(); waiting ones end.
    Awaitable<> disable(std::string by);
    /// Lets running calls end until then, saves the state, ends every instance.
    Awaitable<> stop(Deadlines::Clock::time_point until);
    /// PluginHost::alias(); holds its turn.
    Awaitable<Result<>> alias(std::string prefix, std::string alias, std::string by);
    /// The build to which rollback leads; "" when none is kept.
    std::string build_before() const;
    /// Puts an earlier build in the place of the live one, and its data with it; holds its turn.
    /// No choice: what the newer build did to the data is undone where a copy is kept.
    Awaitable<Result<ReloadReport>> go_back(Build build, std::string by, std::optional<DataChoice> data,
                                            std::string why);
    /// The generation is bad: back to the last good build, if this one is on probation still.
    Awaitable<> roll_back(std::int64_t generation, std::string why);
    /// A build was tried and is not good.
    Awaitable<> refuse(Build build, std::string by, std::string verb, Problem problem);

    PluginView view() const;
    const PluginRecord& record() const { return record_; }
    void configure(std::function<void(PluginRecord&)> change) { change(record_); }
    Isolation isolation() const;
    /// What can be given now; a plugin that is being restarted keeps its commands.
    std::vector<CommandSpecification> commands() const;
    Awaitable<> save();
    /// Gives or takes a permission; holds its turn. A build that serves by what is taken is disabled.
    Awaitable<> grant(std::string permission, bool given, std::string by);
    /// PluginHost::debug().
    Awaitable<Result<>> debug(std::chrono::milliseconds time, std::string by);
    /// In which rooms its commands can be given; holds its turn.
    Awaitable<> set_presence(PluginPresence presence, std::string by);
    /// A build waits for a permission.
    bool wants_grant() const;
    /// How the operator has set what this build declares.
    std::vector<SettingView> settings(const PluginDescription& description) const;
    /// PluginHost::configure(), for this build; holds its turn.
    Awaitable<Result<ReloadReport>> choose_settings(Build build, SettingChanges changes, std::string by);
    /// A build waits for settings.
    bool wants_settings() const;
    Turns& turns() { return turns_; }
    PluginLog& log() { return *log_; }

private:
    // Generation::Owner
    void ended(std::shared_ptr<Call> call, std::optional<ErrorCode> failure, std::string detail) override;
    void has_room(Generation& generation) override;
    void never_begun(std::vector<std::shared_ptr<Call>> calls) override;
    void died(Generation& generation, std::string how) override;
    void asked(Generation& generation, FromGuest question, std::shared_ptr<Call> call) override;
    void full(Generation& generation, std::string why) override;
    void suggested(Generation& generation, Suggested answer) override;
    void listened(Generation& generation, Listened answer) override;
    void forgot(Generation& generation, Forgot answer) override;
    Awaitable<> has_forgotten(UserId user);
    Awaitable<> overheard(std::uint32_t hearing, std::shared_ptr<const Message> message);

    void dispatch();
    void hand_over(std::shared_ptr<Call> call);
    void limit_waiting(const std::shared_ptr<Call>& call);
    void waited_too_long(std::shared_ptr<Call> call);
    void end_all_waiting(ErrorCode failure, const std::string& detail);
    Awaitable<> note(std::string verb, std::string by, Build build, std::string result);

    // plugin_life.cpp
    Awaitable<Result<std::shared_ptr<Generation>>> start(Build build, std::int64_t number, std::string by,
                                                         SettingChoices choices);
    Awaitable<Result<Surroundings>> surroundings(const PluginDescription& description, std::string by,
                                                 SettingChoices choices);
    Awaitable<Result<PluginSettings>> settings_in_force(const PluginDescription& description, SettingChoices choices);
    Awaitable<ReloadReport> put_live(Build build, std::string by, std::string verb, Passage passage);
    Awaitable<ReloadReport> give_up(std::shared_ptr<Generation> next, Build build, std::string by, std::string verb,
                                    Passage passage, Problem problem);
    void register_live(const Build& build, const std::string& by, std::int64_t number, const Passage& passage);
    Awaitable<Result<>> hand_state_to(std::shared_ptr<Generation> next, Passage& passage);
    Awaitable<> ask_for_state(std::shared_ptr<Generation> live, std::uint32_t schema, Passage& passage);
    Awaitable<std::optional<PluginState>> saved_state(std::shared_ptr<Generation> from, std::uint32_t schema);
    /// Stores the live generation's state, where it has any.
    Awaitable<> keep_state();
    Awaitable<> store_state(PluginState state);
    Awaitable<> drain(Deadlines::Clock::time_point until);
    Awaitable<> settle();

    // plugin_probation.cpp
    Awaitable<Result<>> prepare_values(Build build, Passage& passage);
    Awaitable<Result<bool>> copy_values(bool leaves_good);
    Awaitable<> put_values_back(bool back);
    Awaitable<> end_trial(TrialValues what);
    Awaitable<> keep_snapshot(Build left, const Passage& passage);
    void begin_probation(const std::string& left, const std::string& left_by, const Build& build, bool back, bool good);
    void judge(Probation::Verdict verdict);
    void look_again();
    Awaitable<> prove();
    void fall_back(std::string why);
    Awaitable<> restart();
    Awaitable<> renew(std::int64_t generation, std::string why);
    void schedule_restart(const std::string& how);
    void switch_to(std::shared_ptr<Generation> next);
    void retire(std::shared_ptr<Generation> old);
    void look_for(const Generation& ended);

    // plugin_crash.cpp
    void explain(const Generation& dead, const std::string& how);
    Awaitable<> explain_crash(std::int64_t generation, std::filesystem::path library);

    // plugin_debug.cpp
    void look_at_debugger();
    void end_debugging();
    Awaitable<> debugging_over();

    PluginParts& parts_;
    LoaderContext& context_;
    PluginRecord record_;
    CommandQueue queue_;
    std::shared_ptr<PluginLog> log_;
    std::shared_ptr<PluginQuestions> questions_;
    Suggester suggester_;
    Listening listening_;
    std::shared_ptr<Generation> live_;
    std::weak_ptr<Generation> starting_;
    std::vector<std::weak_ptr<Generation>> retired_;
    MappedCopies copies_;
    std::optional<Build> build_;                  // of the live generation, or of the one that died
    std::vector<CommandSpecification> commands_;  // of that build, as the operator names them
    std::string layers_;
    std::string state_ = "loading";
    std::string missing_;  // permissions that the newest build needs and has not
    std::string reason_;   // of the last death; of the newest build's refusal: record_.reason
    Breaker breaker_;
    Probation probation_;
    Deadlines::Alarm probation_look_;
    bool falling_back_ = false;
    std::optional<Deadlines::Clock::time_point> renewed_;
    Deadlines::Alarm restart_;
    std::optional<Deadlines::Clock::time_point> debugged_until_;
    Deadlines::Alarm debug_end_;
    Turns turns_;
    Histogram times_;
    std::int64_t failed_ = 0;
    int storing_ = 0;    // outcomes on their way
    bool held_ = false;  // commands only wait: state is being handed over
    bool stopping_ = false;
};

/// The commands under the names that the operator gives them, and, after the plugin's id, under their own.
std::vector<CommandSpecification> renamed(std::vector<CommandSpecification> commands,
                                          const std::map<std::string, std::string>& aliases);
/// Prefixes and aliases as they are compared.
std::vector<std::string> names_of(const std::vector<CommandSpecification>& commands);

}  // namespace riposte
