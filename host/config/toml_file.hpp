#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace riposte {

/// One `key = value` of a TOML file, with the names of the tables around it.
struct TomlEntry {
    struct Unusable {  // a date, a list of something else than texts, …
        std::string what;
    };
    using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>, Unusable>;

    std::vector<std::string> path;
    Value value;
    unsigned line = 0;
};

/// plugins, weather, units -> "plugins.weather.units"
std::string dotted(const std::vector<std::string>& path);

/// Every entry of the file, in the order of their lines. Throws std::runtime_error "FILE:LINE: what is wrong" when it
/// cannot be read or is not TOML.
std::vector<TomlEntry> read_toml_file(const std::string& file);

}  // namespace riposte
