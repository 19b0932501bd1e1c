#pragma once

#include "loader/builds.hpp"
#include "loader/inbox.hpp"
#include "loader/plugin.hpp"
#include "loader/plugin_host.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace riposte {

/// The registry at work: every plugin, who owns which prefix, and what is tried when. [control]
struct PluginHost::State : std::enable_shared_from_this<PluginHost::State> {
    State(LoaderOptions options, HostServices& services, asio::any_io_executor control);

    Awaitable<> start();
    Awaitable<> stop(std::chrono::milliseconds deadline);
    void submit(CallRequest request);
    void cancel(InvocationId invocation);
    void hear(const std::string& plugin, std::shared_ptr<const Message> message);
    void suggest(SuggestQuestion question, Suggester::Done done);
    std::vector<PluginView> list() const;

    Awaitable<Result<ReloadReport>> reload(std::string id, std::string by, bool force);
    Awaitable<Result<PluginView>> enable(std::string id, std::string by);
    Awaitable<Result<PluginView>> disable(std::string id, std::string by);
    Awaitable<Result<PluginView>> grant(std::string id, std::string permission, bool given, std::string by);
    Awaitable<Result<PluginView>> set_presence(std::string id, PluginPresence presence, std::string by);
    Awaitable<Result<PluginView>> isolate(std::string id, Isolation isolation, std::string by);
    Awaitable<Result<PluginView>> alias(std::string id, std::string prefix, std::string alias, std::string by);
    Awaitable<Result<std::vector<SettingView>>> settings(std::string id);
    Awaitable<Result<ReloadReport>> configure(std::string id, SettingChanges changes, Reach reach, std::string by);
    Awaitable<Result<PluginView>> debug(std::string id, std::chrono::milliseconds time, std::string by);
    Awaitable<Result<ReloadReport>> rollback(std::string id, std::string by, DataChoice data);
    Awaitable<Result<>> receive(Uuid upload, std::string piece);
    void discard(Uuid upload);
    Awaitable<Result<StagedBuild>> stage(Uuid upload);
    Awaitable<Result<ReloadReport>> install(std::string hash, std::string by);
    Awaitable<Result<std::vector<PluginLogLine>>> log(std::string id, std::optional<std::int64_t> generation,
                                                      std::size_t limit);

private:
    /// A file that holds a build, checked.
    struct Candidate {
        Build build;
        std::filesystem::path source;
        std::string by;
    };
    enum class Force : std::uint8_t { No, Yes };

    std::shared_ptr<Plugin> find(const std::string& id) const;
    Plugin& make(PluginRecord record);
    /// Copies, hashes and describes a library; a child process loads it. PluginRefused with the step in `argument`.
    Awaitable<Result<Build>> examine(std::filesystem::path source);
    Awaitable<Result<Build>> describe(Build build);
    /// A build in the host's keeping, described.
    Awaitable<Result<Build>> kept(std::string hash);
    Awaitable<std::vector<Candidate>> scan(std::filesystem::path folder, std::string by);
    /// Those of one plugin, the newest file last: in the inbox, else among those that come with the host.
    Awaitable<std::vector<Candidate>> candidates(std::string id, std::string by);
    /// Whose settings an operator sees and changes: the build that waits for them, else the active one.
    Awaitable<Result<Build>> to_configure(std::shared_ptr<Plugin> plugin);
    /// A build that came by itself: at the start, or into the folder.
    Awaitable<> consider(Candidate candidate);
    Awaitable<> consider_all(std::vector<Candidate> candidates);
    Awaitable<> arrived(std::filesystem::path file);
    Awaitable<> bring_up(std::shared_ptr<Plugin> plugin);
    Awaitable<Result<ReloadReport>> again(std::shared_ptr<Plugin> plugin, std::string hash, std::string by,
                                          std::string verb);
    Awaitable<ReloadReport> report_refusal(std::shared_ptr<Plugin> plugin, Build build, std::string by,
                                           std::string verb, Problem problem);
    /// Whether a plugin's record names the build.
    bool in_use(const std::string& hash) const;
    StagedBuild staged_view(const Build& build) const;
    std::string conflict(const std::string& plugin, const std::vector<CommandSpecification>& commands) const;
    void rebuild_catalogue();
    Awaitable<> drop_old_builds();
    /// Tells plugins of deleted accounts, now and again.
    Awaitable<> have_forgotten();

    LoaderContext context_;
    Builds builds_;
    Timers timers_;
    PluginParts parts_;
    std::map<std::string, std::shared_ptr<Plugin>> plugins_;
    std::map<std::string, PluginDescription> described_;  // by hash
    std::set<std::string> bundled_;                       // hashes of the builds that come with the host
    std::vector<Build> staged_;                           // brought by hand, the newest last
    Inbox inbox_;
    Deadlines::Alarm forget_alarm_;
    std::uint64_t catalogue_version_ = 0;
    bool starting_ = false;
    bool stopping_ = false;
};

inline Problem unknown_plugin(const std::string& id) {
    return {.code = ErrorCode::NotFound, .detail = "no plugin \"" + id + "\""};
}

}  // namespace riposte
