#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "loader/plugin_host.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace riposte {

class Accounts;
class Store;

/// What an operator may do: one implementation for REST, command line and web pages. `by` names the operator in logs
/// and history ("alice, web", "uid 1000, cli"). [net]
class Operator {
public:
    /// `public_url` begins every link that is handed out.
    Operator(Store& store, Accounts& accounts, PluginHost& plugins, std::string public_url);

    Awaitable<std::vector<PluginView>> plugins();
    Awaitable<Result<PluginView>> plugin(std::string id);
    /// A refused build is not an error here: the report says so.
    Awaitable<Result<ReloadReport>> reload(std::string id, std::string by, bool force);
    Awaitable<Result<ReloadReport>> rollback(std::string id, std::string by, DataChoice data);
    Awaitable<Result<PluginView>> enable(std::string id, std::string by);
    Awaitable<Result<PluginView>> disable(std::string id, std::string by);
    Awaitable<Result<PluginView>> isolate(std::string id, Isolation isolation, std::string by);
    Awaitable<Result<PluginView>> grant(std::string id, std::string permission, bool given, std::string by);
    /// `alias` is "" for the plugin's own name again. NotFound, InvalidValue.
    Awaitable<Result<PluginView>> alias(std::string id, std::string prefix, std::string alias, std::string by);
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

private:
    Store& store_;
    Accounts& accounts_;
    PluginHost& plugins_;
    std::string public_url_;
};

}  // namespace riposte
