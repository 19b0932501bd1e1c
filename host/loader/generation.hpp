#pragma once

#include "loader/call_output.hpp"
#include "loader/builds.hpp"
#include "loader/instance.hpp"
#include "loader/loader_context.hpp"
#include "loader/plugin_log.hpp"
#include "loader/worker_watch.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace riposte {

class Generation;

/// One call in the host's hands, from submit() to its outcome.
struct Call {
    Call(LoaderContext& context, CallRequest request);

    CallRequest request;
    CallNumber number = 0;                 // 0 while no generation has it
    std::weak_ptr<Generation> generation;  // which has it
    std::shared_ptr<CallOutput> output;
    std::vector<KeyValueWrite> writes;
    std::size_t written_bytes = 0;
    bool has_output = false;
    bool begun = false;  // as far as is known; before, it waits in the queue or at its generation
    bool ended = false;
    bool returned = false;                     // on_command has returned: it no longer occupies the instance
    Deadlines::Clock::time_point waits_until;  // for its turn
    Deadlines::Clock::time_point began;
    Deadlines::Clock::time_point last_output;
    std::chrono::milliseconds first_output{};
    Deadlines::Alarm running;
    Deadlines::Alarm deadline;
};

/// What an instance finds around it.
struct Surroundings {
    std::string data_directory;
    std::vector<std::string> readable;
    std::uint32_t user = 0;  // uid of its worker where the host is root; 0 = the host's own
    bool network = false;
    std::vector<Setting> settings;
};

/// One build of a plugin, running. Hands it calls, holds them to their deadlines, and tells its plugin what became of
/// them. [control]
class Generation : public std::enable_shared_from_this<Generation> {
public:
    /// What a generation tells the plugin that it belongs to.
    class Owner {
    public:
        virtual ~Owner() = default;
        /// The call is over, once; nothing of it comes any more.
        virtual void ended(std::shared_ptr<Call> call, std::optional<ErrorCode> failure, std::string detail) = 0;
        /// It may take another call.
        virtual void has_room(Generation& generation) = 0;
        /// These were handed over, but have never begun: another generation may have them.
        virtual void never_begun(std::vector<std::shared_ptr<Call>> calls) = 0;
        /// The instance is gone, unasked. Its calls have ended.
        virtual void died(Generation& generation, std::string how) = 0;
        /// A question of the plugin (key-value store, timers, log); `call` is null outside of one.
        virtual void asked(Generation& generation, FromGuest question, std::shared_ptr<Call> call) = 0;
        /// It nears its memory ceiling, between calls: another should take its place.
        virtual void full(Generation&, std::string why) { static_cast<void>(why); }
        /// It answers a Suggest; only who sends one need listen.
        virtual void suggested(Generation&, Suggested) {}
        /// It answers an Overhear.
        virtual void listened(Generation&, Listened) {}
        /// It answers a ForgetUser.
        virtual void forgot(Generation&, Forgot) {}
    };

    /// `log` is null where nobody will read it.
    Generation(LoaderContext& context, Owner& owner, std::int64_t number, Build build, Isolation isolation,
               std::shared_ptr<PluginLog> log = nullptr);
    ~Generation();

    /// Only loads the library, under the same sandbox, and says what it declares.
    Awaitable<Result<PluginDescription>> check();
    /// Starts the instance under its sandbox and the plugin in it. PluginRefused with `argument` naming the step.
    Awaitable<Result<>> start(Surroundings surroundings);
    /// State for a successor; none if it has none of that schema.
    Awaitable<std::optional<SavedState>> save_state(std::uint32_t schema);
    Awaitable<Result<>> restore_state(PluginState state);

