#include "author/samples.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

CommandSpecification command(const std::string& prefix, std::vector<OptionSpecification> options) {
    CommandSpecification result;
    result.plugin = "demo";
    result.prefix = prefix;
    result.options = std::move(options);
    return result;
}

PluginDescription demo() {
    PluginDescription description;
    description.id = "demo";
    description.commands = {
        command("/plain", {}),
        command("/all", {{.name = "count", .type = OptionType::Integer, .required = true, .minimum = 5, .maximum = 9},
                         {.name = "kind", .type = OptionType::Choice, .required = true, .choices = {"red", "blue"}},
                         {.name = "sure", .type = OptionType::Boolean, .required = true},
                         {.name = "time", .type = OptionType::Duration, .required = true, .minimum = 60},
                         {.name = "share", .type = OptionType::Number, .required = true, .maximum = 0.5},
                         {.name = "who", .type = OptionType::User, .required = true}}),
        command("/say", {{.name = "title", .type = OptionType::Text, .maximum = 3},
                         {.name = "text", .type = OptionType::Text, .rest = true}}),
    };
    return description;
}

TEST(Samples, EveryCommandCanBeCalledWithinItsRanges) {
    const auto samples = samples_of(demo(), SampleText::Plain);
    ASSERT_EQ(samples.size(), 3u);
    EXPECT_EQ(samples[0].line, "/plain");
    ASSERT_EQ(samples[1].arguments.size(), 6u);
    EXPECT_EQ(samples[1].arguments[0].integer, 5);
    EXPECT_EQ(samples[1].arguments[1].text, "red");
    EXPECT_EQ(samples[1].arguments[3].integer, 60'000);
    EXPECT_EQ(samples[1].arguments[4].number, 0.5);
    EXPECT_TRUE(samples[2].arguments.empty());
}

TEST(Samples, TextsAreAsLongAsTheyMayBe) {
    const auto samples = samples_of(demo(), SampleText::Large);
    ASSERT_EQ(samples.size(), 1u);
    ASSERT_EQ(samples[0].arguments.size(), 2u);
    EXPECT_EQ(samples[0].arguments[0].text, "xxx");
    EXPECT_EQ(samples[0].arguments[1].text.size(), 64u * 1024);
}

TEST(Samples, TextsOfAnyScript) {
    const auto samples = samples_of(demo(), SampleText::Unicode);
    ASSERT_EQ(samples.size(), 1u);
    EXPECT_EQ(samples[0].arguments[0].text, "北京 ");
    EXPECT_THAT(samples[0].arguments[1].text, testing::HasSubstr("🎲"));
}

}  // namespace
}  // namespace riposte
