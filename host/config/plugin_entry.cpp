#include "config/plugin_entry.hpp"

#include "config/assign.hpp"

#include <fstream>
#include <sstream>

namespace riposte {
namespace {

using Refusal = std::optional<std::string>;

Refusal set_isolation(PluginConfig& plugin, const TomlEntry& entry) {
    const auto* text = std::get_if<std::string>(&entry.value);
    if (!text || (*text != "worker" && *text != "in-process"))
        return dotted(entry.path) + " must be one of worker, in-process, not " + shown(entry.value);
    plugin.isolation = *text;
    return std::nullopt;
}

Refusal set_read_paths(PluginConfig& plugin, const TomlEntry& entry) {
    const auto* paths = std::get_if<std::vector<std::string>>(&entry.value);
    if (!paths) return dotted(entry.path) + " must be list of texts, not " + shown(entry.value);
    plugin.read_paths = *paths;
    return std::nullopt;
}

Refusal set_value(PluginConfig& plugin, const TomlEntry& entry) {
    return std::visit(
        [&](const auto& held) -> Refusal {
            if constexpr (std::is_constructible_v<decltype(PluginValue::value), decltype(held)>) {
                plugin.values[entry.path[2]] = {held, false};
                return std::nullopt;
            } else {
                return dotted(entry.path) + " must be a text, a number, true, false or a list of texts, not " +
                       shown(entry.value);
            }
        },
        entry.value);
}

/// `api_key = { file = "…" }`: the file's text without the end of its last line.
Refusal set_from_file(PluginConfig& plugin, const TomlEntry& entry, const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    if (!in || !(text << in.rdbuf())) return dotted(entry.path) + ": the file " + file + " cannot be read or is empty";
    std::string secret = text.str();
    while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
    plugin.values[entry.path[2]] = {std::move(secret), true};
    return std::nullopt;
}

Refusal set_from_environment(PluginConfig& plugin, const TomlEntry& entry, const std::string& name,
                             const Environment& environment) {
    auto secret = environment(name);
    if (!secret) return dotted(entry.path) + ": the environment has no " + name;
    plugin.values[entry.path[2]] = {std::move(*secret), true};
    return std::nullopt;
}

Refusal set_from_place(PluginConfig& plugin, const TomlEntry& entry, const Environment& environment) {
    const auto* place = std::get_if<std::string>(&entry.value);
    if (place && entry.path[3] == "file") return set_from_file(plugin, entry, *place);
    if (place && entry.path[3] == "environment") return set_from_environment(plugin, entry, *place, environment);
    return dotted(entry.path) + ": a value with parts is { file = \"PATH\" } or { environment = \"NAME\" }";
}

}  // namespace

bool is_plugin_entry(const std::vector<std::string>& path) { return path.size() >= 3 && path[0] == "plugins"; }

std::optional<std::string> assign_plugin_entry(Config& config, const TomlEntry& entry, const Environment& environment) {
    auto& plugin = config.plugins.by_id[entry.path[1]];
    if (entry.path.size() > 4) return dotted(entry.path) + ": a plugin's configuration has no tables in tables";
    if (entry.path.size() == 4) return set_from_place(plugin, entry, environment);
    if (entry.path[2] == "isolation") return set_isolation(plugin, entry);
    if (entry.path[2] == "read_paths") return set_read_paths(plugin, entry);
    return set_value(plugin, entry);
}

std::optional<std::string> assign_plugin_text(Config& config, const std::vector<std::string>& path,
                                              const std::string& text) {
    auto& plugin = config.plugins.by_id[path[1]];
    if (path[2] == "isolation") return set_isolation(plugin, {path, text, 0});
    if (path[2] == "read_paths") return path[2] + " of a plugin can be set in the file only";
    plugin.values[path[2]] = {text, true};
    return std::nullopt;
}

}  // namespace riposte
