#include "protocol/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string name(std::string_view text) {
    const auto checked = check_user_name(text);
    return checked ? *checked : "refused: " + checked.error().argument;
}

TEST(Text, ANameHasOneSpelling) {
    EXPECT_EQ(name("alice"), "alice");
    EXPECT_EQ(name("Alice_2"), "alice_2");
    EXPECT_EQ(name("ＡＬＩＣＥ"), "alice");
    EXPECT_EQ(name("张三"), "张三");
    EXPECT_EQ(name("aH\xCC\xB1"), name("ah\xCC\xB1"));
    EXPECT_EQ(name("aH\xCC\xB1"), "a\xE1\xBA\x96");
    EXPECT_EQ(name("ren\x65\xCC\x81"), "ren\xC3\xA9");
}

TEST(Text, ANameIsLettersAndDigits) {
    for (const auto* wrong : {"", "a", "two words", "a@b", "a/b", "a.b", "🎲🎲", "tab\there", "\xFF\xFF",
                              "a\xE2\x80\x8Ez", "123456789012345678901234567890123"})
        EXPECT_EQ(name(wrong), "refused: name") << wrong;
    EXPECT_EQ(name(std::string(32, 'x')), std::string(32, 'x'));
}

TEST(Text, ATitleIsTrimmedAndOneLine) {
    EXPECT_EQ(*check_title("　Tea round "), "Tea round");
    EXPECT_EQ(check_title("two\nlines").error().argument, "title");
    EXPECT_EQ(check_title("   ").error().code, ErrorCode::InvalidValue);
    std::string long_title;
    for (int i = 0; i < 120; ++i) long_title += "天";
    EXPECT_TRUE(check_title(long_title));
    EXPECT_FALSE(check_title(long_title + "天"));
}

TEST(Text, ARoomAddressIsLowerCase) {
    EXPECT_TRUE(check_room_uri("tea-2"));
    for (const auto* wrong : {"", "ab", "Tea", "tea room", "tea_room", "茶茶茶"})
        EXPECT_EQ(check_room_uri(wrong).error().argument, "uri") << wrong;
    EXPECT_FALSE(check_room_uri(std::string(65, 'a')));
}

TEST(Text, AClientMessageIdIsShortAscii) {
    EXPECT_TRUE(check_client_msg_id("Az09_-"));
    EXPECT_FALSE(check_client_msg_id(""));
    EXPECT_FALSE(check_client_msg_id("a b"));
    EXPECT_TRUE(check_client_msg_id(std::string(64, 'a')));
    EXPECT_FALSE(check_client_msg_id(std::string(65, 'a')));
}

TEST(Text, AMessageSaysSomethingInUpTo16KiB) {
    EXPECT_TRUE(check_message_text("line\n\tline 🎲"));
    for (const auto* wrong : {"", " \n\t　", "bell\a", "carriage\r\nreturn", "\xC2\x85", "\xED\xA0\x80"})
        EXPECT_EQ(check_message_text(wrong).error().argument, "text") << wrong;
    EXPECT_FALSE(check_message_text(std::string_view("nul\0", 4)));
    EXPECT_TRUE(check_message_text(std::string(16 * 1024, 'a')));
    EXPECT_FALSE(check_message_text(std::string(16 * 1024 + 1, 'a')));
}

TEST(Text, AnEmojiIsOneAndNothingElse) {
    for (const auto* right :
         {"👍", "❤️", "☕", "👨‍👩‍👧‍👦", "1️⃣", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"})
        EXPECT_TRUE(check_emoji(right)) << right;
    for (const auto* wrong : {"", "a", "1", "你", "ひ", "👍 ", "<b>", "\xED\xA0\x80", "\xE2\x80\x8D", "👍👍👍👍👍👍👍👍👍👍👍"})
        EXPECT_EQ(check_emoji(wrong).error().argument, "emoji") << wrong;
}

TEST(Text, AFilesNameIsTheLastPartOfItsPath) {
    EXPECT_EQ(*check_file_name("tea.txt"), "tea.txt");
    EXPECT_EQ(*check_file_name("C:\\tmp\\../计划.pdf"), "计划.pdf");
    for (const auto* wrong : {"", "/", "a/", "line\nbreak"}) EXPECT_FALSE(check_file_name(wrong)) << wrong;
}

TEST(Text, FindsWhoIsMentioned) {
    EXPECT_THAT(mentions("@alice, and (@Bob) @alice again"), ElementsAre("alice", "bob"));
    EXPECT_THAT(mentions("问@张三：你好"), ElementsAre("张三"));
    EXPECT_THAT(mentions("＠张三"), ElementsAre("张三"));
    EXPECT_THAT(mentions("mail@example.org @ @a"), IsEmpty());
    EXPECT_THAT(mentions(""), IsEmpty());
}

TEST(Text, CountsAtMostFiftyMentions) {
    std::string text;
    for (int i = 0; i < 80; ++i) text += "@user" + std::to_string(i) + ' ';
    EXPECT_EQ(mentions(text).size(), 50u);
}

}  // namespace
}  // namespace riposte
