#include "cli/reply.hpp"
#include "cli/swap_step.hpp"
#include "cli/table.hpp"
#include "cli/verbs.hpp"
#include "protocol/json_writer.hpp"

#include <cstdio>

namespace riposte {
namespace {

const std::string plugins_target = "/api/v1/plugins";

/// "live; 1.2.0 refused": the reason's first words, where it tells of a build that does not serve.
std::string short_state(JsonValue plugin) {
    const auto state = text_of(plugin, "state") + (number_of(plugin, "debug_until") > 0 ? "; DEBUG" : "");
    const auto reason = text_of(plugin, "reason");
    for (const std::string_view fate : {" refused: ", " rolled back: "})
        if (const auto place = reason.find(fate); state == "live" && place != std::string::npos)
            return "live; " + reason.substr(0, place + fate.size() - 2);
    return state;
}

/// Below the table, where a long sentence widens no column.
std::string reasons_of(const std::vector<JsonValue>& plugins) {
    std::string lines;
    for (const auto plugin : plugins)
        if (const auto reason = text_of(plugin, "reason"); !reason.empty())
            lines += text_of(plugin, "id") + ": " + reason + "\n";
    for (const auto plugin : plugins)
        if (number_of(plugin, "left_mapped") > 0)
            lines += text_of(plugin, "id") +
                     ": libraries of ended generations that stay mapped: " + plugin["left_mapped"].to_json() + "\n";
    return lines;
}

std::vector<std::string> row_of(JsonValue plugin) {
    const bool measured = number_of(plugin, "calls") > 0;
    const double memory = number_of(plugin, "memory_bytes");
    return {text_of(plugin, "id"),          text_of(plugin, "version"),
            plugin["generation"].to_json(), short_state(plugin),
            text_of(plugin, "isolation"),   measured ? duration_text(number_of(plugin, "p99_ms")) : "-",
            plugin["failed"].to_json(),     memory > 0 ? size_text(memory) : "-",
            text_of(plugin, "by")};
}

std::string described(JsonValue plugin) {
    return text_of(plugin, "id") + " " + text_of(plugin, "version") + " (generation " + plugin["generation"].to_json() +
           ")";
}

std::string target_of(const CommandLine& line, const std::string& verb) {
    return plugins_target + "/" + path_segment(line.name) + "/" + verb;
}

int print_refusal(JsonValue report) {
    const auto plugin = report["plugin"];
    const bool serves = text_of(plugin, "state") == "live" || text_of(plugin, "state").starts_with("probation");
    const auto version = text_of(report, "version");
    std::printf("%s %s refused; %s (generation %s) %s.\n", text_of(plugin, "id").c_str(),
                version.empty() ? "build" : version.c_str(), text_of(plugin, "version").c_str(),
                plugin["generation"].to_json().c_str(), serves ? "serves on, no command lost" : "stays as it was");
    const auto step = text_of(report, "step");
    std::vector<std::vector<std::string>> rows{{"  step", with_its_place(step)},
                                               {"  reason", text_of(report, "reason")}};
    // Of a build that came as far as that, there may be something in the log.
    if (step == "start" || step.starts_with("restore"))
        rows.push_back({"  next", "riposte plugin log " + text_of(plugin, "id") + " --generation " +
                                      std::to_string(static_cast<std::int64_t>(number_of(plugin, "generation")) + 1)});
    std::fputs(columns(rows).c_str(), stdout);
    return 1;
}

/// How a reload ended. A refusal may come with a status of its own; the report in it counts.
int print_report(const OperatorReply& reply) {
    const auto parsed = parse_json_object(reply.body);
    if (parsed && text_of(parsed.value().root(), "result") == "refused") return print_refusal(parsed.value().root());
    const auto document = success_of(reply);
    const auto plugin = document.root()["plugin"];
    const bool unchanged = text_of(document.root(), "result") == "unchanged";
    std::printf("%s %s\n", described(plugin).c_str(), unchanged ? "serves already; --force starts it anew" : "is live");
    if (const auto lost = text_of(document.root(), "lost"); !lost.empty()) std::printf("lost: %s\n", lost.c_str());
    if (const auto warning = text_of(document.root(), "warning"); !warning.empty())
        std::printf("warning: %s\n", warning.c_str());
    return 0;
}

OperatorReply ask_for_change(const Config& config, const CommandLine& line) {
    const auto& socket = config.http.unix_socket;
    if (line.verb == Verb::PluginEnable) return ask_server(socket, "POST", target_of(line, "enable"));
    if (line.verb == Verb::PluginDisable) return ask_server(socket, "POST", target_of(line, "disable"));
    std::string body;
    if (line.verb == Verb::PluginAlias) {
        json_object(body).field("prefix", line.prefix).field("alias", line.alias);
        return ask_server(socket, "PUT", target_of(line, "alias"), body);
    }
    if (line.verb == Verb::PluginGrant || line.verb == Verb::PluginRevoke) {
        json_object(body).field("permission", line.permission).field("given", line.verb == Verb::PluginGrant);
        return ask_server(socket, "PUT", target_of(line, "grants"), body);
    }
    if (line.verb == Verb::PluginRooms) {
        json_object(body).field("rooms", line.rooms);
        return ask_server(socket, "PUT", target_of(line, "rooms"), body);
    }
    json_object(body).field("isolation", line.isolation);
    return ask_server(socket, "PUT", target_of(line, "isolation"), body);
}

}  // namespace

int list_plugins(const Config& config, const CommandLine& line) {
    const auto reply = ask_server(config.http.unix_socket, "GET", plugins_target);
    const auto document = success_of(reply);
    if (line.json) {
        std::puts(reply.body.c_str());
        return 0;
    }
    std::vector<std::vector<std::string>> rows{
        {"NAME", "VERSION", "GEN", "STATE", "ISOLATION", "P99", "FAILED", "MEMORY", "BY"}};
    const auto plugins = document.root()["plugins"].elements();
    for (const auto plugin : plugins) rows.push_back(row_of(plugin));
    std::fputs((columns(rows) + reasons_of(plugins)).c_str(), stdout);
    return 0;
}

int swap_plugin(const Config& config, const CommandLine& line) {
    const auto& socket = config.http.unix_socket;
    std::string body;
    if (line.verb == Verb::PluginRollback) {
        json_object(body).field_if("data", line.data);
        return print_report(ask_server(socket, "POST", target_of(line, "rollback"), body));
    }
    json_object(body).field("force", line.force);
    return print_report(ask_server(socket, "POST", target_of(line, "reload"), body));
}

int show_history(const Config& config, const CommandLine& line) {
    const auto reply = ask_server(config.http.unix_socket, "GET", target_of(line, "history"));
    const auto document = success_of(reply);
    if (line.json) {
        std::puts(reply.body.c_str());
        return 0;
    }
    std::vector<std::vector<std::string>> rows{{"WHEN", "WHO", "WHAT", "VERSION", "BUILD", "RESULT"}};
    for (const auto entry : document.root()["history"].elements())
        rows.push_back({time_text(number_of(entry, "at")), text_of(entry, "by"), text_of(entry, "verb"),
                        text_of(entry, "version"), text_of(entry, "hash").substr(0, 12), text_of(entry, "result")});
    std::fputs(columns(rows).c_str(), stdout);
    return 0;
}

int show_plugin_log(const Config& config, const CommandLine& line) {
    auto target = target_of(line, "log?limit=" + std::to_string(line.lines));
    if (line.generation != 0) target += "&generation=" + std::to_string(line.generation);
    const auto reply = ask_server(config.http.unix_socket, "GET", target);
    const auto document = success_of(reply);
    if (line.json) {
        std::puts(reply.body.c_str());
        return 0;
    }
    for (const auto entry : document.root()["log"].elements())
        std::printf("%s  %s  %-7s  %s\n", time_text(number_of(entry, "at")).c_str(),
                    entry["generation"].to_json().c_str(), text_of(entry, "source").c_str(),
                    text_of(entry, "text").c_str());
    return 0;
}

int debug_plugin(const Config& config, const CommandLine& line) {
    const auto target = target_of(line, "debug");
    std::string body;
    json_object(body).field("for", line.time);
    const auto& socket = config.http.unix_socket;
    const auto document =
        success_of(line.off ? ask_server(socket, "DELETE", target) : ask_server(socket, "PUT", target, body));
    const auto plugin = document.root();
    if (const auto until = number_of(plugin, "debug_until"); until > 0)
        std::printf("%s: DEBUG until %s, nothing ends it for being slow\n  sudo gdb -p %s\n", described(plugin).c_str(),
                    time_text(until).c_str(), plugin["pid"].to_json().c_str());
    else std::printf("%s: its limits hold again\n", described(plugin).c_str());
    return 0;
}

int change_plugin(const Config& config, const CommandLine& line) {
    const auto document = success_of(ask_for_change(config, line));
    const auto plugin = document.root();
    std::printf("%s: %s, %s (%s), %s\n", described(plugin).c_str(), text_of(plugin, "state").c_str(),
                text_of(plugin, "isolation").c_str(),
                text_of(plugin, "isolation_from") == "operator" ? "chosen here" : "as configured",
                text_of(plugin, "rooms") == "invited" ? "where rooms invite it" : "everywhere");
    return 0;
}

}  // namespace riposte
