#include "commands/help.hpp"

#include "protocol/unicode.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace riposte {
namespace {

constexpr std::string_view host_plugin = "riposte";

struct Words {
    std::string_view commands, more, aliases, options, required, otherwise, choices, only_you, only;
    std::array<std::string_view, 4> audiences;  // in the order of Audience
    std::array<std::string_view, 8> types;      // in the order of OptionType
};

constexpr Words english{"Commands",
                        "`/help <command>` explains one. `//text` sends a text that begins with a slash.",
                        "Also",
                        "Options",
                        "required",
                        "default",
                        "one of",
                        "Only you see the answer.",
                        "Only for: ",
                        {"everyone", "moderators", "owners", "operators"},
                        {"whole number", "number", "text", "choice", "yes or no", "person", "room", "duration"}};
constexpr Words chinese{"命令",
                        "用 `/help <命令>` 查看某个命令的说明。要发送以斜杠开头的文字，请写 `//文字`。",
                        "别名",
                        "参数",
                        "必填",
                        "默认",
                        "可选值",
                        "只有你能看到回答。",
                        "仅限：",
                        {"所有人", "管理员", "所有者", "运维人员"},
                        {"整数", "数字", "文字", "选项", "是或否", "用户", "房间", "时长"}};

const Words& words_in(const std::string& locale) { return locale.starts_with("zh") ? chinese : english; }

std::string list(const Catalogue& catalogue, const std::string& locale, Audience audience) {
    const auto& words = words_in(locale);
    std::map<std::string, std::string> by_plugin;
    for (const auto& command : catalogue.commands()) {
        if (command.audience > audience) continue;
        by_plugin[command.plugin] += "- `" + usage(command) + "` " + command.summary.in(locale) + '\n';
    }
    std::string text = "**" + std::string(words.commands) + "**\n";
    for (const auto& [plugin, lines] : by_plugin) text += "\n*" + plugin + "*\n\n" + lines;
    return text + '\n' + std::string(words.more);
}

std::string option_line(const OptionSpecification& option, const std::string& locale) {
    const auto& words = words_in(locale);
    std::string text = "- `" + option.name + "` (" + std::string(words.types[static_cast<std::size_t>(option.type)]);
    if (option.required) text += ", " + std::string(words.required);
    if (!option.otherwise.empty()) text += ", " + std::string(words.otherwise) + " `" + option.otherwise + '`';
    text += ')';
    if (const auto& summary = option.summary.in(locale); !summary.empty()) text += ' ' + summary;
    for (std::size_t i = 0; i < option.choices.size(); ++i)
        text += (i == 0 ? " — " + std::string(words.choices) + " `" : ", `") + option.choices[i] + '`';
    return text + '\n';
}

std::string details(const CommandSpecification& command, const std::string& locale) {
    const auto& words = words_in(locale);
    std::string text = "`" + usage(command) + "`\n\n" + command.summary.in(locale) + '\n';
    for (std::size_t i = 0; i < command.aliases.size(); ++i)
        text += (i == 0 ? '\n' + std::string(words.aliases) + ": `" : ", `") + command.aliases[i] + '`';
    if (!command.aliases.empty()) text += '\n';
    if (!command.options.empty()) text += "\n**" + std::string(words.options) + "**\n\n";
    for (const auto& option : command.options) text += option_line(option, locale);
    if (command.visibility == CommandVisibility::Author) text += '\n' + std::string(words.only_you) + '\n';
    if (command.audience != Audience::Anyone)
        text += '\n' + std::string(words.only) +
                std::string(words.audiences[static_cast<std::size_t>(command.audience)]) + '\n';
    return text;
}

}  // namespace

const CommandSpecification& help_command() {
    static const CommandSpecification command = [] {
        OptionSpecification about;
        about.name = "command";
        about.rest = true;
        about.summary = {"The command to explain", {{"zh-CN", "要说明的命令"}}};
        CommandSpecification help;
        help.plugin = host_plugin;
        help.prefix = "/help";
        help.aliases = {"/帮助"};
        help.summary = {"Lists the commands, or explains one", {{"zh-CN", "列出所有命令，或说明某个命令"}}};
        help.options = {about};
        help.visibility = CommandVisibility::Author;
        return help;
    }();
    return command;
}

bool is_help(const CommandSpecification& command) { return command.plugin == host_plugin && command.prefix == "/help"; }

Result<std::string> help(const Catalogue& catalogue, std::string_view about, const std::string& locale,
                         Audience audience) {
    auto name = std::string(trimmed(about));
    if (name.empty()) return list(catalogue, locale, audience);
    if (line_kind(name) == LineKind::Plain) name.insert(0, 1, '/');
    const auto match = catalogue.match(name);
    if (!match) return match.error();
    return details(*match->command, locale);
}

}  // namespace riposte
