#include "commands/duration.hpp"

#include <gtest/gtest.h>

namespace riposte {
namespace {

/// "canonical|what is left", or "?".
std::string read(std::string_view text) {
    const auto duration = read_duration(text);
    return duration ? to_string(duration->length) + '|' + std::string(text.substr(duration->bytes)) : "?";
}

TEST(Duration, IsReadAsPeopleWriteIt) {
    const std::pair<const char*, const char*> cases[] = {
        {"90s", "1m30s|"},
        {"10m", "10m|"},
        {"1h30m", "1h30m|"},
        {"1h 30m", "1h30m|"},
        {"2 days", "2d|"},
        {"2 Days", "2d|"},
        {"1 hour 30 minutes", "1h30m|"},
        {"1.5h", "1h30m|"},
        {"0.5s", "0.5s|"},
        {"1w", "7d|"},
        {"0m", "0s|"},
        {"10 minutes tea", "10m| tea"},
        {"10m 2 cups of tea", "10m| 2 cups of tea"},
        {"10m 2 days off", "10m| 2 days off"},
        {"1h 30 press-ups", "1h| 30 press-ups"},
        {"１０ｍ", "?"},
        {"１０分钟", "10m|"},
        {"10分钟", "10m|"},
        {"2小时", "2h|"},
        {"2 个小时", "2h|"},
        {"１小时３０分", "1h30m|"},
        {"半小时", "30m|"},
        {"半个小时", "30m|"},
        {"一个半小时", "1h30m|"},
        {"两天", "2d|"},
        {"三十五分钟", "35m|"},
        {"十五分钟后 开会", "15m| 开会"},
        {"10分钟喝水", "10m|喝水"},
        {"10分钟以后喝水", "10m|喝水"},
        {"一个星期", "7d|"},
    };
    for (const auto& [text, wanted] : cases) EXPECT_EQ(read(text), wanted) << text;
}

TEST(Duration, NothingElseIsOne) {
    for (const auto* text : {"", "10", "m", "10months", "10ms", "soon", "-5m", "1h30", "1.2.3h", ".h", "5 000 days",
                             "99999 weeks", "天气", "一百"})
        EXPECT_EQ(read(text), "?") << text;
}

TEST(Duration, TheCanonicalFormReadsBack) {
    using std::chrono::milliseconds;
    for (const std::int64_t ms : {0, 1, 500, 999, 1000, 1500, 59'999, 60'000, 3'661'001, 90'061'000, 604'800'000}) {
        const auto text = to_string(milliseconds(ms));
        const auto back = read_duration(text);
        ASSERT_TRUE(back) << text;
        EXPECT_EQ(back->length.count(), ms) << text;
        EXPECT_EQ(back->bytes, text.size()) << text;
    }
}

}  // namespace
}  // namespace riposte
