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

std::string seen_text(JsonValue user) {
    const double seen = number_of(user, "last_seen");
    return seen > 0 ? time_text(seen) : "-";
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
                        time_text(number_of(user, "created_at")), seen_text(user), user["sessions"].to_json()});
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
