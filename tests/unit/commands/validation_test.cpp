#include "commands/validation.hpp"
#include "unit/commands/declare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte {
namespace {

using testing::HasSubstr;

OptionSpecification changed(OptionSpecification option, void (*change)(OptionSpecification&)) {
    change(option);
    return option;
}

TEST(Validation, AcceptsAGoodDeclaration) {
    auto colour = option("colour", OptionType::Choice);
    colour.choices = {"red", "blue"};
    colour.otherwise = "red";
    auto text = rest("text");
    text.required = false;
    EXPECT_EQ(invalid_command(declare("p", "/paint it", {"/画"}, {required("n", OptionType::Integer), colour, text})),
              "");
}

TEST(Validation, SaysWhatIsWrong) {
    const auto sides = option("sides", OptionType::Integer);
    const std::pair<CommandSpecification, const char*> cases[] = {
        {declare("p", "paint"), "does not begin with"},
        {declare("p", "/help"), "is the host's own"},
        {declare("p", "/a", {"b"}), "prefix \"b\""},
        {declare("p", "/a", {}, {option("two words", OptionType::Text)}), "has a name"},
        {declare("p", "/a", {}, {sides, sides}), "declared twice"},
        {declare("p", "/a", {}, {rest("r"), required("x", OptionType::Text)}), "not the last"},
        {declare("p", "/a", {}, {sides, required("x", OptionType::Text)}), "follows one that is not"},
        {declare("p", "/a", {}, {option("c", OptionType::Choice)}), "needs choices"},
        {declare("p", "/a", {}, {changed(sides, [](auto& o) { o.rest = true; })}), "is not a text"},
        {declare("p", "/a", {}, {changed(sides, [](auto& o) { o.minimum = 3, o.maximum = 2; })}), "above its maximum"},
        {declare("p", "/a", {}, {changed(sides, [](auto& o) { o.otherwise = "six"; })}),
         "refuses: sides must be a whole"},
        {declare("p", "/a", {}, {changed(sides, [](auto& o) { o.otherwise = "6", o.required = true; })}),
         "yet has a default"},
    };
    for (const auto& [command, fault] : cases)
        EXPECT_THAT(invalid_command(command), HasSubstr(fault)) << command.prefix;
}

}  // namespace
}  // namespace riposte
