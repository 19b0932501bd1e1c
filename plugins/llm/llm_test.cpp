#include "completion.hpp"
#include "event_stream.hpp"
#include "model_server.hpp"

#include <riposte/testing.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace std::chrono_literals;
using riposte::testing::Host;
using riposte::testing::Outcome;
using riposte::testing::Refused;
using riposte::testing::Result;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Exchange = ModelServer::Exchange;

/// What comes of "/chat hello" at a server that does this.
Result asked(std::function<void(const Exchange&)> serve, const riposte::testing::Settings& more = {},
             const std::string& line = "/chat hello") {
    const ModelServer server(std::move(serve));
    riposte::testing::Settings settings = more;
    settings.emplace("url", server.url());
    Host host(RIPOSTE_PLUGIN_FILE, settings);
    host.person("李雷").locale = "zh-CN";
    return host.says(line.starts_with("/对话") ? "李雷" : "alice", line);
}

TEST(Llm, StreamsWhatTheModelSays) {
    std::string head;
    std::string body;
    const Result result = asked(
        [&](const Exchange& exchange) {
            head = exchange.head;
            body = exchange.body;
            exchange.stream();
            for (const char* token : {"Light ", "is ", "scattered."}) exchange.token(token);
            exchange.done();
        },
        {{"model", "small"}, {"key", "secret-1"}, {"system", "Be brief."}}, "/chat why is the \"sky\" blue");
    EXPECT_TRUE(result.done());
    ASSERT_EQ(result.replies.size(), 1u);
    EXPECT_EQ(result.replies[0].text, "Light is scattered.");
    EXPECT_THAT(result.replies[0].chunks, ElementsAre("Light ", "is ", "scattered."));
    EXPECT_THAT(head, testing::StartsWith("POST /v1/chat/completions HTTP/1.1"));
    EXPECT_THAT(head, HasSubstr("Authorization: Bearer secret-1"));
    EXPECT_EQ(body, R"({"model":"small","stream":true,"messages":[{"role":"system","content":"Be brief."},)"
                    R"({"role":"user","content":"why is the \"sky\" blue"}]})");
}

TEST(Llm, SendsNoKeyWhereThereIsNone) {
    std::string head;
    asked([&](const Exchange& exchange) {
        head = exchange.head;
        exchange.stream();
        exchange.done();
    });
    EXPECT_THAT(head, Not(HasSubstr("Authorization")));
}

TEST(Llm, ReadsAStreamHoweverItIsCut) {
    const std::string text =
        "data: {\"choices\":[{\"delta\":{\"content\":\"天\"}}]}\r\n\r\n: a comment\n\n"
        "data:{\"choices\":[{\"delta\":{\"content\":\"气\\u0007\"}}]}\n\ndata: [DONE]\n\n";
    const Result result = asked(
        [&](const Exchange& exchange) {
            exchange.stream();
            for (const char c : text) exchange.send(std::string(1, c));
        },
        {}, "/对话 天气");
    EXPECT_EQ(result.text(), "天气");
    EXPECT_TRUE(result.done());
}

TEST(Llm, TakesAnAnswerThatIsNotStreamed) {
    const Result result = asked([](const Exchange& exchange) {
        exchange.answer("200 OK", R"({"choices":[{"message":{"content":"All at once."},"finish_reason":"stop"}]})");
    });
    EXPECT_EQ(result.text(), "All at once.");
}

