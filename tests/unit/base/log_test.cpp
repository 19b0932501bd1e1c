#include "base/log.hpp"

#include <gmock/gmock.h>

namespace riposte {
namespace {

using ::testing::HasSubstr;
using ::testing::internal::CaptureStderr;
using ::testing::internal::GetCapturedStderr;

std::string logged(log::Format format, log::Level lowest, const std::function<void()>& write) {
    CaptureStderr();
    log::start(lowest, format);
    write();
    return GetCapturedStderr();
}

TEST(Log, AJsonLineHasTimeLevelEventAndFields) {
    const auto line = logged(log::Format::Json, log::Level::Info, [] {
        log::info("plugin live", {{"plugin", "dice"}, {"generation", 3}, {"seconds", 0.5}});
    });
    EXPECT_THAT(
        line, testing::MatchesRegex("\\{\"time\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z\","
                                    "\"level\":\"info\",\"event\":\"plugin live\",\"plugin\":\"dice\",\"generation\":3,"
                                    "\"seconds\":0.5[0]*\\}\n"));
}

TEST(Log, WhatAPluginOrPeerSaysCannotBreakOutOfAJsonLine) {
    const auto line = logged(log::Format::Json, log::Level::Info, [] {
        log::error("refused", {{"reason", "quote \" backslash \\ newline \n tab \t bell \x07"}, {"name", "天气"}});
    });
    EXPECT_THAT(line,
                HasSubstr(R"("reason":"quote \" backslash \\ newline \u000a tab \u0009 bell \u0007","name":"天气"})"));
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

TEST(Log, FormatPlaceholdersAreOnlyText) {
    const auto line = logged(log::Format::Text, log::Level::Info, [] { log::info("odd {} %v", {{"what", "{0}"}}); });
    EXPECT_THAT(line, HasSubstr("odd {} %v  what={0}\n"));
}

TEST(Log, TextQuotesOnlyWhatNeedsIt) {
    const auto line = logged(log::Format::Text, log::Level::Info, [] {
        log::warning("slow", {{"room", "kitchen"}, {"title", "The kitchen"}, {"ms", 12}, {"lines", "a\nb"}});
    });
    EXPECT_THAT(line, HasSubstr("W slow  room=kitchen  title=\"The kitchen\"  ms=12  lines=\"a\\u000ab\"\n"));
}

TEST(Log, WhatIsBelowTheLevelIsNotWritten) {
    const auto lines = logged(log::Format::Text, log::Level::Warning, [] {
        log::debug("no");
        log::info("no");
        log::warning("first");
        log::error("second");
    });
    EXPECT_THAT(lines, testing::AllOf(HasSubstr("first"), HasSubstr("second"), testing::Not(HasSubstr("no"))));
}

}  // namespace
}  // namespace riposte
