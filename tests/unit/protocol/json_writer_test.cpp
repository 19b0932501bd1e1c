#include "protocol/json.hpp"
#include "protocol/json_reader.hpp"

#include <gtest/gtest.h>

#include <random>

namespace riposte {
namespace {

const auto message_id = *Uuid::parse("0190b5a0-0000-7000-8000-000000000001");
const auto invocation_id = *Uuid::parse("0190b5a0-0000-7000-8000-000000000002");

User alice() { return {UserId{7}, "alice", "Alice 🎲", false, true}; }
constexpr auto alice_json = R"({"name":"alice","display_name":"Alice 🎲","bot":false,"admin":true})";

Message message() {
    Message message;
    message.id = message_id;
    message.room = "tea";
    message.seq = 5;
    message.author = alice();
    message.text = "say \"hi\"\n";
    message.created_at = 1700000000000;
    message.client_msg_id = "c1";
    return message;
}
const std::string message_json =
    std::string(R"({"id":"0190b5a0-0000-7000-8000-000000000001","room":"tea","seq":5,"author":)") + alice_json +
    R"(,"text":"say \"hi\"\n","created_at":1700000000000,"edited_at":null,"deleted":false,)"
    R"("reply_to":null,"invocation":null,"client_msg_id":"c1","state":"posted","command":false})";

TEST(JsonWriter, EscapesWhatJsonAndOneLineNeed) {
    EXPECT_EQ(to_json(std::string("a\"b\\c\nd\te\x01\x7f")), R"("a\"b\\c\nd\te\u0001)"
                                                             "\x7f\"");
    EXPECT_EQ(to_json(std::string("天气🎲")), "\"天气🎲\"");
    EXPECT_EQ(to_json(std::string()), "\"\"");
}

TEST(JsonWriter, BrokenUtf8BecomesTheReplacementCharacter) {
    EXPECT_EQ(to_json(std::string("a\xFFz\xE5\xA4")), "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD\"");
    EXPECT_EQ(to_json(std::string("\xED\xA0\x80")).find('\xED'), std::string::npos);
}

TEST(JsonWriter, AnyBytesGiveJsonThatReadsBack) {
    std::mt19937 random(20240229);
    for (int round = 0; round < 2000; ++round) {
        std::string text(random() % 40, ' ');
        for (char& c : text) c = static_cast<char>(random());
        const auto document = parse_json(to_json(std::vector<std::string>{text, "end"}));
        ASSERT_TRUE(document) << testing::PrintToString(text);
        ASSERT_EQ(document->root().elements().size(), 2u);
    }
}

TEST(JsonWriter, WritesNumbersExactly) {
    EXPECT_EQ(to_json(std::int64_t{-9223372036854775807 - 1}), "-9223372036854775808");
    EXPECT_EQ(to_json(std::uint64_t{18446744073709551615u}), "18446744073709551615");
    EXPECT_EQ(to_json(0.1), "0.1");
    EXPECT_EQ(to_json(std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonWriter, BuildsObjectsForHandlers) {
    std::string out;
    json_object(out)
        .field("rooms", std::vector<std::string>{"a", "b"})
        .field("next", 7)
        .field("ok", true)
        .field("none", std::optional<int>{})
        .field_if("left_out", std::optional<int>{})
        .field_if("empty", "")
        .field("present", std::map<std::string, std::vector<std::string>>{{"tea", {"alice"}}});
    EXPECT_EQ(out, R"({"rooms":["a","b"],"next":7,"ok":true,"none":null,"present":{"tea":["alice"]}})");
}

TEST(Json, AMessage) { EXPECT_EQ(to_json(message()), message_json); }

TEST(Json, ARoomAsAMemberAndAsAStrangerSeeIt) {
    Room room;
    room.uri = "tea";
    room.title = "Tea";
    room.visibility = RoomVisibility::Public;
    room.last_seq = 9;
    room.member_count = 2;
    room.role = Role::Owner;
    room.last_read_seq = 4;
    room.unread = 3;
    room.mentions = 1;
    EXPECT_EQ(to_json(room),
              R"({"uri":"tea","kind":"room","title":"Tea","visibility":"public","last_seq":9,"member_count":2,)"
              R"("role":"owner","last_read_seq":4,"unread":3,"mentions":1,"peer":null,)"
              R"("notify":"mentions","muted":false,"slow_mode_s":0,"reports":0,"closed":false})");
    room.role.reset();
    room.peer = alice();
    EXPECT_NE(to_json(room).find(R"("role":null)"), std::string::npos);
    EXPECT_NE(to_json(room).find(std::string(R"("peer":)") + alice_json), std::string::npos);
}

TEST(Json, EveryKindOfRoomEvent) {
    Event event;
    event.room = "tea";
    event.seq = 5;
    event.actor = "bob";
    event.message = message();
    event.message_id = message_id;
    event.user = alice();
    event.change = Change::Removed;
    event.title = "Tea";
    event.invocation = invocation_id;
    event.plugin = "dice";
    event.code = ErrorCode::TimedOut;
    const std::string id = R"("0190b5a0-0000-7000-8000-000000000001")";
    const std::pair<Event::Kind, std::string> cases[] = {
        {Event::Kind::Post, R"({"event":"post","room":"tea","seq":5,"message":)" + message_json + "}"},
        {Event::Kind::Edit, R"({"event":"edit","room":"tea","seq":5,"message":)" + message_json + "}"},
        {Event::Kind::Delete, R"({"event":"delete","room":"tea","seq":5,"id":)" + id + R"(,"actor":"bob"})"},
        {Event::Kind::Membership, std::string(R"({"event":"membership","room":"tea","seq":5,"user":)") + alice_json +
                                      R"(,"change":"removed","role":"member","actor":"bob","hears":false})"},
        {Event::Kind::Room,
         R"({"event":"room","room":"tea","seq":5,"title":"Tea","visibility":"private","slow_mode_s":0,"closed":false,"actor":"bob"})"},
        {Event::Kind::CommandFailed,
         R"({"event":"command_failed","room":"tea","seq":5,"message_id":)" + id +
             R"(,"invocation":"0190b5a0-0000-7000-8000-000000000002","plugin":"dice","code":"timed_out"})"},
    };
    for (const auto& [kind, json] : cases) {
        event.kind = kind;
        EXPECT_EQ(to_json(event), json);
    }
}

TEST(Json, AProblemSaysOnlyWhatItKnows) {
    Problem problem;
    problem.code = ErrorCode::UnknownCommand;
    std::string out;
    append_json(out, problem, "r1");
    EXPECT_EQ(
        out,
        R"({"type":"about:blank","status":422,"code":"unknown_command","title":"Unknown command","request_id":"r1"})");

    problem.detail = "no /dcie";
    problem.argument = "sides";
    problem.position = 6;
    problem.usage = "/dice [sides=6]";
    problem.suggestions = {"/dice"};
    problem.retry_after_s = 3;
    out.clear();
    append_json(out, problem, "r2");
    EXPECT_EQ(
        out,
        R"({"type":"about:blank","status":422,"code":"unknown_command","title":"Unknown command","detail":"no /dcie",)"
        R"("argument":"sides","position":6,"usage":"/dice [sides=6]","suggestions":["/dice"],"retry_after_s":3,)"
        R"("request_id":"r2"})");
}

TEST(Json, AnInvite) {
    Invite invite;
    invite.id = 3;
    invite.created_by = "alice";
    invite.created_at = 1;
    invite.uses_left = 2;
    std::string out;
    append_json(out, invite, "");
    EXPECT_EQ(
        out,
        R"({"id":3,"created_by":"alice","created_at":1,"expires_at":null,"uses_left":2,"uses":0,"revoked":false})");
    invite.token = "t";
    out.clear();
    append_json(out, invite, "http://x/i/t");
    EXPECT_EQ(out.find(R"({"id":3,"token":"t","url":"http://x/i/t",)"), 0u) << out;
}

TEST(Json, AMemberAndASearchHit) {
    std::string out;
    append_json(out, Member{alice(), Role::Moderator, 12}, true, false);
    EXPECT_EQ(out, std::string(R"({"user":)") + alice_json +
                       R"(,"role":"moderator","joined_at":12,"present":true,"hears":false})");
    EXPECT_EQ(to_json(SearchHit{message(), "Tea", "…hi…"}),
              R"({"message":)" + message_json + R"(,"room":{"uri":"tea","title":"Tea"},"excerpt":"…hi…"})");
}

}  // namespace
}  // namespace riposte
