#include "commands/help.hpp"
#include "commands/room_catalogue.hpp"
#include "unit/commands/declare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Catalogue dice_and_purge() {
    auto sides = option("sides", OptionType::Integer);
    sides.otherwise = "6";
    sides.summary = {"How many", {{"zh-CN", "面数"}}};
    auto dice = declare("dice", "/dice", {"/骰子"}, {sides});
    dice.summary = {"Rolls a die", {{"zh-CN", "掷骰子"}}};
    auto purge = declare("admin", "/purge");
    purge.audience = Audience::Owner;
    purge.visibility = CommandVisibility::Author;
    return {{dice, purge}, 1};
}

TEST(Help, ListsWhatOneMayGive) {
    const auto text = *help(dice_and_purge(), "", "en", Audience::Anyone);
    EXPECT_THAT(text, AllOf(HasSubstr("`/dice [sides=6]` Rolls a die"), HasSubstr("*dice*"),
                            HasSubstr("`/help [command…]`"), Not(HasSubstr("/purge"))));
    EXPECT_THAT(*help(dice_and_purge(), "", "en", Audience::Owner), HasSubstr("/purge"));
}

TEST(Help, SpeaksChinese) {
    EXPECT_THAT(*help(dice_and_purge(), " ", "zh-CN", Audience::Anyone),
                AllOf(HasSubstr("**命令**"), HasSubstr("掷骰子")));
}

TEST(Help, ExplainsOneCommand) {
    for (const auto* about : {"/dice", "dice", "DICE", "骰子", " ／dice "}) {
        const auto text = help(dice_and_purge(), about, "en", Audience::Anyone);
        ASSERT_TRUE(text) << about;
        EXPECT_THAT(*text, AllOf(HasSubstr("`/dice [sides=6]`"), HasSubstr("Rolls a die"), HasSubstr("`/骰子`"),
                                 HasSubstr("- `sides` (whole number, default `6`) How many")));
    }
    EXPECT_THAT(*help(dice_and_purge(), "purge", "en", Audience::Anyone),
                AllOf(HasSubstr("Only for: owners"), HasSubstr("Only you see the answer.")));
}

TEST(Help, DoesNotKnowEverything) {
    const auto problem = help(dice_and_purge(), "dcie", "en", Audience::Anyone).error();
    EXPECT_EQ(problem.code, ErrorCode::UnknownCommand);
    EXPECT_THAT(problem.suggestions, testing::ElementsAre("/dice"));
}

TEST(Help, IsKnownAsTheHostsOwn) {
    EXPECT_TRUE(is_help(*dice_and_purge().match("/help")->command));
    EXPECT_FALSE(is_help(*dice_and_purge().match("/dice")->command));
}

TEST(RoomCatalogue, HasNoCommandsOfPluginsThatAreNotThere) {
    const auto all = std::make_shared<const Catalogue>(dice_and_purge());
    EXPECT_EQ(without_plugins(all, {"nothing"}), all) << "the same where nothing is missing";
    const auto some = without_plugins(all, {"dice"});
    EXPECT_EQ(some->version(), all->version());
    EXPECT_THAT(*help(*some, "", "en", Audience::Owner),
                AllOf(HasSubstr("`/help [command…]`"), HasSubstr("/purge"), Not(HasSubstr("/dice"))));
    EXPECT_EQ(some->match("/dice").error().code, ErrorCode::UnknownCommand);
    EXPECT_EQ(help(*some, "dice", "en", Audience::Owner).error().code, ErrorCode::UnknownCommand);
    EXPECT_TRUE(some->match("/help"));
}

}  // namespace
}  // namespace riposte
