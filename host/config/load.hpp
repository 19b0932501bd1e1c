#pragma once

#include "config/config.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace riposte {

/// From where a configuration comes; each is stronger than the one before it.
struct ConfigSources {
    std::optional<std::string> file;                         // none: no file is read
    std::vector<std::string> environment;                    // "NAME=value"; others than RIPOSTE_ are passed over
    std::vector<std::pair<std::string, std::string>> flags;  // "http.port", "9000"
};

/// One line of `riposte config show`.
struct ConfigLine {
    std::string name;
    std::string value;   // as in TOML; "(hidden)" for a secret
    std::string source;  // "default", "riposte.toml:3", "environment RIPOSTE_HTTP__PORT", "flag --http.port"
};

struct LoadedConfig {
    Config config;
    std::vector<ConfigLine> settings;  // every key, then every plugin's
};

/// Everything that is wrong, one line each, with where it stands and what to do.
class ConfigError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Throws ConfigError.
LoadedConfig load_config(const ConfigSources& sources);

/// The file to read: `named` (--config), else RIPOSTE_CONFIG, else ./riposte.toml or /etc/riposte/riposte.toml if there.
std::optional<std::string> find_config_file(const std::optional<std::string>& named);

/// The environment of this process, for ConfigSources.
std::vector<std::string> process_environment();

}  // namespace riposte
