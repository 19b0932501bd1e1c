#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "loader/plugin_host.hpp"
#include "operator/status.hpp"
#include "store/oversight.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace riposte {

class Accounts;
class Store;

/// One key of the configuration as it is in force.
struct SettingInForce {
    std::string name;
    std::string value;   // as in TOML; "(hidden)" for a secret
    std::string source;  // "default", "riposte.toml:3", "environment RIPOSTE_HTTP__PORT", "flag --http.port"
};

struct OperatorOptions {
    std::string public_url;  // begins every link that is handed out
    std::vector<SettingInForce> settings;
};

/// What an operator may do: one implementation for REST, command line and web pages. `by` names the operator in logs,
/// history and audit ("alice, web", "uid 1000, cli"). [net]
class Operator {
public:
    Operator(Store& store, Accounts& accounts, PluginHost& plugins, OperatorOptions options);

    Awaitable<std::vector<PluginView>> plugins();
    Awaitable<Result<PluginView>> plugin(std::string id);
    /// A refused build is not an error here: the report says so.
    Awaitable<Result<ReloadReport>> reload(std::string id, std::string by, bool force);
    Awaitable<Result<ReloadReport>> rollback(std::string id, std::string by, DataChoice data);
    /// What can be set of it, and how it is set. NotFound.
    Awaitable<Result<std::vector<SettingView>>> plugin_settings(std::string id);
    /// PluginHost::configure(). The audit has the keys, not their values.
    Awaitable<Result<ReloadReport>> configure(std::string id, SettingChanges changes, Reach reach, std::string by);
    Awaitable<Result<PluginView>> debug(std::string id, std::chrono::milliseconds time, std::string by);
    Awaitable<Result<PluginView>> enable(std::string id, std::string by);
    Awaitable<Result<PluginView>> disable(std::string id, std::string by);
    Awaitable<Result<PluginView>> isolate(std::string id, Isolation isolation, std::string by);
    Awaitable<Result<PluginView>> grant(std::string id, std::string permission, bool given, std::string by);
    Awaitable<Result<PluginView>> set_presence(std::string id, PluginPresence presence, std::string by);
    /// `alias` is "" for the plugin's own name again. NotFound, InvalidValue.
    Awaitable<Result<PluginView>> alias(std::string id, std::string prefix, std::string alias, std::string by);
    /// A build that arrives piece by piece, then is looked at, then taken live (PluginHost::receive, stage, install).
    Awaitable<Result<>> receive_build(Uuid upload, std::string piece);
    void discard_build(Uuid upload);
    Awaitable<Result<StagedBuild>> stage_build(Uuid upload, std::string by);
    Awaitable<Result<ReloadReport>> install_build(std::string hash, std::string by);
    Awaitable<Result<std::vector<PluginHistoryEntry>>> history(std::string id, int limit);
    /// The last `limit` lines, oldest first, of one generation or of all. NotFound.
    Awaitable<Result<std::vector<PluginLogLine>>> log(std::string id, std::optional<std::int64_t> generation,
                                                      std::size_t limit);

    /// A link of one use, good for 24 h, under which the user chooses a new password. NotFound.
    Awaitable<Result<std::string>> reset_link(std::string user, std::string by);
    /// A link of one use, good for 24 h, that makes the account which signs up under it an administrator.
    Awaitable<Result<std::string>> admin_link(std::string by);
    /// Bytes written; the copy has passed an integrity check.
    Awaitable<Result<std::int64_t>> backup(std::filesystem::path file, std::string by);

    Awaitable<Result<UserSummary>> set_account(ActingOperator by, std::string user, AccountState state);
    Awaitable<Result<>> remove_account(ActingOperator by, std::string user);
    Awaitable<Result<RoomSummary>> set_room(ActingOperator by, std::string uri, RoomState state);
    Awaitable<Result<>> settle_report(ActingOperator by, std::int64_t id);
    Awaitable<Result<>> remove_reported(ActingOperator by, std::int64_t id);

    /// Anybody's token for scripts; its sockets end.
    Awaitable<Result<>> revoke_token(ActingOperator by, std::int64_t id);

    /// `connections`: sockets, which only [net] knows.
    Awaitable<Result<Status>> status(std::int64_t connections);
    const std::vector<SettingInForce>& settings() const { return options_.settings; }
    /// Users, rooms, reports and audit are read as the store has them.
    OversightStore& oversight();

private:
    Awaitable<> note(AuditEntry entry);
    Awaitable<Result<ReloadReport>> noted(Awaitable<Result<ReloadReport>> swap, AuditEntry entry);
    Awaitable<Result<PluginView>> noted(Awaitable<Result<PluginView>> change, AuditEntry entry);

    Store& store_;
    Accounts& accounts_;
    PluginHost& plugins_;
    const OperatorOptions options_;
    const Timestamp started_at_;
};

}  // namespace riposte
