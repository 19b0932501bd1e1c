#include "protocol/events.hpp"
#include "protocol/json_reader.hpp"

#include <gtest/gtest.h>

namespace riposte {
namespace {

const auto id = *Uuid::parse("0190b5a0-0000-7000-8000-000000000001");
const std::string id_json = R"("0190b5a0-0000-7000-8000-000000000001")";

TEST(EventLines, AnAckOfAPostAndOfAnAuthorOnlyCommand) {
    Ack ack;
    ack.client_msg_id = "c1";
    ack.room = "tea";
    ack.id = id;
    ack.seq = 4;
    EXPECT_EQ(event_line::ack(ack),
              R"({"event":"ack","client_msg_id":"c1","room":"tea","id":)" + id_json + R"(,"seq":4})");
    ack.repeated = true;
    EXPECT_NE(event_line::ack(ack).find(R"("repeated":true)"), std::string::npos);

    Ack author_only;
    author_only.client_msg_id = "c2";
    author_only.room = "tea";
    author_only.invocation = id;
    EXPECT_EQ(event_line::ack(author_only),
              R"({"event":"ack","client_msg_id":"c2","room":"tea","invocation":)" + id_json + "}");
}

TEST(EventLines, ARefusedPostIsAProblemWithItsId) {
    Ack ack;
    ack.client_msg_id = "c1";
    ack.problem = Problem{};
    ack.problem->code = ErrorCode::Barred;
    EXPECT_EQ(event_line::ack(ack), R"({"event":"problem","client_msg_id":"c1","type":"about:blank","status":403,)"
                                    R"("code":"barred","title":"Barred from the room"})");
}

TEST(EventLines, EachSaysWhatTheProtocolHas) {
    EXPECT_EQ(event_line::done("7"), R"({"event":"done","ref":7})");
    EXPECT_EQ(event_line::done(""), R"({"event":"done"})");
    EXPECT_EQ(event_line::gap({"tea", 3, 900, 40, 2}),
              R"({"event":"gap","room":"tea","from":3,"to":900,"unread":40,"mentions":2})");
    EXPECT_EQ(event_line::stream("tea", id, 12, "wo"),
              R"({"event":"stream","room":"tea","message_id":)" + id_json + R"(,"offset":12,"text":"wo"})");
    EXPECT_EQ(event_line::presence("tea", {"a"}, {}), R"({"event":"presence","room":"tea","joined":["a"],"left":[]})");
    EXPECT_EQ(event_line::typing("tea", {"a", "b"}), R"({"event":"typing","room":"tea","names":["a","b"]})");
    EXPECT_EQ(event_line::removed("tea", "bob"), R"({"event":"removed","room":"tea","by":"bob"})");
    EXPECT_EQ(event_line::catalogue(12), R"({"event":"catalogue","version":12})");
    EXPECT_EQ(event_line::read({UserId{1}, "tea", 5}), R"({"event":"read","room":"tea","last_read_seq":5})");
    EXPECT_EQ(event_line::bye(event_line::ByeReason::SignedOut, std::chrono::seconds(2)),
              R"({"event":"bye","reason":"signed_out","retry_after_ms":2000})");
    EXPECT_EQ(
        event_line::ephemeral({UserId{1}, id, "tea", "dice", {2, "psst"}}),
        R"({"event":"ephemeral","invocation":)" + id_json + R"(,"room":"tea","plugin":"dice","part":2,"text":"psst"})");
}

TEST(EventLines, AnInvocationThatFailed) {
    Invocation invocation;
    invocation.id = id;
    invocation.room = "tea";
    invocation.plugin = "dice";
    invocation.command = "/dice";
    invocation.text = "/dice 0";
    invocation.state = InvocationState::Failed;
    invocation.code = ErrorCode::Crashed;
    invocation.created_at = 1;
    invocation.ended_at = 2;
    invocation.replies = {{0, "one"}};
    EXPECT_EQ(
        event_line::invocation(invocation),
        R"({"event":"invocation","id":)" + id_json +
            R"(,"room":"tea","message_id":null,"plugin":"dice","command":"/dice","text":"/dice 0","state":"failed",)"
            R"("code":"crashed","detail":"","created_at":1,"ended_at":2,"replies":[{"part":0,"text":"one"}]})");
}

TEST(EventLines, HelloIsOneLineWithEverything) {
    event_line::Hello hello;
    hello.build = "0.1.0+abc";
    hello.me.user.name = "alice";
    hello.rooms.resize(2);
    hello.present = {{"tea", {"alice", "bob"}}};
    const auto line = event_line::hello(hello);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const auto document = parse_json(line);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root()["rooms"].elements().size(), 2u);
    EXPECT_EQ(document->root()["present"]["tea"].elements().size(), 2u);
    EXPECT_EQ(*document->root()["me"].required_text("name"), "alice");
}

TEST(EventLines, ARoomEventWithALineFeedStaysOneLine) {
    EXPECT_EQ(event_line::typing("tea", {"a\nb"}).find('\n'), std::string::npos);
}

}  // namespace
}  // namespace riposte
