#include "net/routes.hpp"

#include "net/handlers.hpp"

#include <array>

namespace riposte {
namespace {

using namespace handlers;
using enum Method;
using enum Access;

// One line a route, in the order of docs/protocol.md.
// clang-format off
constexpr auto table = std::to_array<Route>({
    {Post,   "/api/v1/users",                               Anyone,     create_user},
    {Post,   "/api/v1/sessions",                            Anyone,     create_session},
    {Delete, "/api/v1/sessions",                            User,       end_sessions},
    {Get,    "/api/v1/me",                                  User,       me},
    {Patch,  "/api/v1/me",                                  User,       update_me},
    {Delete, "/api/v1/me",                                  User,       delete_me},
    {Put,    "/api/v1/me/password",                         User,       change_password},
    {Post,   "/api/v1/password-resets/{token}",             Anyone,     reset_password},
    {Get,    "/api/v1/me/invocations",                      User,       my_invocations},
    {Get,    "/api/v1/me/export",                           User,       export_me},
    {Get,    "/api/v1/me/tokens",                           User,       my_tokens},
    {Post,   "/api/v1/me/tokens",                           User,       create_token},
    {Delete, "/api/v1/me/tokens/{id}",                      User,       revoke_token},
    {Get,    "/api/v1/users/{name}",                        User,       user},

    {Get,    "/api/v1/rooms",                               User,       rooms},
    {Post,   "/api/v1/rooms",                               User,       create_room},
    {Get,    "/api/v1/rooms/{uri}",                         User,       room},
    {Patch,  "/api/v1/rooms/{uri}",                         User,       update_room},
    {Post,   "/api/v1/rooms/{uri}/read",                    User,       mark_read},
    {Put,    "/api/v1/rooms/{uri}/notifications",           User,       set_notifications},
    {Get,    "/api/v1/rooms/{uri}/invites",                 User,       invites},
    {Post,   "/api/v1/rooms/{uri}/invites",                 User,       create_invite},
    {Delete, "/api/v1/rooms/{uri}/invites/{id}",            User,       revoke_invite},
    {Get,    "/api/v1/invites/{token}",                     Anyone,     view_invite},
    {Post,   "/api/v1/invites/{token}",                     User,       use_invite},
    {Get,    "/api/v1/rooms/{uri}/members",                 User,       members},
    {Post,   "/api/v1/rooms/{uri}/members",                 User,       change_members},
    {Delete, "/api/v1/rooms/{uri}/members/{user}",          User,       remove_member},

    {Get,    "/api/v1/rooms/{uri}/plugins",                 User,       room_plugins},
    {Put,    "/api/v1/rooms/{uri}/plugins/{id}",            User,       add_plugin_to_room},
    {Delete, "/api/v1/rooms/{uri}/plugins/{id}",            User,       remove_plugin_from_room},

    {Get,    "/api/v1/rooms/{uri}/messages",                User,       messages},
    {Post,   "/api/v1/rooms/{uri}/messages",                User,       post_message},
    {Patch,  "/api/v1/rooms/{uri}/messages/{id}",           User,       edit_message},
    {Delete, "/api/v1/rooms/{uri}/messages/{id}",           User,       delete_message},
    {Put,    "/api/v1/rooms/{uri}/messages/{id}/reactions/{emoji}", User, add_reaction},
    {Delete, "/api/v1/rooms/{uri}/messages/{id}/reactions/{emoji}", User, remove_reaction},
    {Post,   "/api/v1/rooms/{uri}/messages/{id}/report",    User,       report_message},
    {Get,    "/api/v1/rooms/{uri}/reports",                 User,       reports},
    {Delete, "/api/v1/rooms/{uri}/reports/{id}",            User,       settle_report},
    {Get,    "/api/v1/rooms/{uri}/events",                  User,       events},
    {Post,   "/api/v1/rooms/{uri}/files",                   User,       upload_file, BodyKind::Stream},
    {Get,    "/api/v1/files/{id}",                          User,       download_file},
    {Delete, "/api/v1/files/{id}",                          User,       remove_file},
    {Put,    "/api/v1/files/{id}/thumbnail",                User,       upload_thumbnail, BodyKind::Stream},
    {Get,    "/api/v1/files/{id}/thumbnail",                User,       download_thumbnail},
    {Get,    "/api/v1/search",                              User,       search},
    {Get,    "/api/v1/commands",                            User,       commands},
    {Post,   "/api/v1/commands/check",                      User,       check_command},
    {Get,    "/api/v1/rooms/{uri}/suggestions",             User,       suggest_values},
    {Post,   "/api/v1/invocations/{id}/cancel",             User,       cancel_invocation},
    {Get,    "/api/v1/socket",                              User,       socket},

    {Get,    "/api/v1/plugins",                             Operator,   plugins},
    {Get,    "/api/v1/plugins/{id}",                        Operator,   plugin},
    {Get,    "/api/v1/plugins/{id}/history",                Operator,   plugin_history},
    {Get,    "/api/v1/plugins/{id}/log",                    Operator,   plugin_log},
    {Post,   "/api/v1/plugins/{id}/reload",                 Operator,   reload_plugin},
    {Post,   "/api/v1/plugins/{id}/rollback",               Operator,   roll_back_plugin},
    {Post,   "/api/v1/plugins/{id}/enable",                 Operator,   enable_plugin},
    {Post,   "/api/v1/plugins/{id}/disable",                Operator,   disable_plugin},
    {Put,    "/api/v1/plugins/{id}/isolation",              Operator,   isolate_plugin},
    {Put,    "/api/v1/plugins/{id}/grants",                 Operator,   grant_to_plugin},
    {Put,    "/api/v1/plugins/{id}/rooms",                  Operator,   set_plugin_presence},
    {Put,    "/api/v1/plugins/{id}/alias",                  Operator,   alias_plugin},
    {Put,    "/api/v1/plugins/{id}/debug",                  Operator,   debug_plugin},
    {Delete, "/api/v1/plugins/{id}/debug",                  Operator,   end_plugin_debug},
    {Get,    "/api/v1/plugins/{id}/config",                 Operator,   plugin_config},
    {Patch,  "/api/v1/plugins/{id}/config",                 Operator,   configure_plugin},
    {Post,   "/api/v1/plugin-uploads",                      Operator,   upload_plugin, BodyKind::Stream},
    {Post,   "/api/v1/plugin-uploads/{hash}/install",       Operator,   install_plugin},
    {Post,   "/api/v1/operator/users/{name}/reset-link",    Operator,   reset_link},
    {Post,   "/api/v1/operator/admin-link",                 Operator,   admin_link},
    {Get,    "/api/v1/operator/status",                     Operator,   status},
    {Get,    "/api/v1/operator/metrics",                    Operator,   metrics},
    {Get,    "/api/v1/operator/config",                     Operator,   settings},
    {Get,    "/api/v1/operator/audit",                      Operator,   audit},
    {Get,    "/api/v1/operator/users",                      Operator,   list_users},
    {Delete, "/api/v1/operator/users/{name}",               Operator,   remove_user},
    {Post,   "/api/v1/operator/users/{name}/disable",       Operator,   disable_user},
    {Post,   "/api/v1/operator/users/{name}/enable",        Operator,   enable_user},
    {Get,    "/api/v1/operator/rooms",                      Operator,   list_rooms},
    {Post,   "/api/v1/operator/rooms/{uri}/close",          Operator,   close_room},
    {Post,   "/api/v1/operator/rooms/{uri}/open",           Operator,   open_room},
    {Get,    "/api/v1/operator/reports",                    Operator,   all_reports},
    {Delete, "/api/v1/operator/reports/{id}",               Operator,   settle_any_report},
    {Delete, "/api/v1/operator/reports/{id}/message",       Operator,   remove_reported},
    {Get,    "/api/v1/operator/invocations",                Operator,   find_invocations},
    {Get,    "/api/v1/operator/tokens",                     Operator,   all_tokens},
    {Delete, "/api/v1/operator/tokens/{id}",                Operator,   revoke_any_token},
    {Post,   "/api/v1/operator/backup",                     UnixSocket, backup},
    {Get,    "/api/v1/operator/routes",                     UnixSocket, list_routes},

    {Get,    "/healthz",                                    Anyone,     healthz},
    {Get,    "/readyz",                                     Anyone,     readyz},
});
// clang-format on

}  // namespace

std::span<const Route> routes() { return table; }

}  // namespace riposte
