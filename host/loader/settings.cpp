#include "loader/settings.hpp"

#include "commands/argument_values.hpp"
#include "commands/suggestions.hpp"
#include "loader/refusal.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace riposte {
namespace {

constexpr std::size_t most_slips = 3;

Problem invalid(const std::string& key, const std::string& why) {
    return {.code = ErrorCode::InvalidValue, .detail = "setting \"" + key + "\" " + why, .argument = key};
}

/// The option of a command that takes the same values.
OptionSpecification as_option(const SettingSpecification& setting) {
    OptionSpecification option;
    option.name = setting.key;
    option.choices = setting.choices;
    option.minimum = setting.minimum;
    option.maximum = setting.maximum;
    switch (setting.type) {
        case SettingType::Boolean: option.type = OptionType::Boolean; break;
        case SettingType::Integer: option.type = OptionType::Integer; break;
        case SettingType::Number: option.type = OptionType::Number; break;
        case SettingType::Choice: option.type = OptionType::Choice; break;
        case SettingType::Duration: option.type = OptionType::Duration; break;
        default: option.type = OptionType::Text;
    }
    return option;
}

std::string kind(SettingType type) {
    switch (type) {
        case SettingType::Boolean: return "true or false";
        case SettingType::Integer: return "a whole number";
        case SettingType::Number: return "a number";
        case SettingType::Duration: return "a duration such as \"10m\"";
        case SettingType::TextList: return "a list of texts";
        default: return "a text";
    }
}

Result<Setting> read(const SettingSpecification& setting, const std::string& text) {
    const auto value = read_value(as_option(setting), text);
    if (!value) {
        // The problem of a secret could quote it.
        auto problem =
            invalid(setting.key, setting.type == SettingType::Secret ? "is not valid" : value.error().detail);
        if (setting.type != SettingType::Secret) problem.suggestions = value.error().suggestions;
        return problem;
    }
    return Setting{setting.key, setting.type, value->text, value->integer, value->number, value->boolean};
}

/// A value of the file has its type; one of the environment is a text for any type.
bool fits(SettingType type, const SettingValue& value) {
    if (std::holds_alternative<std::string>(value)) return true;
    switch (type) {
        case SettingType::Boolean: return std::holds_alternative<bool>(value);
        case SettingType::Integer: return std::holds_alternative<std::int64_t>(value);
        case SettingType::Number:
            return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
        case SettingType::TextList: return std::holds_alternative<std::vector<std::string>>(value);
        default: return false;
    }
}

struct Spelled {
    std::vector<std::string> operator()(bool value) const { return {value ? "true" : "false"}; }
    std::vector<std::string> operator()(std::int64_t value) const { return {std::to_string(value)}; }
    std::vector<std::string> operator()(double value) const {
        std::array<char, 32> buffer;
        return {std::string(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr)};
    }
    std::vector<std::string> operator()(const std::string& value) const { return {value}; }
    std::vector<std::string> operator()(const std::vector<std::string>& values) const { return values; }
};

Result<> add(const SettingSpecification& setting, const std::vector<std::string>& texts, std::vector<Setting>& all) {
    for (const auto& text : texts) {
        auto value = read(setting, text);
        if (!value) return value.error();
        all.push_back(std::move(*value));
    }
    return {};
}

}  // namespace

std::string_view to_string(SettingType type) {
    switch (type) {
        case SettingType::Boolean: return "boolean";
        case SettingType::Integer: return "integer";
        case SettingType::Number: return "number";
        case SettingType::Text: return "text";
        case SettingType::Choice: return "choice";
        case SettingType::Duration: return "duration";
        case SettingType::Secret: return "secret";
        case SettingType::TextList: return "text_list";
    }
    return "text";
}

std::vector<std::string> spelled(const SettingValue& value) { return std::visit(Spelled{}, value); }

Problem no_such_setting(const PluginDescription& description, const std::string& key) {
    auto problem = invalid(key, "is not one of " + description.id);
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const auto& setting : description.settings)
        if (const auto slips = slips_between(key, setting.key); slips <= most_slips)
            near.emplace_back(slips, setting.key);
    std::ranges::sort(near);
    for (auto& [slips, name] : near) problem.suggestions.push_back(std::move(name));
    return problem;
}

Result<std::vector<Setting>> read_settings(const PluginDescription& description, const PluginSettings& configured) {
    for (const auto& [key, value] : configured)
        if (std::ranges::find(description.settings, key, &SettingSpecification::key) == description.settings.end())
            return no_such_setting(description, key);
    std::vector<Setting> all;
    for (const auto& setting : description.settings) {
        const auto given = configured.find(setting.key);
        std::vector<std::string> texts;
        if (given != configured.end()) {
            if (!fits(setting.type, given->second)) return invalid(setting.key, "must be " + kind(setting.type));
            texts = spelled(given->second);
        } else if (!setting.otherwise.empty()) {
            texts = {setting.otherwise};
        } else if (setting.required) {
            return invalid(setting.key, "is required: set it in [plugins." + description.id +
                                            "], or by riposte plugin config " + description.id);
        }
        if (auto added = add(setting, texts, all); !added) return added.error();
    }
    return all;
}

Result<std::vector<Setting>> check_settings(const PluginDescription& description, const PluginSettings& configured) {
    auto settings = read_settings(description, configured);
    if (!settings) return refused("settings", settings.error().detail);
    return settings;
}

}  // namespace riposte
