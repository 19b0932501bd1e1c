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

}  // namespace

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
