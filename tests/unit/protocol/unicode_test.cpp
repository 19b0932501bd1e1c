#include "protocol/unicode.hpp"

#include <gtest/gtest.h>

namespace riposte {
namespace {

using namespace std::string_literals;

TEST(Unicode, AcceptsOnlyWellFormedUtf8) {
    for (const auto& good : {""s, "plain"s, "天气"s, "🎲"s, "\xF4\x8F\xBF\xBF"s, "\0"s})
        EXPECT_TRUE(valid_utf8(good)) << good;
    const std::pair<const char*, std::string> bad[] = {
        {"overlong slash", "\xC0\xAF"},
        {"overlong, three bytes", "\xE0\x80\xAF"},
        {"surrogate", "\xED\xA0\x80"},
        {"above U+10FFFF", "\xF4\x90\x80\x80"},
        {"cut short", "\xE5\xA4"},
        {"lone continuation", "\x80"},
        {"continuation missing", "\xE5 \xA4"},
        {"five bytes", "\xF8\x88\x80\x80\x80"},
    };
    for (const auto& [what, text] : bad) EXPECT_FALSE(valid_utf8(text)) << what;
}

TEST(Unicode, EveryCodePointReadsBackAsItWasWritten) {
    for (char32_t value = 0; value <= 0x10FFFF; value += value < 0x3000 ? 1 : 97) {
        if (value >= 0xD800 && value <= 0xDFFF) continue;
        std::string text;
        append_code_point(text, value);
        const auto point = code_point_at(text, 0);
        ASSERT_TRUE(point.valid) << std::hex << static_cast<std::uint32_t>(value);
        ASSERT_EQ(point.value, value);
        ASSERT_EQ(point.bytes, text.size());
        ASSERT_EQ(code_points(text), 1u);
    }
}

TEST(Unicode, TrimsTheSpacesOfEveryScript) {
    EXPECT_EQ(trimmed("\t 　天 气\xC2\xA0\n"), "天 气");
    EXPECT_EQ(trimmed(" 　 "), "");
    EXPECT_EQ(trimmed(""), "");
}

TEST(Unicode, ComposesWhatLooksTheSame) {
    EXPECT_EQ(composed("e\xCC\x81t\xC3\xA9"), "\xC3\xA9t\xC3\xA9");
    EXPECT_EQ(composed("ａｂ", Composition::Canonical), "ａｂ");
    EXPECT_EQ(composed("ａｂ", Composition::Compatible), "ab");
    EXPECT_EQ(composed("\xFF\xC3"), std::nullopt);
}

TEST(Unicode, WhatIsNotLookedAtNeedsNoComposing) {
    // The private U+E000 behind it makes composed() look at every code point.
    const auto unchanged = [](char32_t value) {
        std::string text;
        append_code_point(text, value);
        text += "\xEE\x80\x80";
        return composed(text) == text;
    };
    for (char32_t value = 1; value < 0x300; ++value) EXPECT_TRUE(unchanged(value)) << static_cast<std::uint32_t>(value);
    for (char32_t value = 0x3400; value <= 0x9FFF; ++value)
        EXPECT_TRUE(unchanged(value)) << static_cast<std::uint32_t>(value);
    EXPECT_FALSE(unchanged(0xF900));
}

TEST(Unicode, KnowsHanFromOtherWords) {
    EXPECT_TRUE(is_han(U'天'));
    EXPECT_FALSE(is_han(U'、'));
    EXPECT_FALSE(is_han(U'あ'));
    EXPECT_TRUE(is_word_character(U'é'));
    EXPECT_TRUE(is_word_character(U'ж'));
    EXPECT_TRUE(is_word_character(U'٣'));
    EXPECT_FALSE(is_word_character(U'🎲'));
    EXPECT_FALSE(is_word_character(U'，'));
}

}  // namespace
}  // namespace riposte
