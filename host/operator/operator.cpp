#include "operator/operator.hpp"

#include "auth/accounts.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/version.hpp"
#include "commands/duration.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <utility>

namespace riposte {
namespace {

std::string outcome_of(const Result<ReloadReport>& report) {
    if (!report) return std::string(info(report.error().code).name);
    if (report->unchanged) return "unchanged";
    if (report->stored) return "stored";
    return report->live ? "live: " + report->plugin.version : "refused: " + report->step;
}

}  // namespace

Operator::Operator(Store& store, Accounts& accounts, PluginHost& plugins, OperatorOptions options)
    : store_(store), accounts_(accounts), plugins_(plugins), options_(std::move(options)), started_at_(now_ms()) {}

/// The deed has been done by then: a line that cannot be written is logged, the answer stays what it is.
Awaitable<> Operator::note(AuditEntry entry) {
    const auto kept = co_await store_.add_audit(std::move(entry));
    if (!kept) log::error("the audit is not written", {{"why", kept.error().detail}});
}

Awaitable<Result<ReloadReport>> Operator::noted(Awaitable<Result<ReloadReport>> swap, AuditEntry entry) {
    auto report = co_await std::move(swap);
    if (!entry.detail.empty()) entry.detail += ": ";
    entry.detail += outcome_of(report);
    co_await note(std::move(entry));
    co_return report;
}

Awaitable<Result<PluginView>> Operator::noted(Awaitable<Result<PluginView>> change, AuditEntry entry) {
    auto view = co_await std::move(change);
    if (!view) entry.detail = info(view.error().code).name;
    co_await note(std::move(entry));
    co_return view;
}

OversightStore& Operator::oversight() { return store_; }

Awaitable<std::vector<PluginView>> Operator::plugins() { return plugins_.list(); }

Awaitable<Result<PluginView>> Operator::plugin(std::string id) {
    auto all = co_await plugins_.list();
    const auto found = std::ranges::find(all, id, &PluginView::id);
    if (found == all.end()) co_return Problem{ErrorCode::NotFound, "no plugin is called " + id};
    co_return std::move(*found);
}

Awaitable<Result<ReloadReport>> Operator::reload(std::string id, std::string by, bool force) {
    log::info("plugin reload", {{"plugin", id}, {"by", by}});
    AuditEntry entry{.at = 0, .by = by, .verb = "plugin reload", .subject = id, .detail = {}};
    return noted(plugins_.reload(std::move(id), std::move(by), force), std::move(entry));
}

Awaitable<Result<ReloadReport>> Operator::rollback(std::string id, std::string by, DataChoice data) {
    log::info("plugin rollback", {{"plugin", id}, {"by", by}});
    AuditEntry entry{.at = 0, .by = by, .verb = "plugin rollback", .subject = id, .detail = {}};
    return noted(plugins_.rollback(std::move(id), std::move(by), data), std::move(entry));
}

Awaitable<Result<std::vector<SettingView>>> Operator::plugin_settings(std::string id) {
    return plugins_.settings(std::move(id));
}

Awaitable<Result<ReloadReport>> Operator::configure(std::string id, SettingChanges changes, Reach reach,
                                                    std::string by) {
    std::string keys;
    for (const auto& [key, choice] : changes) keys += (keys.empty() ? "" : ", ") + key;
    log::info("plugin config", {{"plugin", id}, {"keys", keys}, {"by", by}});
    AuditEntry entry{.at = 0, .by = by, .verb = "plugin config", .subject = id, .detail = keys};
    return noted(plugins_.configure(std::move(id), std::move(changes), reach, std::move(by)), std::move(entry));
}

Awaitable<Result<PluginView>> Operator::debug(std::string id, std::chrono::milliseconds time, std::string by) {
    const auto text = time.count() == 0 ? std::string("off") : to_string(time);
    log::info("plugin debug", {{"plugin", id}, {"for", text}, {"by", by}});
    AuditEntry entry{.at = 0, .by = by, .verb = "plugin debug", .subject = id, .detail = text};
    return noted(plugins_.debug(std::move(id), time, std::move(by)), std::move(entry));
}

Awaitable<Result<PluginView>> Operator::enable(std::string id, std::string by) {
    log::info("plugin enable", {{"plugin", id}, {"by", by}});
    AuditEntry entry{.at = 0, .by = by, .verb = "plugin enable", .subject = id, .detail = {}};
    return noted(plugins_.enable(std::move(id), std::move(by)), std::move(entry));
}

Awaitable<Result<PluginView>> Operator::disable(std::string id, std::string by) {
    log::info("plugin disable", {{"plugin", id}, {"by", by}});
    AuditEntry entry{.at = 0, .by = by, .verb = "plugin disable", .subject = id, .detail = {}};
    return noted(plugins_.disable(std::move(id), std::move(by)), std::move(entry));
}

Awaitable<Result<PluginView>> Operator::isolate(std::string id, Isolation isolation, std::string by) {
    log::info("plugin isolation", {{"plugin", id}, {"isolation", to_string(isolation)}, {"by", by}});
    AuditEntry entry{
        .at = 0, .by = by, .verb = "plugin isolation", .subject = id, .detail = std::string(to_string(isolation))};
    return noted(plugins_.isolate(std::move(id), isolation, std::move(by)), std::move(entry));
}

Awaitable<Result<PluginView>> Operator::grant(std::string id, std::string permission, bool given, std::string by) {
    log::info(given ? "plugin grant" : "plugin revoke", {{"plugin", id}, {"permission", permission}, {"by", by}});
    AuditEntry entry{
        .at = 0, .by = by, .verb = given ? "plugin grant" : "plugin revoke", .subject = id, .detail = permission};
    return noted(plugins_.grant(std::move(id), std::move(permission), given, std::move(by)), std::move(entry));
}

Awaitable<Result<PluginView>> Operator::set_presence(std::string id, PluginPresence presence, std::string by) {
    log::info("plugin rooms", {{"plugin", id}, {"rooms", to_string(presence)}, {"by", by}});
    AuditEntry entry{
        .at = 0, .by = by, .verb = "plugin rooms", .subject = id, .detail = std::string(to_string(presence))};
    return noted(plugins_.set_presence(std::move(id), presence, std::move(by)), std::move(entry));
}

Awaitable<Result<PluginView>> Operator::alias(std::string id, std::string prefix, std::string alias, std::string by) {
    log::info("plugin alias", {{"plugin", id}, {"prefix", prefix}, {"alias", alias}, {"by", by}});
    AuditEntry entry{.at = 0, .by = by, .verb = "plugin alias", .subject = id, .detail = prefix + " " + alias};
    return noted(plugins_.alias(std::move(id), std::move(prefix), std::move(alias), std::move(by)), std::move(entry));
}

Awaitable<Result<>> Operator::receive_build(Uuid upload, std::string piece) {
    return plugins_.receive(upload, std::move(piece));
}

void Operator::discard_build(Uuid upload) { plugins_.discard(upload); }

Awaitable<Result<StagedBuild>> Operator::stage_build(Uuid upload, std::string by) {
    auto staged = co_await plugins_.stage(upload);
    AuditEntry entry{.at = 0, .by = by, .verb = "plugin upload", .subject = {}, .detail = {}};
    if (staged) entry.subject = staged->id;
    entry.detail = staged ? staged->version + " " + staged->hash : "refused: " + staged.error().argument;
    log::info("plugin upload", {{"plugin", entry.subject}, {"by", by}, {"result", entry.detail}});
    co_await note(std::move(entry));
    co_return staged;
}

Awaitable<Result<ReloadReport>> Operator::install_build(std::string hash, std::string by) {
    log::info("plugin install", {{"hash", hash}, {"by", by}});
    auto report = co_await plugins_.install(hash, by);
    AuditEntry entry{.at = 0, .by = std::move(by), .verb = "plugin install", .subject = {}, .detail = {}};
    entry.subject = report ? report->plugin.id : hash;
    entry.detail = outcome_of(report);
    co_await note(std::move(entry));
    co_return report;
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
    auto token = co_await accounts_.reset_link(user);
    if (!token) co_return token.error();
    AuditEntry entry{.at = 0, .by = std::move(by), .verb = "user reset-link", .subject = std::move(user), .detail = {}};
    co_await note(std::move(entry));
    co_return options_.public_url + "/reset/" + *token;
}

Awaitable<Result<std::string>> Operator::admin_link(std::string by) {
    log::info("administrator link", {{"by", by}});
    auto token = co_await accounts_.admin_link();
    if (!token) co_return token.error();
    AuditEntry entry{.at = 0, .by = std::move(by), .verb = "admin-link", .subject = {}, .detail = {}};
    co_await note(std::move(entry));
    co_return options_.public_url + "/welcome/" + *token;
}

Awaitable<Result<std::int64_t>> Operator::backup(std::filesystem::path file, std::string by) {
    log::info("backup", {{"file", file.string()}, {"by", by}});
    AuditEntry entry{.at = 0, .by = std::move(by), .verb = "backup", .subject = file.string(), .detail = {}};
    auto bytes = co_await store_.backup(std::move(file));
    if (!bytes) entry.detail = info(bytes.error().code).name;
    co_await note(std::move(entry));
    co_return bytes;
}

Awaitable<Result<UserSummary>> Operator::set_account(ActingOperator by, std::string user, AccountState state) {
    log::info(state == AccountState::Disabled ? "user disable" : "user enable", {{"user", user}, {"by", by.name}});
    return store_.set_account(std::move(by), std::move(user), state);
}

Awaitable<Result<>> Operator::remove_account(ActingOperator by, std::string user) {
    log::info("user remove", {{"user", user}, {"by", by.name}});
    return store_.remove_account(std::move(by), std::move(user));
}

Awaitable<Result<RoomSummary>> Operator::set_room(ActingOperator by, std::string uri, RoomState state) {
    log::info(state == RoomState::Closed ? "room close" : "room open", {{"room", uri}, {"by", by.name}});
    return store_.set_room(std::move(by), std::move(uri), state);
}

Awaitable<Result<>> Operator::settle_report(ActingOperator by, std::int64_t id) {
    log::info("report settle", {{"report", id}, {"by", by.name}});
    return store_.settle_any_report(std::move(by), id);
}

Awaitable<Result<>> Operator::remove_reported(ActingOperator by, std::int64_t id) {
    log::info("reported message remove", {{"report", id}, {"by", by.name}});
    return store_.remove_reported(std::move(by), id);
}

Awaitable<Result<>> Operator::revoke_token(ActingOperator by, std::int64_t id) {
    log::info("token revoke", {{"token", id}, {"by", by.name}});
    return store_.revoke_any_token(std::move(by), id);
}

Awaitable<Result<Status>> Operator::status(std::int64_t connections) {
    auto figures = co_await store_.figures();
    if (!figures) co_return figures.error();
    const auto plugins = co_await plugins_.list();
    Status status{.version = std::string(version()),
                  .started_at = started_at_,
                  .uptime_s = (now_ms() - started_at_) / 1000,
                  .connections = connections,
                  .commands = timing_of(std::move(figures->command_times), figures->commands_failed),
                  .plugins = {},
                  .left_mapped = 0,
                  .store = std::move(*figures)};
    for (const auto& plugin : plugins) {
        ++status.plugins[plugin.state];
        status.left_mapped += plugin.left_mapped;
    }
    co_return status;
}

}  // namespace riposte