    /// Takes some calls ahead of their turn, of different people, so that the plugin need not wait for the host between
    /// two of them.
    bool can_take(const Call& call) const;
    /// It serves and has no call.
    bool is_free() const { return alive_ && !retiring_ && calls_.empty(); }
    /// How many wait here for their turn.
    std::size_t ahead() const { return calls_.size() - begun_; }
    /// The calls that have not begun, in their order; the plugin will never see them.
    std::vector<std::shared_ptr<Call>> take_back();
    /// `command` is the index in the description, none for a timer whose command is gone.
    void take(std::shared_ptr<Call> call, std::optional<std::size_t> command, std::size_t arguments_begin,
              std::vector<Argument> arguments);
    void end_call(std::shared_ptr<Call> call, ErrorCode failure, std::string detail);
    void end_all(ErrorCode failure);
    /// Tells the plugin to come to an end; nothing is ended yet.
    void wind_down();
    /// Returns when no call is left in it, or at that time.
    Awaitable<> until_idle(Deadlines::Clock::time_point until);
    /// Returns when the instance has ended.
    Awaitable<> until_gone();
    /// Stops the instance when its last call has ended: stop() has 2 s, then it is killed.
    void retire();
    void kill(const std::string& reason);
    /// Somebody looks at the instance with a debugger: no deadline and no heart-beat ends it.
    void suspend_limits();
    /// From now on they hold again, as if every call had begun now.
    void resume_limits();
    void send(const ToGuest& message);

    std::int64_t number() const { return number_; }
    const Build& build() const { return build_; }
    Isolation isolation() const { return isolation_; }
    const std::string& layers() const { return layers_; }
    bool alive() const { return alive_; }
    /// Its instance has not ended.
    bool runs() const { return instance_ != nullptr; }
    std::int64_t memory_bytes() const { return instance_ ? instance_->memory_bytes() : 0; }
    pid_t pid() const { return instance_ ? instance_->pid() : 0; }

private:
    using Clock = Deadlines::Clock;
    struct Receiver;
    /// What a step of starting waits for.
    struct StepResult {
        std::optional<FromGuest> message;  // none: the instance ended
        std::string how;
    };

    Awaitable<Result<Loaded>> load(Setup setup);
    Awaitable<StepResult> next_message(std::chrono::milliseconds limit);
    void received(FromGuest&& message);
    void batch_ended();
    void ended(std::string how);
    void look();
    void look_later();
    void check_deadline(std::shared_ptr<Call> call);
    void kill_if_blocked(std::shared_ptr<Call> call);
    void release(const std::shared_ptr<Call>& call);
    void advance();
    void begin(const std::shared_ptr<Call>& call);
    void stop_if_idle();
    void tell(std::vector<std::function<void(bool)>>& listeners);
    std::shared_ptr<Call> find(CallNumber number) const;

    LoaderContext& context_;
    Owner& owner_;
    std::int64_t number_;
    Build build_;
    Isolation isolation_;
    std::shared_ptr<PluginLog> log_;
    std::string layers_;
    std::shared_ptr<Instance> instance_;
    std::map<CallNumber, std::shared_ptr<Call>> calls_;  // open, or still in on_command, or waiting for their turn
    std::size_t begun_ = 0;                              // of calls_
    std::shared_ptr<Call> inside_;                       // in on_command
    std::vector<std::shared_ptr<CallOutput>> put_out_;   // touched by this batch of messages
    CallNumber last_call_ = 0;
    bool has_room_ = false;  // since this batch of messages
    std::function<void(StepResult)> waiting_;
    std::string how_ended_;
    std::vector<std::function<void(bool)>> idle_listeners_;
    std::vector<std::function<void(bool)>> end_listeners_;
    bool alive_ = false;      // started and not ended
    bool retiring_ = false;   // takes no more calls
    bool stopping_ = false;   // has been told to stop
    bool suspended_ = false;  // its limits are
    WorkerWatch watch_;
    Deadlines::Alarm watch_alarm_;
    Deadlines::Alarm step_limit_;
    Deadlines::Alarm stop_limit_;
    Deadlines::Alarm idle_limit_;
};

}  // namespace riposte
