#include "commands/arguments.hpp"
#include "unit/commands/declare.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// "name=value name=value", or "code argument @position".
std::string parsed(const CommandSpecification& command, std::string_view line) {
    const auto arguments = parse_arguments(command, line, command.prefix.size());
    if (!arguments) {
        const auto& problem = arguments.error();
        return std::string(info(problem.code).name) + ' ' + problem.argument + " @" +
               std::to_string(problem.position.value_or(999));
    }
    std::string text;
    for (const auto& argument : *arguments) text += (text.empty() ? "" : " ") + argument.name + '=' + argument.text;
    return text;
}

CommandSpecification with(std::vector<OptionSpecification> options) {
    return declare("test", "/x", {}, std::move(options));
}

CommandSpecification dice() {
    auto sides = option("sides", OptionType::Integer);
    sides.minimum = 2;
    sides.maximum = 1000;
    sides.otherwise = "6";
    auto count = option("count", OptionType::Integer);
    count.minimum = 1;
    return with({sides, count});
}

struct Case {
    const char* line;
    const char* wanted;
};

void expect_all(const CommandSpecification& command, std::initializer_list<Case> cases) {
    for (const auto& [line, wanted] : cases) EXPECT_EQ(parsed(command, line), wanted) << line;
}

TEST(Arguments, PositionalAndNamed) {
    expect_all(dice(), {
                           {"/x", "sides=6"},
                           {"/x 20", "sides=20"},
                           {"/x 20 3", "sides=20 count=3"},
                           {"/x sides=20", "sides=20"},
                           {"/x SIDES=20", "sides=20"},
                           {"/x count=3", "sides=6 count=3"},
                           {"/x count=3 20", "sides=20 count=3"},
                           {"/x sides=\"20\" count=“3”", "sides=20 count=3"},
                           {"/x   20\t3 ", "sides=20 count=3"},
                           {"/x +20", "sides=20"},
                       });
}

TEST(Arguments, AChineseKeyboardMayStayOn) {
    expect_all(dice(), {
                           {"/x　２０　３", "sides=20 count=3"},
                           {"/x sides＝２０", "sides=20"},
                           {"/x＋２０", "sides=20"},
                       });
    const auto two_words = with({required("city", OptionType::Text), option("day", OptionType::Text)});
    expect_all(two_words, {
                              {"/x “新 约克” 明天", "city=新 约克 day=明天"},
                              {"/x ”新 约克“", "city=新 约克"},
                              {"/x “北京”“明天”", "city=北京 day=明天"},
                              {"/x city＝北京", "city=北京"},
                          });
}

TEST(Arguments, ErrorsPointAtTheCodePoint) {
    expect_all(dice(), {
                           {"/x abc", "bad_argument sides @3"},
                           {"/x 1", "bad_argument sides @3"},
                           {"/x 1001", "bad_argument sides @3"},
                           {"/x 2.5", "bad_argument sides @3"},
                           {"/x 99999999999999999999", "bad_argument sides @3"},
                           {"/x 6 many", "bad_argument count @5"},
                           {"/x　　６　许多", "bad_argument count @6"},
                           {"/x sides=many", "bad_argument sides @9"},
                           {"/x 6 2 extra", "bad_argument  @7"},
                           {"/x 6 sides=7", "bad_argument sides @5"},
                           {"/x sides=6 sides=7", "bad_argument sides @11"},
                           {"/x \"20", "bad_argument sides @3"},
                           {"/x side=7", "bad_argument sides @3"},
                       });
    const auto problem = parse_arguments(dice(), "/x 1", 2).error();
    EXPECT_EQ(problem.usage, "/x [sides=6] [count]");
    EXPECT_THAT(problem.detail, HasSubstr("sides must be 2 to 1000"));
}

TEST(Arguments, WhatIsMissingIsMissingAtTheEnd) {
    const auto weather = with({required("city", OptionType::Text), required("day", OptionType::Text)});
    expect_all(weather, {
                            {"/x", "missing_argument city @2"},
                            {"/x  ", "missing_argument city @2"},
                            {"/x 北京", "missing_argument day @5"},
                            {"/x day=1", "missing_argument city @8"},
                        });
}

TEST(Arguments, QuotesAndEscapes) {
    const auto two = with({required("a", OptionType::Text), option("b", OptionType::Text)});
    expect_all(two, {
                        {R"(/x "one two" three)", "a=one two b=three"},
                        {R"(/x "say \"hi\"" b)", R"(a=say "hi" b=b)"},
                        {R"(/x "back\\slash")", R"(a=back\slash)"},
                        {R"(/x "C:\dir")", R"(a=C:\dir)"},
                        {R"(/x "")", "a="},
                        {R"(/x b="" a)", "a=a b="},
                        {R"(/x it's fine)", "a=it's b=fine"},
                        {R"(/x 5"x3")", R"(a=5"x3")"},
                        {R"(/x k=v)", "a=k=v"},
                    });
}

TEST(Arguments, TheRestOfTheLineAsItStands) {
    const auto ask = with({rest("question")});
    expect_all(ask, {
                        {"/x how  do I \"quit\" vim?", "question=how  do I \"quit\" vim?"},
                        {"/x  怎么　退出　", "question=怎么　退出"},
                        {"/x question=a b", "question=a b"},
                        {"/x a question=b", "question=a question=b"},
                        {"/x two\nlines", "question=two\nlines"},
                        {"/x \"unclosed", "question=\"unclosed"},
                        {"/x", "missing_argument question @2"},
                    });
    const auto remind = with({required("when", OptionType::Duration), rest("what")});
    expect_all(remind, {
                           {"/x 10m tea", "when=10m what=tea"},
                           {"/x 2 days tea for 2", "when=2d what=tea for 2"},
                           {"/x 10分钟喝水", "when=10m what=喝水"},
                           {"/x what=tea in 10m", "missing_argument when @18"},
                           {"/x when=\"1 hour\" tea", "when=1h what=tea"},
                           {"/x when=1 hour tea", "when=1h what=tea"},
                           {"/x tea", "bad_argument when @3"},
                       });
}

