#include "config/load.hpp"

#include "config/assign.hpp"
#include "config/finish.hpp"
#include "config/plugin_entry.hpp"
#include "config/suggest.hpp"
#include "config/toml_text.hpp"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <unistd.h>

namespace riposte {
namespace {

/// "PLUGINS__WEATHER__UNITS" -> plugins, weather, units.
std::vector<std::string> path_of_variable(std::string_view name) {
    std::vector<std::string> path(1);
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name.substr(i, 2) == "__") {
            path.emplace_back();
            ++i;
        } else {
            path.back() += static_cast<char>(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
        }
    }
    return path;
}

/// Collects the values of all sources and everything that is wrong with them.
class Loading {
public:
    explicit Loading(const ConfigSources& sources) : sources_(sources) {}

    LoadedConfig run() {
        if (sources_.file) read_file(*sources_.file);
        for (const auto& variable : sources_.environment) read_variable(variable);
        for (const auto& [name, text] : sources_.flags) read_flag(name, text);
        if (errors_.empty()) check_whole();
        if (!errors_.empty()) throw ConfigError(errors_);
        auto all = settings();
        return {std::move(config_), std::move(all)};
    }

private:
    void read_file(const std::string& file) try {
        for (const auto& entry : read_toml_file(file)) read_entry(entry, file + ":" + std::to_string(entry.line));
    } catch (const std::runtime_error& error) {
        complain(error.what());
    }

    void read_entry(const TomlEntry& entry, const std::string& place) {
        const std::string name = dotted(entry.path);
        if (is_plugin_entry(entry.path)) {
            const auto lookup = [this](std::string_view variable) { return find_variable(variable); };
            note(dotted({entry.path.begin(), entry.path.begin() + 3}), place,
                 assign_plugin_entry(config_, entry, lookup));
        } else if (const Key* key = find_key(name)) {
            note(name, place, assign(config_, *key, entry.value));
        } else {
            complain(place + ": " + unknown(name, known_names()));
        }
    }

    void read_variable(const std::string& variable) {
        const auto equals = variable.find('=');
        const auto name = variable.substr(0, equals);
        if (!name.starts_with("RIPOSTE_") || equals == std::string::npos) return;
        const auto path = path_of_variable(std::string_view(name).substr(8));
        const auto text = variable.substr(equals + 1);
        const auto place = "environment " + name;
        if (is_plugin_entry(path) && path.size() == 3)
            note(dotted(path), place, assign_plugin_text(config_, path, text));
        else if (const Key* key = find_variable_key(name))
            note(std::string(key->name), place, assign_text(config_, *key, text));
        else if (path.size() > 1) complain(place + ": " + unknown(name, known_variables()));
        else if (const auto meant = with_single_underscores(name))
            complain(place + ": unknown; did you mean " + *meant + "?");
    }

    void read_flag(const std::string& name, const std::string& text) {
        const Key* key = find_key(name);
        if (key) note(name, "flag --" + name, assign_text(config_, *key, text));
        else complain("flag --" + name + ": " + unknown(name, known_names()));
    }

    void check_whole() {
        fill_in(config_);
        for (const auto& contradiction : contradictions(config_)) complain(contradiction);
    }

    void note(const std::string& name, const std::string& place, const std::optional<std::string>& refusal) {
        places_[name] = place;
        if (refusal) complain(place + ": " + *refusal);
    }

    void complain(const std::string& line) { errors_ += (errors_.empty() ? "" : "\n") + line; }

    static std::string unknown(const std::string& name, const std::vector<std::string>& known) {
        std::string line = "unknown key " + name;
        auto meant = closest(name, known);
        for (const auto& candidate : known)
            if (!meant && candidate.ends_with("." + name)) meant = candidate;
        return meant ? line + "; did you mean " + *meant + "?" : line;
    }

    static std::vector<std::string> known_names() {
        std::vector<std::string> names;
        for (const auto& key : keys()) names.emplace_back(key.name);
        return names;
    }

    static std::vector<std::string> known_variables() {
        std::vector<std::string> names;
        for (const auto& key : keys()) names.push_back(environment_name(key.name));
        return names;
    }

    static const Key* find_variable_key(std::string_view variable) {
        for (const auto& key : keys())
            if (environment_name(key.name) == variable) return &key;
        return nullptr;
    }

    /// RIPOSTE_HTTP_PORT is not a key, but nearly: the usual slip.
    static std::optional<std::string> with_single_underscores(std::string_view variable) {
        for (const auto& name : known_variables()) {
            auto single = name;
            single.erase(single.find("__"), 1);
            if (single == variable) return name;
        }
        return std::nullopt;
    }

    std::optional<std::string> find_variable(std::string_view name) const {
        for (const auto& variable : sources_.environment)
            if (variable.starts_with(name) && variable.substr(name.size(), 1) == "=")
                return variable.substr(name.size() + 1);
        return std::nullopt;
    }

    std::string place_of(const std::string& name) const {
        const auto found = places_.find(name);
        return found == places_.end() ? "default" : found->second;
    }

    std::vector<ConfigLine> settings() const {
        std::vector<ConfigLine> all;
        for (const auto& key : keys()) {
            const std::string name(key.name);
            all.push_back({name, value_of(key, config_), place_of(name)});
        }
        for (const auto& [id, plugin] : config_.plugins.by_id) append_settings("plugins." + id + ".", plugin, all);
        return all;
    }

    void append_settings(const std::string& prefix, const PluginConfig& plugin, std::vector<ConfigLine>& all) const {
        const auto add = [&](const std::string& key, const std::string& text) {
            all.push_back({prefix + key, text, place_of(prefix + key)});
        };
        if (plugin.isolation) add("isolation", toml_text(*plugin.isolation));
        if (!plugin.read_paths.empty()) add("read_paths", toml_text(plugin.read_paths));
        for (const auto& [key, value] : plugin.values) {
            const auto text = std::visit([](const auto& held) { return toml_text(held); }, value.value);
            add(key, value.secret ? "(hidden)" : text);
        }
    }

    const ConfigSources& sources_;
    Config config_;
    std::map<std::string, std::string> places_;  // key -> where its value came from
    std::string errors_;
};

}  // namespace

LoadedConfig load_config(const ConfigSources& sources) { return Loading(sources).run(); }

std::optional<std::string> find_config_file(const std::optional<std::string>& named) {
    if (named) return named;
    if (const char* variable = std::getenv("RIPOSTE_CONFIG"); variable && *variable) return variable;
    for (const char* usual : {"riposte.toml", "/etc/riposte/riposte.toml"})
        if (std::filesystem::exists(usual)) return usual;
    return std::nullopt;
}

std::vector<std::string> process_environment() {
    std::vector<std::string> variables;
    for (char** variable = environ; *variable; ++variable) variables.emplace_back(*variable);
    return variables;
}

}  // namespace riposte
