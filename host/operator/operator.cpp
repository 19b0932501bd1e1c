#include "operator/operator.hpp"

#include "auth/accounts.hpp"
#include "base/log.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <utility>

namespace riposte {

Operator::Operator(Store& store, Accounts& accounts, PluginHost& plugins, std::string public_url)
    : store_(store), accounts_(accounts), plugins_(plugins), public_url_(std::move(public_url)) {}

Awaitable<std::vector<PluginView>> Operator::plugins() { return plugins_.list(); }

Awaitable<Result<PluginView>> Operator::plugin(std::string id) {
    auto all = co_await plugins_.list();
    const auto found = std::ranges::find(all, id, &PluginView::id);
    if (found == all.end()) co_return Problem{ErrorCode::NotFound, "no plugin is called " + id};
    co_return std::move(*found);
}

Awaitable<Result<ReloadReport>> Operator::reload(std::string id, std::string by, bool force) {
    log::info("plugin reload", {{"plugin", id}, {"by", by}});
    return plugins_.reload(std::move(id), std::move(by), force);
}

Awaitable<Result<ReloadReport>> Operator::rollback(std::string id, std::string by, DataChoice data) {
    log::info("plugin rollback", {{"plugin", id}, {"by", by}});
    return plugins_.rollback(std::move(id), std::move(by), data);
}

Awaitable<Result<PluginView>> Operator::enable(std::string id, std::string by) {
    log::info("plugin enable", {{"plugin", id}, {"by", by}});
    return plugins_.enable(std::move(id), std::move(by));
}

Awaitable<Result<PluginView>> Operator::disable(std::string id, std::string by) {
    log::info("plugin disable", {{"plugin", id}, {"by", by}});
    return plugins_.disable(std::move(id), std::move(by));
}

Awaitable<Result<PluginView>> Operator::isolate(std::string id, Isolation isolation, std::string by) {
    log::info("plugin isolation", {{"plugin", id}, {"isolation", to_string(isolation)}, {"by", by}});
    return plugins_.isolate(std::move(id), isolation, std::move(by));
}

Awaitable<Result<PluginView>> Operator::grant(std::string id, std::string permission, bool given, std::string by) {
    log::info(given ? "plugin grant" : "plugin revoke", {{"plugin", id}, {"permission", permission}, {"by", by}});
    return plugins_.grant(std::move(id), std::move(permission), given, std::move(by));
}

Awaitable<Result<PluginView>> Operator::alias(std::string id, std::string prefix, std::string alias, std::string by) {
    log::info("plugin alias", {{"plugin", id}, {"prefix", prefix}, {"alias", alias}, {"by", by}});
    return plugins_.alias(std::move(id), std::move(prefix), std::move(alias), std::move(by));
}

Awaitable<Result<std::vector<PluginHistoryEntry>>> Operator::history(std::string id, int limit) {
    return store_.plugin_history(std::move(id), limit);
}

Awaitable<Result<std::vector<PluginLogLine>>> Operator::log(std::string id, std::optional<std::int64_t> generation,
                                                            std::size_t limit) {
    return plugins_.log(std::move(id), generation, limit);
}

Awaitable<Result<std::string>> Operator::reset_link(std::string user, std::string by) {
    log::info("password reset link", {{"user", user}, {"by", by}});
    auto token = co_await accounts_.reset_link(std::move(user));
    if (!token) co_return token.error();
    co_return public_url_ + "/reset/" + *token;
}

Awaitable<Result<std::string>> Operator::admin_link(std::string by) {
    log::info("administrator link", {{"by", by}});
    auto token = co_await accounts_.admin_link();
    if (!token) co_return token.error();
    co_return public_url_ + "/welcome/" + *token;
}

Awaitable<Result<std::int64_t>> Operator::backup(std::filesystem::path file, std::string by) {
    log::info("backup", {{"file", file.string()}, {"by", by}});
    return store_.backup(std::move(file));
}

}  // namespace riposte
