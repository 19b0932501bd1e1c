#pragma once

#include "commands/specification.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riposte {

enum class SettingType : std::uint8_t { Boolean, Integer, Number, Text, Choice, Duration, Secret, TextList };

/// A key of `[plugins.<id>]` that the plugin declares.
struct SettingSpecification {
    std::string key;
    SettingType type = SettingType::Text;
    bool required = false;
    std::string summary;
    std::vector<std::string> choices;
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::string otherwise;  // the default as one would type it; "" = none
};

/// One value of a setting as the plugin gets it; a list is several under one key.
struct Setting {
    std::string key;
    SettingType type = SettingType::Text;
    std::string text;
    std::int64_t integer = 0;
    double number = 0;
    bool boolean = false;
};

/// What a build says of itself, copied out of the library and checked.
struct PluginDescription {
    std::string id;
    std::string version;
    std::string title;
    std::string summary;
    std::uint32_t permissions = 0;
    std::uint32_t calls_at_once = 1;
    std::uint32_t state_schema = 0;
    std::uint32_t data_schema = 0;
    std::vector<CommandSpecification> commands;  // in declared order: their index names them in calls
    std::vector<SettingSpecification> settings;
    std::vector<std::string> read_paths;
    std::string
        stays_mapped;  // why unloading it in-process may leave it in memory; "" = nothing known; only of a check
};

}  // namespace riposte
