#pragma once

#include "protocol/types.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

// A command as its plugin declares it. The one declaration drives matching, parsing, /help, the popup and permissions.
namespace riposte {

enum class OptionType : std::uint8_t { Integer, Number, Text, Choice, Boolean, User, Room, Duration };

/// English, and other languages by BCP 47 tag ("zh-CN"). `in` falls back to the language ("zh"), then to English.
struct LocalisedText {
    std::string english;
    std::map<std::string, std::string> others;

    const std::string& in(const std::string& locale) const;
};

struct OptionSpecification {
    std::string name;
    OptionType type = OptionType::Text;
    bool required = false;
    bool rest = false;  // Text only, last only: takes the rest of the line as it stands
    LocalisedText summary;
    std::vector<std::string> choices;
    std::optional<double> minimum;  // of a number; of a text its length in code points; of a duration its seconds
    std::optional<double> maximum;
    std::string otherwise;  // the default, as one would type it; "" = none
    bool suggests = false;  // its plugin has values for it while one types
};

struct CommandSpecification {
    std::string plugin;
    std::string prefix;  // "/poll close": one leading slash, single spaces between words
    std::vector<std::string> aliases;
    LocalisedText summary;
    std::vector<OptionSpecification> options;
    Audience audience = Audience::Anyone;
    CommandVisibility visibility = CommandVisibility::Room;
    std::uint32_t deadline_ms = 0;  // to the first output; 0 = the host's default
};

/// "/dice [sides=6]", "/ask <question…>".
std::string usage(const CommandSpecification& command);

}  // namespace riposte
