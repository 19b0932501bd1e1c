#include "commands/typing.hpp"
#include "unit/commands/declare.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace riposte {
namespace {

/// "option=typed, before=value", or "nothing".
std::string typed(const CommandSpecification& command, std::string_view line) {
    const auto found = typed_argument(command, line, command.prefix.size());
    if (!found) return "nothing";
    std::string text = command.options[found->option].name + '=' + found->typed;
    for (const auto& argument : found->before) text += ", " + argument.name + '=' + argument.text;
    return text;
}

CommandSpecification convert() {
    return declare(
        "units", "/convert", {},
        {option("amount", OptionType::Number), option("from", OptionType::Text), option("to", OptionType::Text)});
}

TEST(Typing, FindsTheArgumentAtTheEndOfTheLine) {
    const auto command = convert();
    const std::pair<const char*, const char*> cases[] = {
        {"/convert", "amount="},
        {"/convert ", "amount="},
        {"/convert 3", "amount=3"},
        {"/convert 3 ", "from=, amount=3"},
        {"/convert 3 k", "from=k, amount=3"},
        {"/convert 3 km ", "to=, amount=3, from=km"},
        {"/convert 3 km mil", "to=mil, amount=3, from=km"},
        {"/convert 3 km mile ", "nothing"},
        {"/convert 3 km mile more", "nothing"},
        {"/convert 3 to=mi", "to=mi, amount=3"},
        {"/convert 3 to=", "to=, amount=3"},
        {"/convert 3 to=mile ", "from=, amount=3, to=mile"},
        {"/convert　３　公", "from=公, amount=3"},
        {"/convert 3 \"fl o", "from=fl o, amount=3"},
        {"/convert 3 “", "from=, amount=3"},
        {"/convert 3 \"fl oz\"", "from=fl oz, amount=3"},
        {"/convert three km m", "to=m, from=km"},  // what is wrong is skipped, but has had its place
    };
    for (const auto& [line, expected] : cases) EXPECT_EQ(typed(command, line), expected) << line;
}

TEST(Typing, ADurationHasSpacesAndARestHasAll) {
    auto rest = option("text", OptionType::Text);
    rest.rest = true;
    const auto remind = declare("remind", "/remind", {}, {option("in", OptionType::Duration), rest});
    EXPECT_EQ(typed(remind, "/remind 2 days wat"), "text=wat, in=2d");
    EXPECT_EQ(typed(remind, "/remind 10m call \"Bob"), "text=call \"Bob, in=10m");
    EXPECT_EQ(typed(remind, "/remind 10m"), "in=10m");
}

TEST(Typing, ACommandWithoutOptionsHasNothingToType) {
    EXPECT_EQ(typed(declare("poll", "/poll close", {}, {}), "/poll close "), "nothing");
    EXPECT_EQ(typed(declare("poll", "/poll close", {}, {}), "/poll close now"), "nothing");
}

}  // namespace
}  // namespace riposte
