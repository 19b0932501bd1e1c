#include "cli/reply.hpp"
#include "cli/table.hpp"
#include "cli/verbs.hpp"
#include "protocol/json_writer.hpp"

#include <cstdio>
#include <filesystem>

namespace riposte {
namespace {

int print_url(const OperatorReply& reply, const char* what_it_does) {
    const auto document = success_of(reply);
    std::printf("%s\n", text_of(document.root(), "url").c_str());
    std::fprintf(stderr, "%s\n", what_it_does);
    return 0;
}

std::string state_of(JsonValue user) {
    if (user["disabled"].to_json() == "true") return "disabled";
    return user["admin"].to_json() == "true" ? "administrator" : "";
}

/// "-" where there is none.
std::string moment_text(JsonValue object, std::string_view field) {
    const double moment = number_of(object, field);
    return moment > 0 ? time_text(moment) : "-";
}

}  // namespace

int list_users(const Config& config, const CommandLine& line) {
    const auto target = "/api/v1/operator/users?limit=100&text=" + path_segment(line.name);
    const auto reply = ask_server(config.http.unix_socket, "GET", target);
    const auto document = success_of(reply);
    if (line.json) {
        std::puts(reply.body.c_str());
        return 0;
    }
    std::vector<std::vector<std::string>> rows{{"NAME", "DISPLAY NAME", "STATE", "CREATED", "LAST SEEN", "SESSIONS"}};
    for (const auto user : document.root()["users"].elements())
        rows.push_back({text_of(user, "name"), text_of(user, "display_name"), state_of(user),
                        time_text(number_of(user, "created_at")), moment_text(user, "last_seen"),
                        user["sessions"].to_json()});
    std::fputs(columns(rows).c_str(), stdout);
    if (document.root()["next"].to_json() != "null")
        std::fputs("More have an account: name a part of the name you look for.\n", stderr);
    return 0;
}

int change_user(const Config& config, const CommandLine& line) {
    const bool disable = line.verb == Verb::UserDisable;
    const auto target = "/api/v1/operator/users/" + path_segment(line.name) + (disable ? "/disable" : "/enable");
    const auto reply = ask_server(config.http.unix_socket, "POST", target);
    if (reply.status == 404) throw RequestRefused("no user is called " + line.name);
    const auto document = success_of(reply);
    std::printf("%s: %s\n", text_of(document.root(), "name").c_str(),
                disable ? "disabled; every sign-in has ended" : "may sign in");
    return 0;
}

int remove_user(const Config& config, const CommandLine& line) {
    const auto reply =
        ask_server(config.http.unix_socket, "DELETE", "/api/v1/operator/users/" + path_segment(line.name));
    if (reply.status == 404) throw RequestRefused("no user is called " + line.name);
    success_of(reply);
    std::printf("%s: removed; what was written stays, without a name\n", line.name.c_str());
    return 0;
}

int reset_user(const Config& config, const CommandLine& line) {
    const auto target = "/api/v1/operator/users/" + path_segment(line.name) + "/reset-link";
    const auto reply = ask_server(config.http.unix_socket, "POST", target);
    if (reply.status == 404) throw RequestRefused("no user is called " + line.name);
    return print_url(reply, "Works once. Whoever opens it sets a new password; every sign-in of before ends.");
}

int print_admin_link(const Config& config) {
    return print_url(ask_server(config.http.unix_socket, "POST", "/api/v1/operator/admin-link"),
                     "Works once. Whoever signs up with it becomes an administrator.");
}

int list_tokens(const Config& config, const CommandLine& line) {
    const auto target = "/api/v1/operator/tokens?limit=100&text=" + path_segment(line.name);
    const auto reply = ask_server(config.http.unix_socket, "GET", target);
    const auto document = success_of(reply);
    if (line.json) {
        std::puts(reply.body.c_str());
        return 0;
    }
    std::vector<std::vector<std::string>> rows{{"ID", "OWNER", "NAME", "CREATED", "LAST USED", "EXPIRES"}};
    for (const auto token : document.root()["tokens"].elements())
        rows.push_back({token["id"].to_json(), text_of(token["owner"], "name"), text_of(token, "name"),
                        moment_text(token, "created_at"), moment_text(token, "last_used"),
                        moment_text(token, "expires_at")});
    std::fputs(columns(rows).c_str(), stdout);
    if (document.root()["next"].to_json() != "null")
        std::fputs("There are more: name a part of the name you look for.\n", stderr);
    return 0;
}

int revoke_token(const Config& config, const CommandLine& line) {
    const auto id = std::to_string(line.number);
    const auto reply = ask_server(config.http.unix_socket, "DELETE", "/api/v1/operator/tokens/" + id);
    if (reply.status == 404) throw RequestRefused("there is no token " + id);
    success_of(reply);
    std::printf("%s: revoked; what used it is out\n", id.c_str());
    return 0;
}

int back_up(const Config& config, const CommandLine& line) {
    // The server's working directory is not the operator's.
    const auto file = std::filesystem::absolute(line.file).string();
    std::string body;
    json_object(body).field("file", file);
    const auto document = success_of(ask_server(config.http.unix_socket, "POST", "/api/v1/operator/backup", body));
    std::printf("%s: %s, integrity %s\n", file.c_str(), size_text(number_of(document.root(), "bytes")).c_str(),
                text_of(document.root(), "integrity").c_str());
    return 0;
}

}  // namespace riposte
