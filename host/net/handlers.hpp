#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "net/http.hpp"

// One function a route, in the order of docs/protocol.md. routes.cpp says which is whose; each may rely on what the
// route's Access promises: `request.identity` for User, `request.operator_name` for Operator and UnixSocket. [net]
namespace riposte {

struct NetThread;
struct Services;

namespace handlers {

using Answer = Awaitable<Result<Response>>;

// handlers_accounts.cpp
Answer create_user(NetThread&, Services&, Request);
Answer create_session(NetThread&, Services&, Request);
Answer end_sessions(NetThread&, Services&, Request);
Answer me(NetThread&, Services&, Request);
Answer update_me(NetThread&, Services&, Request);
Answer delete_me(NetThread&, Services&, Request);
Answer change_password(NetThread&, Services&, Request);
Answer reset_password(NetThread&, Services&, Request);
Answer my_invocations(NetThread&, Services&, Request);
Answer export_me(NetThread&, Services&, Request);
Answer user(NetThread&, Services&, Request);

// handlers_tokens.cpp
Answer my_tokens(NetThread&, Services&, Request);
Answer create_token(NetThread&, Services&, Request);
Answer revoke_token(NetThread&, Services&, Request);

// handlers_rooms.cpp
Answer rooms(NetThread&, Services&, Request);
Answer create_room(NetThread&, Services&, Request);
Answer room(NetThread&, Services&, Request);
Answer update_room(NetThread&, Services&, Request);
Answer mark_read(NetThread&, Services&, Request);
Answer set_notifications(NetThread&, Services&, Request);

// handlers_members.cpp
Answer invites(NetThread&, Services&, Request);
Answer create_invite(NetThread&, Services&, Request);
Answer revoke_invite(NetThread&, Services&, Request);
Answer view_invite(NetThread&, Services&, Request);
Answer use_invite(NetThread&, Services&, Request);
Answer members(NetThread&, Services&, Request);
Answer change_members(NetThread&, Services&, Request);
Answer remove_member(NetThread&, Services&, Request);

// handlers_room_plugins.cpp
Answer room_plugins(NetThread&, Services&, Request);
Answer add_plugin_to_room(NetThread&, Services&, Request);
Answer remove_plugin_from_room(NetThread&, Services&, Request);

// handlers_messages.cpp
Answer messages(NetThread&, Services&, Request);
Answer post_message(NetThread&, Services&, Request);
Answer edit_message(NetThread&, Services&, Request);
Answer delete_message(NetThread&, Services&, Request);
Answer add_reaction(NetThread&, Services&, Request);
Answer remove_reaction(NetThread&, Services&, Request);
Answer events(NetThread&, Services&, Request);
Answer search(NetThread&, Services&, Request);
Answer cancel_invocation(NetThread&, Services&, Request);

// handlers_reports.cpp
Answer report_message(NetThread&, Services&, Request);
Answer reports(NetThread&, Services&, Request);
Answer settle_report(NetThread&, Services&, Request);

// handlers_files.cpp
Answer upload_file(NetThread&, Services&, Request);
Answer upload_thumbnail(NetThread&, Services&, Request);
Answer download_file(NetThread&, Services&, Request);
Answer download_thumbnail(NetThread&, Services&, Request);
Answer remove_file(NetThread&, Services&, Request);

// handlers_meta.cpp
Answer commands(NetThread&, Services&, Request);
Answer check_command(NetThread&, Services&, Request);
Answer suggest_values(NetThread&, Services&, Request);
Answer socket(NetThread&, Services&, Request);
Answer list_routes(NetThread&, Services&, Request);
Answer healthz(NetThread&, Services&, Request);
Answer readyz(NetThread&, Services&, Request);

// handlers_operator.cpp
Answer plugins(NetThread&, Services&, Request);
Answer plugin(NetThread&, Services&, Request);
Answer plugin_history(NetThread&, Services&, Request);
Answer plugin_log(NetThread&, Services&, Request);
Answer reload_plugin(NetThread&, Services&, Request);
Answer roll_back_plugin(NetThread&, Services&, Request);
Answer enable_plugin(NetThread&, Services&, Request);
Answer disable_plugin(NetThread&, Services&, Request);
Answer grant_to_plugin(NetThread&, Services&, Request);
Answer set_plugin_presence(NetThread&, Services&, Request);
Answer alias_plugin(NetThread&, Services&, Request);
Answer isolate_plugin(NetThread&, Services&, Request);
Answer reset_link(NetThread&, Services&, Request);
Answer admin_link(NetThread&, Services&, Request);
Answer backup(NetThread&, Services&, Request);

// handlers_plugin_config.cpp
Answer plugin_config(NetThread&, Services&, Request);
Answer configure_plugin(NetThread&, Services&, Request);

// handlers_plugin_debug.cpp
Answer debug_plugin(NetThread&, Services&, Request);
Answer end_plugin_debug(NetThread&, Services&, Request);

// handlers_uploads.cpp
Answer upload_plugin(NetThread&, Services&, Request);
Answer install_plugin(NetThread&, Services&, Request);

// handlers_oversight.cpp
Answer list_users(NetThread&, Services&, Request);
Answer disable_user(NetThread&, Services&, Request);
Answer enable_user(NetThread&, Services&, Request);
Answer remove_user(NetThread&, Services&, Request);
Answer list_rooms(NetThread&, Services&, Request);
Answer close_room(NetThread&, Services&, Request);
Answer open_room(NetThread&, Services&, Request);
Answer all_reports(NetThread&, Services&, Request);
Answer settle_any_report(NetThread&, Services&, Request);
Answer remove_reported(NetThread&, Services&, Request);
Answer status(NetThread&, Services&, Request);
Answer metrics(NetThread&, Services&, Request);
Answer settings(NetThread&, Services&, Request);
Answer audit(NetThread&, Services&, Request);
Answer find_invocations(NetThread&, Services&, Request);
Answer all_tokens(NetThread&, Services&, Request);
Answer revoke_any_token(NetThread&, Services&, Request);

}  // namespace handlers
}  // namespace riposte
