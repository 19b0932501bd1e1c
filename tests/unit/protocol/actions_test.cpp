#include "protocol/actions.hpp"

#include <gtest/gtest.h>

namespace riposte {
namespace {

constexpr auto id_text = "0190b5a0-0000-7000-8000-000000000001";

std::string with_id(std::string json) {
    const auto at = json.find('$');
    return at == json.npos ? json : json.replace(at, 1, id_text);
}

template <class Action>
Action read(std::string_view frame) {
    const auto parsed = parse_frame(frame);
    EXPECT_TRUE(parsed.action) << frame << ": " << (parsed.action ? "" : parsed.action.error().detail);
    if (!parsed.action || !std::holds_alternative<Action>(*parsed.action)) {
        ADD_FAILURE() << "another action than wanted: " << frame;
        return {};
    }
    return std::get<Action>(*parsed.action);
}

TEST(Actions, Hello) {
    const auto hello =
        read<HelloAction>(R"({"do":"hello","rooms":{"tea":5,"den":0},"locale":"zh-CN","time_zone":"Asia/Shanghai"})");
    EXPECT_EQ(hello.rooms, (std::map<std::string, Seq>{{"tea", 5}, {"den", 0}}));
    EXPECT_EQ(hello.locale, "zh-CN");
    EXPECT_EQ(hello.time_zone, "Asia/Shanghai");
    EXPECT_TRUE(read<HelloAction>(R"({"do":"hello"})").rooms.empty());
}

TEST(Actions, Post) {
    const auto post = read<PostAction>(
        with_id(R"({"do":"post","room":"tea","client_msg_id":"c1","text":"hi\n天气","reply_to":"$","as_text":true})"));
    EXPECT_EQ(post.room, "tea");
    EXPECT_EQ(post.client_msg_id, "c1");
    EXPECT_EQ(post.text, "hi\n天气");
    EXPECT_EQ(post.reply_to, Uuid::parse(id_text));
    EXPECT_TRUE(post.as_text);
}

TEST(Actions, TheOthers) {
    EXPECT_EQ(read<EditAction>(with_id(R"({"do":"edit","room":"tea","id":"$","text":"x"})")).text, "x");
    EXPECT_EQ(read<DeleteAction>(with_id(R"({"do":"delete","room":"tea","id":"$"})")).id, Uuid::parse(id_text));
    EXPECT_EQ(read<ReadAction>(R"({"do":"read","room":"tea","seq":12})").seq, 12);
    EXPECT_EQ(read<TypingAction>(R"({"do":"typing","room":"tea"})").room, "tea");
    EXPECT_EQ(read<CancelAction>(with_id(R"({"do":"cancel","invocation":"$"})")).invocation, Uuid::parse(id_text));
    read<PingAction>(R"({"do":"ping"})");
}

TEST(Actions, AWrongFrameNamesItsFault) {
    struct Case {
        const char* frame;
        ErrorCode code;
        const char* argument;
    };
    const Case cases[] = {
        {"not json", ErrorCode::MalformedRequest, ""},
        {"[]", ErrorCode::MalformedRequest, ""},
        {R"({})", ErrorCode::InvalidValue, "do"},
        {R"({"do":7})", ErrorCode::InvalidValue, "do"},
        {R"({"do":"dance"})", ErrorCode::UnknownAction, "do"},
        {R"({"do":"typing"})", ErrorCode::InvalidValue, "room"},
        {R"({"do":"typing","room":"No Room"})", ErrorCode::InvalidValue, "room"},
        {R"({"do":"post","room":"tea","text":"x"})", ErrorCode::InvalidValue, "client_msg_id"},
        {R"({"do":"post","room":"tea","text":" ","client_msg_id":"a"})", ErrorCode::InvalidValue, "text"},
        {R"({"do":"post","room":"tea","text":"x","client_msg_id":"a b"})", ErrorCode::InvalidValue, "client_msg_id"},
        {R"({"do":"post","room":"tea","text":"x","client_msg_id":"a","reply_to":"7"})", ErrorCode::InvalidValue,
         "reply_to"},
        {R"({"do":"post","room":"tea","text":"x","client_msg_id":"a","as_text":1})", ErrorCode::InvalidValue,
         "as_text"},
        {R"({"do":"edit","room":"tea","id":"nope","text":"x"})", ErrorCode::InvalidValue, "id"},
        {R"({"do":"read","room":"tea","seq":-1})", ErrorCode::InvalidValue, "seq"},
        {R"({"do":"cancel"})", ErrorCode::InvalidValue, "invocation"},
        {R"({"do":"hello","rooms":[]})", ErrorCode::InvalidValue, "rooms"},
        {R"({"do":"hello","rooms":{"tea":-1}})", ErrorCode::InvalidValue, "rooms"},
        {R"({"do":"hello","rooms":{"T":1}})", ErrorCode::InvalidValue, "rooms"},
        {R"({"do":"hello","locale":"de; DROP"})", ErrorCode::InvalidValue, "locale"},
    };
    for (const auto& [frame, code, argument] : cases) {
        const auto parsed = parse_frame(frame);
        ASSERT_FALSE(parsed.action) << frame;
        EXPECT_EQ(parsed.action.error().code, code) << frame;
        EXPECT_EQ(parsed.action.error().argument, argument) << frame;
    }
}

TEST(Actions, AProblemStillKnowsWhatItBelongsTo) {
    const auto parsed = parse_frame(R"({"do":"post","ref":{"n":[1]},"client_msg_id":"c9","room":"tea","text":""})");
    EXPECT_FALSE(parsed.action);
    EXPECT_EQ(parsed.ref_json, R"({"n":[1]})");
    EXPECT_EQ(parsed.client_msg_id, "c9");
}

TEST(Actions, FramesAndRefsAreLimited) {
    EXPECT_EQ(parse_frame(std::string(64 * 1024 + 1, ' ')).action.error().code, ErrorCode::TooLarge);
    const auto long_ref = parse_frame(R"({"do":"ping","ref":")" + std::string(300, 'x') + "\"}");
    EXPECT_EQ(long_ref.action.error().argument, "ref");
    EXPECT_EQ(long_ref.ref_json, "");
}

}  // namespace
}  // namespace riposte
