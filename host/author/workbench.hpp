#pragma once

#include "author/desk.hpp"
#include "author/local_services.hpp"
#include "loader/plugin_host.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace riposte {

struct WorkbenchOptions {
    Isolation isolation = Isolation::Worker;
    PluginSettings settings;  // as `[plugins.<id>]` would have them
    std::string locale = "en";
    bool patient = false;  // no deadlines: somebody steps through it
};

/// A build that has been taken into service, or has not.
struct Taken {
    std::string id;
    std::string version;
    std::vector<std::string> commands;
    std::int64_t generation = 0;
    bool unchanged = false;
    bool hears = false;  // it asks for messages that are no commands
};

/// One plugin in the real loader and its real sandbox, and somebody who talks to it; no server, and nothing is kept.
/// Methods are called from one thread, which is not [control].
class Workbench {
public:
    /// Called on [control].
    struct Listener {
        std::function<void(const Utterance&)> heard;
        /// A call that nobody waits for, of a timer, has failed.
        std::function<void(const Problem&)> failed;
        /// What was just said is no command, and not what the plugin waits to hear; before the end of it.
        std::function<void()> not_heard = [] {};
    };

    /// Throws as Desk.
    Workbench(WorkbenchOptions options, Listener listener);
    ~Workbench();
    Workbench(const Workbench&) = delete;

    /// Takes a build into service in the place of the one before, as the server would. PluginRefused: the one before
    /// serves on; `argument` is the step at which it failed.
    Result<Taken> take(const std::filesystem::path& library);

    using Ended = std::function<void(std::optional<Problem>)>;
    /// A line of chat: a command, or a message to the room, which the plugin hears if it has asked for such ones. `ended` is
    /// called once, on [control], perhaps before this returns: with what is wrong with the line or went wrong in the call.
    void say(const std::string& line, Ended ended);
    /// The same; waits for the end.
    std::optional<Problem> say_and_wait(const std::string& line);
    /// Cancel is pressed for the call that say() has begun, if it is still open. Any thread.
    void cancel();

    /// Where the plugin crashed last, as its worker reported: "Weather::now, weather.cpp:18". "" if it is not known.
    std::string last_crash();

    asio::io_context& control() { return desk_.control(); }

private:
    void prepare(const PluginDescription& description);
    void submit(const std::string& line, Ended ended);
    CallRequest request_of(const std::string& plugin, const std::string& command, const std::string& line) const;
    void answer_help(const std::string& line, std::size_t begin, const Ended& ended);
    void offer(std::string text, Ended ended);
    void overheard(std::uint32_t hearing, const Message& message);
    void passed_by(MessageId message);
    void timer_due(const PluginTimer& timer, bool late);
    void call_ended(const Outcome& outcome);

    WorkbenchOptions options_;
    Listener listener_;
    // [control]
    LocalServices services_;
    std::map<InvocationId, Ended> open_;
    std::map<MessageId, Ended> offered_;  // messages of which the plugin has not said that it waits for them
    std::optional<InvocationId> last_;    // begun by say() and not ended
    // of the caller's thread
    std::string id_;  // "" before the first build; then constant
    std::filesystem::path library_;
    Desk desk_;
    std::unique_ptr<PluginHost> host_;
};

}  // namespace riposte
