#include "net/request.hpp"

#include "unit/net/head_with.hpp"

#include <gtest/gtest.h>

namespace riposte {
namespace {

const Peer browser{.address = "127.0.0.1", .operator_name = {}};
const Peer command_line{.address = "unix", .operator_name = "uid 0, cli"};

TEST(Request, LinksBeginWithTheAddressThatWasUsed) {
    NetOptions options;
    EXPECT_EQ(request_from(head_with({{"host", "localhost:8080"}}), browser, options).base_url,
              "http://localhost:8080");
    options.trusted_proxies = {"127.0.0.1"};
    EXPECT_EQ(request_from(head_with({{"host", "chat"}, {"x-forwarded-proto", "https"}}), browser, options).base_url,
              "https://chat");
    EXPECT_EQ(request_from(head_with({{"host", "x"}}), command_line, options).base_url, "http://127.0.0.1:8080");
    options.public_url = "https://chat.example.org";
    EXPECT_EQ(request_from(head_with({{"host", "evil"}}), browser, options).base_url, "https://chat.example.org");
}

TEST(Request, TellsWhoSentItInWhichLanguage) {
    const auto request =
        request_from(head_with({{"user-agent", std::string(1000, 'x')}, {"accept-language", "zh"}}), command_line, {});
    EXPECT_EQ(request.method, Method::Post);
    EXPECT_EQ(request.operator_name, "uid 0, cli");
    EXPECT_EQ(request.user_agent.size(), 256u);
    EXPECT_EQ(request.locale, "zh-CN");
    EXPECT_TRUE(Uuid::parse(request.id));
}

TEST(Request, PlainHttpIsForThisMachineOnly) {
    NetOptions options;
    Request request;
    request.remote_address = "192.168.1.5";
    EXPECT_FALSE(transport_allowed(request, options));
    request.secure = true;
    EXPECT_TRUE(transport_allowed(request, options));
    request.secure = false;
    options.insecure_http = true;
    EXPECT_TRUE(transport_allowed(request, options));
    options.insecure_http = false;
    request.remote_address = "::1";
    EXPECT_TRUE(transport_allowed(request, options));
}

}  // namespace
}  // namespace riposte
