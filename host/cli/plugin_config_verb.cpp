#include "cli/reply.hpp"
#include "cli/swap_step.hpp"
#include "cli/table.hpp"
#include "cli/verbs.hpp"
#include "protocol/json_writer.hpp"

#include <cstdio>
#include <map>

// `riposte plugin config`: what a plugin is set to, and changing it while it serves.
namespace riposte {
namespace {

std::pair<std::string, std::string> parted(const std::string& text) {
    const auto equals = text.find('=');
    if (equals == 0 || equals == std::string::npos) throw std::runtime_error("\"" + text + "\": KEY=VALUE is wanted");
    return {text.substr(0, equals), text.substr(equals + 1)};
}

std::string json_of(const std::vector<std::string>& texts) {
    std::string json;
    if (texts.size() == 1) append_json(json, texts.front());
    else append_json(json, texts);
    return json;
}

/// {"values": {"times": "3", "key": {"file": "/run/key"}, "colour": null}}
std::string changes_in(const CommandLine& line) {
    std::map<std::string, std::vector<std::string>> given;
    for (const auto& text : line.settings) {
        auto [key, value] = parted(text);
        given[key].push_back(std::move(value));
    }
    std::map<std::string, std::string> values;
    for (const auto& [key, texts] : given) values[key] = json_of(texts);
    const auto add = [&](const std::string& text, const char* place) {
        const auto [key, value] = parted(text);
        json_object(values[key]).field(place, value);
    };
    for (const auto& text : line.files) add(text, "file");
    for (const auto& text : line.variables) add(text, "environment");
    for (const auto& key : line.unset) values[key] = "null";
    std::map<std::string, RawJson> fields;
    for (const auto& [key, json] : values) fields[key] = RawJson{json};
    std::string body;
    json_object(body).field("values", fields);
    return body;
}

std::string joined(JsonValue texts) {
    std::string line;
    for (const auto text : texts.elements()) line += (line.empty() ? "" : ", ") + text.as_text("values").value();
    return line.empty() ? "-" : line;
}

int print_settings(const OperatorReply& reply, const CommandLine& line) {
    const auto document = success_of(reply);
    if (line.json) {
        std::puts(reply.body.c_str());
        return 0;
    }
    std::vector<std::vector<std::string>> rows{{"KEY", "VALUE", "FROM", "TYPE", "WHAT"}};
    for (const auto setting : document.root()["config"].elements())
        rows.push_back({text_of(setting, "key"), joined(setting["values"]), text_of(setting, "source"),
                        text_of(setting, "type"), text_of(setting, "summary")});
    if (rows.size() == 1) std::printf("%s has no settings\n", line.name.c_str());
    else std::fputs(columns(rows).c_str(), stdout);
    return 0;
}

/// The step and the reason where there are any: why nothing serves.
int print_change(const OperatorReply& reply, const CommandLine& line) {
    const auto parsed = parse_json_object(reply.body);
    const bool refused = parsed && text_of(parsed->root(), "result") == "refused";
    const auto document = refused ? parse_json_object(reply.body).value() : success_of(reply);
    const auto report = document.root();
    const auto result = text_of(report, "result");
    const auto plugin = report["plugin"];
    const auto* fate = refused                 ? "nothing is changed, it serves on as it was; no command lost"
                       : result == "unchanged" ? "it is so already"
                       : result == "stored"    ? "kept for its next start; it does not serve"
                                               : "serves with it";
    std::printf("%s %s (generation %s): %s\n", line.name.c_str(), text_of(plugin, "version").c_str(),
                plugin["generation"].to_json().c_str(), fate);
    if (const auto step = text_of(report, "step"); !step.empty())
        std::fputs(columns({{"  step", with_its_place(step)}, {"  reason", text_of(report, "reason")}}).c_str(),
                   stdout);
    return refused ? 1 : 0;
}

}  // namespace

int configure_plugin(const Config& config, const CommandLine& line) {
    const auto& socket = config.http.unix_socket;
    const auto target = "/api/v1/plugins/" + path_segment(line.name) + "/config";
    const bool shows = line.settings.empty() && line.files.empty() && line.variables.empty() && line.unset.empty();
    if (shows) return print_settings(ask_server(socket, "GET", target), line);
    return print_change(ask_server(socket, "PATCH", target, changes_in(line)), line);
}

}  // namespace riposte