TEST(Arguments, EveryTypeHasOneSpelling) {
    struct TypeCase {
        OptionType type;
        const char* text;
        const char* wanted;
    };
    const TypeCase cases[] = {
        {OptionType::Integer, "-007", "v=-7"},
        {OptionType::Integer, "−３", "v=-3"},
        {OptionType::Integer, "7x", "bad_argument v @3"},
        {OptionType::Integer, "+-7", "bad_argument v @3"},
        {OptionType::Number, "2.50", "v=2.5"},
        {OptionType::Number, "２．５", "v=2.5"},
        {OptionType::Number, "1e3", "v=1000"},
        {OptionType::Number, "nan", "bad_argument v @3"},
        {OptionType::Number, "inf", "bad_argument v @3"},
        {OptionType::Number, "1,5", "bad_argument v @3"},
        {OptionType::Boolean, "YES", "v=true"},
        {OptionType::Boolean, "off", "v=false"},
        {OptionType::Boolean, "是", "v=true"},
        {OptionType::Boolean, "０", "v=false"},
        {OptionType::Boolean, "maybe", "bad_argument v @3"},
        {OptionType::User, "@Alice", "v=alice"},
        {OptionType::User, "张三", "v=张三"},
        {OptionType::User, "＠张三", "v=张三"},
        {OptionType::User, "@", "bad_argument v @3"},
        {OptionType::User, "@a!b", "bad_argument v @3"},
        {OptionType::Room, "#Tea-Room", "v=tea-room"},
        {OptionType::Room, "no_room", "bad_argument v @3"},
        {OptionType::Duration, "90s", "v=1m30s"},
        {OptionType::Duration, "90", "bad_argument v @3"},
    };
    for (const auto& [type, text, wanted] : cases)
        EXPECT_EQ(parsed(with({required("v", type)}), std::string("/x ") + text), wanted) << text;
}

TEST(Arguments, ValuesComeInTheirOwnType) {
    const auto all = with({required("i", OptionType::Integer), required("n", OptionType::Number),
                           required("b", OptionType::Boolean), required("d", OptionType::Duration)});
    const auto arguments = parse_arguments(all, "/x 3 2.5 on 1m30s", 2);
    ASSERT_TRUE(arguments);
    EXPECT_EQ((*arguments)[0].integer, 3);
    EXPECT_EQ((*arguments)[0].number, 3.0);
    EXPECT_EQ((*arguments)[1].number, 2.5);
    EXPECT_TRUE((*arguments)[2].boolean);
    EXPECT_EQ((*arguments)[3].integer, 90'000);
}

TEST(Arguments, AChoiceIsOneOfThoseDeclared) {
    auto colour = required("colour", OptionType::Choice);
    colour.choices = {"Red", "green", "蓝"};
    const auto command = with({colour});
    expect_all(command, {{"/x red", "colour=Red"},
                         {"/x GREEN", "colour=green"},
                         {"/x 蓝", "colour=蓝"},
                         {"/x pink", "bad_argument colour @3"}});
    const auto problem = parse_arguments(command, "/x gren", 2).error();
    EXPECT_THAT(problem.suggestions, ElementsAre("green"));
    EXPECT_THAT(problem.detail, HasSubstr("Red, green, 蓝"));
}

TEST(Arguments, LimitsOfTextsAndDurations) {
    auto word = required("word", OptionType::Text);
    word.minimum = 2;
    word.maximum = 3;
    expect_all(with({word}),
               {{"/x 天", "bad_argument word @3"}, {"/x 天气", "word=天气"}, {"/x abcd", "bad_argument word @3"}});
    auto when = required("when", OptionType::Duration);
    when.minimum = 60;
    when.maximum = 3600;
    expect_all(with({when}),
               {{"/x 59s", "bad_argument when @3"}, {"/x 1m", "when=1m"}, {"/x 1h1s", "bad_argument when @3"}});
    EXPECT_THAT(parse_arguments(with({when}), "/x 59s", 2).error().detail, HasSubstr("when must be 1m to 1h"));
}

TEST(Arguments, ACommandWithoutOptionsTakesNone) {
    EXPECT_EQ(parsed(with({}), "/x"), "");
    EXPECT_EQ(parsed(with({}), "/x y"), "bad_argument  @3");
}

TEST(Usage, ShowsWhatIsRequired) {
    EXPECT_EQ(usage(dice()), "/x [sides=6] [count]");
    EXPECT_EQ(usage(with({required("when", OptionType::Duration), rest("what")})), "/x <when> <what…>");
}

TEST(LocalisedText, FallsBackToTheLanguageAndThenToEnglish) {
    const LocalisedText text{"hi", {{"zh-CN", "你好"}, {"de", "hallo"}}};
    const std::pair<const char*, const char*> cases[] = {{"zh-CN", "你好"},  {"zh", "你好"}, {"zh-TW", "你好"},
                                                         {"de-AT", "hallo"}, {"en", "hi"},   {"fr", "hi"},
                                                         {"", "hi"},         {"z", "hi"}};
    for (const auto& [locale, wanted] : cases) EXPECT_EQ(text.in(locale), wanted) << locale;
}

}  // namespace
}  // namespace riposte
