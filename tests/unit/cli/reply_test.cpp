#include "cli/reply.hpp"

#include <gtest/gtest.h>

namespace riposte {
namespace {

std::string refusal_of(const OperatorReply& reply) {
    try {
        success_of(reply);
        return "";
    } catch (const RequestRefused& refused) {
        return refused.what();
    }
}

TEST(Reply, FieldsOfASuccessCanBeRead) {
    const auto document = success_of({200, R"({"url":"http://x/reset/1","p99_ms":1.25,"calls":3,"none":null})"});
    EXPECT_EQ(text_of(document.root(), "url"), "http://x/reset/1");
    EXPECT_EQ(text_of(document.root(), "absent"), "");
    EXPECT_EQ(number_of(document.root(), "p99_ms"), 1.25);
    EXPECT_EQ(number_of(document.root(), "calls"), 3);
    EXPECT_EQ(number_of(document.root(), "none"), 0);
}

TEST(Reply, AnEmptySuccessIsASuccess) { EXPECT_EQ(refusal_of({204, ""}), ""); }

TEST(Reply, AProblemBecomesOneLineForTheOperator) {
    EXPECT_EQ(refusal_of({404, R"({"title":"Not found","detail":"no plugin is called dcie"})"}),
              "Not found: no plugin is called dcie");
    EXPECT_EQ(refusal_of({404, R"({"title":"Not found","suggestions":["dice","ask"]})"}),
              "Not found (did you mean dice, ask?)");
    EXPECT_EQ(refusal_of({500, "{}"}), "the server answered 500");
    EXPECT_EQ(refusal_of({502, "<html>"}), "the server answered 502 without JSON");
}

}  // namespace
}  // namespace riposte
