#include "loader/guest/library.hpp"

#include "commands/catalogue.hpp"
#include "commands/validation.hpp"
#include "loader/guest/first_release.hpp"
#include "protocol/unicode.hpp"

#include <algorithm>
#include <cstring>
#include <set>

namespace riposte::guest {
namespace {

// Limits of plugin.h.
constexpr std::size_t most_commands = 64;
constexpr std::size_t most_aliases = 8;
constexpr std::size_t most_options = 16;
constexpr std::size_t most_choices = 64;
constexpr std::size_t most_settings = 64;
constexpr std::size_t most_paths = 32;
constexpr std::size_t most_translations = 64;
constexpr std::size_t longest_text = 1024;
constexpr std::uint32_t most_calls_at_once = 64;

/// Thrown within this file only: a description is checked at forty places, and the first fault ends it.
struct Fault {
    std::string reason;
};

void demand(bool condition, const std::string& reason) {
    if (!condition) throw Fault{reason};
}

std::string text(const char* declared, const std::string& what, std::size_t longest = longest_text) {
    if (declared == nullptr) return {};
    const auto size = ::strnlen(declared, longest + 1);
    demand(size <= longest, what + " is longer than " + std::to_string(longest) + " bytes");
    std::string copy(declared, size);
    demand(valid_utf8(copy), what + " is not UTF-8");
    return copy;
}

/// [a-z][a-z0-9<extra>]{0,31}
std::string name(const char* declared, const std::string& what, char extra) {
    auto copy = text(declared, what, 32);
    const auto allowed = [&](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == extra; };
    demand(!copy.empty() && copy[0] >= 'a' && copy[0] <= 'z' && std::ranges::all_of(copy, allowed),
           what + " \"" + copy + "\" must be a letter and then letters, digits or \"" + extra + "\", at most 32");
    return copy;
}

/// The entries of a list that ends in NULL.
template <class T>
std::vector<T> list(const T* declared, std::size_t most, const std::string& what) {
    std::vector<T> entries;
    for (; declared != nullptr && *declared != nullptr; ++declared) {
        demand(entries.size() < most, "more than " + std::to_string(most) + " " + what);
        entries.push_back(*declared);
    }
    return entries;
}

std::vector<std::string> texts(const char* const* declared, std::size_t most, const std::string& what) {
    std::vector<std::string> copies;
    for (const char* entry : list(declared, most, what)) copies.push_back(text(entry, what));
    return copies;
}

LocalisedText localised(const char* english, const riposte_translation* translations, const std::string& what) {
    LocalisedText copy{text(english, what), {}};
    for (; translations != nullptr && translations->language != nullptr; ++translations) {
        demand(copy.others.size() < most_translations, what + " has too many translations");
        copy.others[text(translations->language, what, 35)] = text(translations->text, what);
    }
    return copy;
}

/// One of a list, as far as its plugin knows it.
template <class T>
T known_part(const T& declared, const std::string& what) {
    const auto copy = within_its_size(declared);
    demand(copy.has_value(), what + " is shorter than plugin interface 1.0 has it");
    return *copy;
}

constexpr std::uint32_t option_flags =
    RIPOSTE_REQUIRED | RIPOSTE_REST | RIPOSTE_HAS_MINIMUM | RIPOSTE_HAS_MAXIMUM | RIPOSTE_SUGGESTS;
constexpr std::uint32_t setting_flags = RIPOSTE_REQUIRED | RIPOSTE_HAS_MINIMUM | RIPOSTE_HAS_MAXIMUM;
constexpr std::uint32_t permissions = RIPOSTE_PERMISSION_NETWORK | RIPOSTE_PERMISSION_HEAR | RIPOSTE_PERMISSION_POST;

void check_flags(const riposte_option& declared, std::uint32_t known, const std::string& what) {
    demand((declared.flags & ~known) == 0, what + " has a flag that this host does not know");
    demand(declared.reserved == 0, what + " has something in its reserved member");
}

std::optional<double> bound(const riposte_option& option, std::uint32_t flag, double value) {
    return (option.flags & flag) != 0 ? std::optional(value) : std::nullopt;
}

OptionType option_type(riposte_type type, const std::string& what) {
    demand(type >= RIPOSTE_INTEGER && type <= RIPOSTE_DURATION, what + " has an unknown type");
    return static_cast<OptionType>(type - RIPOSTE_INTEGER);
}
static_assert(static_cast<int>(OptionType::Integer) == RIPOSTE_INTEGER - 1 &&
              static_cast<int>(OptionType::Duration) == RIPOSTE_DURATION - 1);

SettingType setting_type(riposte_type type, const std::string& what) {
    switch (type) {
        case RIPOSTE_BOOLEAN: return SettingType::Boolean;
        case RIPOSTE_INTEGER: return SettingType::Integer;
        case RIPOSTE_NUMBER: return SettingType::Number;
        case RIPOSTE_TEXT: return SettingType::Text;
        case RIPOSTE_CHOICE: return SettingType::Choice;
        case RIPOSTE_DURATION: return SettingType::Duration;
        case RIPOSTE_SECRET: return SettingType::Secret;
        case RIPOSTE_TEXT_LIST: return SettingType::TextList;
        default: throw Fault{what + " has a type that settings do not have"};
    }
}

OptionSpecification option(const riposte_option& given, const std::string& command) {
    const auto declared = known_part(given, "an option of " + command);
    OptionSpecification copy;
    copy.name = name(declared.name, "an option of " + command, '_');
    const auto what = "option \"" + copy.name + "\" of " + command;
    check_flags(declared, option_flags, what);
    copy.type = option_type(declared.type, what);
    copy.required = (declared.flags & RIPOSTE_REQUIRED) != 0;
    copy.rest = (declared.flags & RIPOSTE_REST) != 0;
    copy.summary = localised(declared.summary, declared.translations, what);
    copy.choices = texts(declared.choices, most_choices, "choices of " + what);
    demand(copy.type != OptionType::Choice || !copy.choices.empty(), what + " has no choices");
    copy.minimum = bound(declared, RIPOSTE_HAS_MINIMUM, declared.minimum);
    copy.maximum = bound(declared, RIPOSTE_HAS_MAXIMUM, declared.maximum);
    copy.otherwise = text(declared.otherwise, what);
    copy.suggests = (declared.flags & RIPOSTE_SUGGESTS) != 0;
    return copy;
}

CommandSpecification command(const riposte_command& given, const std::string& plugin) {
    const auto declared = known_part(given, "a command");
    CommandSpecification copy;
    copy.plugin = plugin;
    copy.prefix = text(declared.prefix, "a prefix");
    for (const char* alias : list(declared.aliases, most_aliases, "aliases"))
        copy.aliases.push_back(text(alias, "an alias"));
    copy.summary = localised(declared.summary, declared.translations, "the summary of " + copy.prefix);
    for (const auto* entry : list(declared.options, most_options, "options of " + copy.prefix))
        copy.options.push_back(option(*entry, copy.prefix));
    demand(declared.audience <= RIPOSTE_OPERATOR, copy.prefix + " has an unknown audience");
    demand(declared.visibility <= RIPOSTE_VISIBLE_TO_AUTHOR, copy.prefix + " has an unknown visibility");
    copy.audience = static_cast<Audience>(declared.audience);
    copy.visibility = static_cast<CommandVisibility>(declared.visibility);
    copy.deadline_ms = declared.deadline_ms;
    const auto wrong = invalid_command(copy);
    demand(wrong.empty(), copy.prefix + ": " + wrong);
    return copy;
}

SettingSpecification setting(const riposte_setting& given) {
    const auto declared = known_part(given, "a setting");
    SettingSpecification copy;
    copy.key = name(declared.name, "a setting", '_');
    const auto what = "setting \"" + copy.key + "\"";
    check_flags(declared, setting_flags, what);
    copy.type = setting_type(declared.type, what);
    copy.required = (declared.flags & RIPOSTE_REQUIRED) != 0;
    copy.summary = text(declared.summary, what);
    copy.choices = texts(declared.choices, most_choices, "choices of " + what);
    demand(copy.type != SettingType::Choice || !copy.choices.empty(), what + " has no choices");
    copy.minimum = bound(declared, RIPOSTE_HAS_MINIMUM, declared.minimum);
    copy.maximum = bound(declared, RIPOSTE_HAS_MAXIMUM, declared.maximum);
    copy.otherwise = text(declared.otherwise, what);
    return copy;
}

void check_prefixes(const PluginDescription& description) {
    std::set<std::string> seen;
    for (const auto& command : description.commands) {
        auto names = command.aliases;
        names.push_back(command.prefix);
        for (const auto& name : names)
            demand(seen.insert(normalised_prefix(name)).second, "prefix " + name + " is there twice");
    }
}

PluginDescription copy_checked(const riposte_plugin& plugin) {
    demand((plugin.permissions & ~permissions) == 0, "it asks for a permission that this host does not know");
    demand(plugin.reserved == 0, "it has something in its reserved member");
    demand(plugin.start != nullptr && plugin.stop != nullptr, "it has no start or no stop");
    PluginDescription copy;
    copy.id = name(plugin.id, "the id", '-');
    copy.version = text(plugin.version, "the version", 32);
    demand(!copy.version.empty(), "it has no version");
    copy.title = plugin.title == nullptr ? copy.id : text(plugin.title, "the title", 128);
    copy.summary = text(plugin.summary, "the summary");
    copy.permissions = plugin.permissions;
    copy.calls_at_once = std::clamp(plugin.calls_at_once, 1u, most_calls_at_once);
    copy.state_schema = plugin.state_schema;
    copy.data_schema = plugin.data_schema;
    demand(plugin.state_schema == 0 || (plugin.save_state != nullptr && plugin.restore_state != nullptr),
           "it declares a state, but cannot save or restore it");
    for (const auto* entry : list(plugin.commands, most_commands, "commands"))
        copy.commands.push_back(command(*entry, copy.id));
    demand(copy.commands.empty() || plugin.on_command != nullptr, "it has commands, but no on_command");
    const auto suggests = [](const CommandSpecification& each) {
        return std::ranges::any_of(each.options, &OptionSpecification::suggests);
    };
    demand(plugin.suggest != nullptr || std::ranges::none_of(copy.commands, suggests),
           "an option suggests values, but it has no suggest()");
    check_prefixes(copy);
    for (const auto* entry : list(plugin.settings, most_settings, "settings")) copy.settings.push_back(setting(*entry));
    copy.read_paths = texts(plugin.read_paths, most_paths, "read paths");
    return copy;
}

}  // namespace

Result<PluginDescription> describe(const riposte_plugin& plugin) {
    try {
        return copy_checked(plugin);
    } catch (Fault& fault) {
        return Problem{.code = ErrorCode::PluginRefused, .detail = std::move(fault.reason)};
    }
}

}  // namespace riposte::guest