TEST(Llm, ALongAnswerIsSeveralMessages) {
    const Result result = asked([](const Exchange& exchange) {
        exchange.stream();
        std::string piece;
        for (int i = 0; i < 500; ++i) piece += "字";
        for (int i = 0; i < 20; ++i) exchange.token(piece);
        exchange.done();
    });
    ASSERT_EQ(result.replies.size(), 2u);
    EXPECT_EQ(result.replies[0].text.size() + result.replies[1].text.size(), 30'000u);
}

TEST(Llm, SaysWhatIsWrongWithTheServer) {
    const auto says = [](const char* status, const char* body) {
        return asked([=](const Exchange& exchange) { exchange.answer(status, body); });
    };
    const std::pair<Result, const char*> cases[] = {
        {says("401 Unauthorized", R"({"error":{"message":"Incorrect API key"}})"),
         "The model's server refuses the key: Incorrect API key"},
        {says("429 Too Many Requests", R"({"error":"slow down"})"),
         "The model's server has too much to do; try later: slow down"},
        {says("404 Not Found", R"({"error":{"message":"no such model"}})"),
         "The model's server failed: 404 no such model"},
        {says("500 Internal Server Error", "<h1>Oh no</h1>"), "The model's server failed: 500 <h1>Oh no</h1>"},
        {says("200 OK", "{}"), "The model's server does not speak the protocol."},
        {says("200 OK", "[[[[[["), "The model's server does not speak the protocol."},
    };
    for (const auto& [result, reason] : cases) {
        EXPECT_EQ(result.outcome, Outcome::Failed);
        EXPECT_EQ(result.reason, reason);
    }
}

TEST(Llm, AnAnswerThatBreaksOffStandsAndSaysSo) {
    const Result result = asked([](const Exchange& exchange) {
        exchange.stream();
        exchange.token("Once upon");
    });
    EXPECT_EQ(result.outcome, Outcome::Failed);
    EXPECT_EQ(result.reason, "The answer broke off.");
    EXPECT_EQ(result.text(), "Once upon");
}

TEST(Llm, NonsenseInTheStreamEndsIt) {
    for (const std::string& nonsense :
         {std::string("{"), std::string(100'000, '['), std::string(EventStream::longest_event + 1, 'x')}) {
        const Result result = asked([&](const Exchange& exchange) {
            exchange.stream();
            exchange.event(nonsense);
            exchange.done();
        });
        EXPECT_EQ(result.reason, "The model's server does not speak the protocol.");
    }
    const Result error = asked([](const Exchange& exchange) {
        exchange.stream();
        exchange.event(R"({"error":{"message":"out of memory"}})");
    });
    EXPECT_EQ(error.reason, "The model's server failed: out of memory");
}

TEST(Llm, ASilentModelIsNotAnAnswer) {
    const Result result = asked([](const Exchange& exchange) {
        exchange.stream();
        exchange.done();
    });
    EXPECT_EQ(result.reason, "The model said nothing.");
}

TEST(Llm, AnAnswerAtItsLongestShowsThatItIsCut) {
    const Result result = asked([](const Exchange& exchange) {
        exchange.stream();
        exchange.token("and so");
        exchange.event(R"({"choices":[{"delta":{},"finish_reason":"length"}]})");
    });
    EXPECT_TRUE(result.done());
    EXPECT_EQ(result.text(), "and so …");
}

TEST(Llm, AServerThatIsNotThereIsNamed) {
    Host host(RIPOSTE_PLUGIN_FILE, {{"url", "http://127.0.0.1:1/v1"}});
    EXPECT_THAT(host.says("alice", "/chat hello").reason, testing::StartsWith("The model cannot be reached: "));
    host.person("李雷").locale = "zh-CN";
    EXPECT_THAT(host.says("李雷", "/对话 你好").reason, testing::StartsWith("连接不上模型："));
}

TEST(Llm, IsGivenUpWithinATenthOfASecond) {
    const ModelServer server([](const Exchange& exchange) {
        exchange.stream();
        char nothing = 0;
        ::recv(exchange.socket, &nothing, 1, 0);  // until the other side hangs up
    });
    int asked = 0;
    const auto begin = std::chrono::steady_clock::now();
    const Completion completion = complete(
        {server.url(), "", "m", "", "hello"}, [](std::string_view) {}, [&] { return ++asked < 3; });
    EXPECT_EQ(completion.end, CompletionEnd::Stopped);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 2s);
}

TEST(Llm, AnAddressThatIsNoneRefusesTheBuild) {
    EXPECT_THROW(Host(RIPOSTE_PLUGIN_FILE, {{"url", "file:///etc/passwd"}}), Refused);
    EXPECT_THROW(Host(RIPOSTE_PLUGIN_FILE, {{"url", "localhost:8000"}}), Refused);
}

}  // namespace
