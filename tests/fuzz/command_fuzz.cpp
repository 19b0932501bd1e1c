// A line that a person typed, through matching, parsing and help.

#include "commands/argument_values.hpp"
#include "commands/arguments.hpp"
#include "commands/catalogue.hpp"
#include "commands/help.hpp"
#include "commands/validation.hpp"
#include "promise.hpp"
#include "protocol/text.hpp"
#include "protocol/unicode.hpp"

namespace riposte {
namespace {

OptionSpecification option(std::string name, OptionType type) {
    OptionSpecification option;
    option.name = std::move(name);
    option.type = type;
    return option;
}

CommandSpecification command(std::string prefix, std::vector<std::string> aliases,
                             std::vector<OptionSpecification> options) {
    CommandSpecification command;
    command.plugin = "plugin";
    command.prefix = std::move(prefix);
    command.aliases = std::move(aliases);
    command.options = std::move(options);
    PROMISE(invalid_command(command).empty());
    return command;
}

/// One with every type of option, several words, Han prefixes and a rest of the line.
Catalogue make_catalogue() {
    auto integer = option("sides", OptionType::Integer);
    integer.minimum = 2;
    integer.maximum = 1000;
    integer.otherwise = "6";
    auto choice = option("colour", OptionType::Choice);
    choice.choices = {"red", "Blue", "绿"};
    auto rest = option("what", OptionType::Text);
    rest.rest = true;
    std::vector<CommandSpecification> commands;
    commands.push_back(command("/dice", {"/骰子"}, {integer, option("factor", OptionType::Number)}));
    commands.push_back(command("/poll", {}, {choice, option("open", OptionType::Boolean)}));
    commands.push_back(
        command("/poll close", {"/投票 结束"}, {option("who", OptionType::User), option("room", OptionType::Room)}));
    commands.push_back(command("/remind", {"/提醒"}, {option("when", OptionType::Duration), rest}));
    commands.push_back(command("/say", {}, {option("word", OptionType::Text), option("other", OptionType::Text)}));
    return {std::move(commands), 1};
}

void check_arguments(const CommandSpecification& command, std::string_view line, std::size_t begin) {
    const auto arguments = parse_arguments(command, line, begin);
    if (!arguments) {
        const auto& problem = arguments.error();
        PROMISE(problem.code == ErrorCode::BadArgument || problem.code == ErrorCode::MissingArgument);
        PROMISE(problem.position && *problem.position <= code_points(line));
        PROMISE(!problem.usage.empty());
        return;
    }
    for (const auto& argument : *arguments) {
        // The canonical spelling is its own canonical spelling.
        for (const auto& option : command.options) {
            if (option.name != argument.name) continue;
            const auto again = read_value(option, argument.text);
            PROMISE(again && again->text == argument.text && again->integer == argument.integer);
        }
    }
}

void check_line(const Catalogue& catalogue, std::string_view line) {
    if (line_kind(line) == LineKind::EscapedSlash) PROMISE(without_escape(line).size() < line.size());
    const auto match = catalogue.match(line);
    if (!match) {
        PROMISE(match.error().code == ErrorCode::UnknownCommand && match.error().suggestions.size() <= 3);
        return;
    }
    PROMISE(match->arguments_begin <= line.size());
    check_arguments(*match->command, line, match->arguments_begin);
}

void check_texts(std::string_view text) {
    const auto prefix = normalised_prefix(text);
    PROMISE(normalised_prefix(prefix) == prefix);
    if (const auto name = check_user_name(text)) PROMISE(*check_user_name(*name) == *name);
    if (const auto title = check_title(text)) PROMISE(*check_title(*title) == *title);
    for (const auto& name : mentions(text)) PROMISE(check_user_name(name) && *check_user_name(name) == name);
}

}  // namespace
}  // namespace riposte

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const riposte::Catalogue catalogue = riposte::make_catalogue();
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    riposte::check_line(catalogue, line);
    riposte::check_texts(line);
    static_cast<void>(riposte::help(catalogue, line, "zh-CN", riposte::Audience::Operator));
    return 0;
}
