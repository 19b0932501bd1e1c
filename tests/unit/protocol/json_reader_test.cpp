#include "protocol/json_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace riposte {
namespace {

using testing::HasSubstr;

/// What a getter found, or "argument: code" of its problem.
template <class T>
std::string problem_of(const Result<T>& result) {
    return result ? "fine" : result.error().argument + ": " + std::string(info(result.error().code).name);
}

TEST(JsonReader, ReadsTypedFieldsAndIgnoresUnknownOnes) {
    const auto document = parse_json(R"({"title":"天气","count":3,"open":true,"later":[1],"none":null})");
    ASSERT_TRUE(document);
    const auto root = document->root();
    EXPECT_EQ(*root.required_text("title"), "天气");
    EXPECT_EQ(*root.required_integer("count"), 3);
    EXPECT_EQ(*root.optional_bool("open"), true);
    EXPECT_EQ(*root.optional_text("none"), std::nullopt);
    EXPECT_EQ(*root.optional_bool("absent", true), true);
    EXPECT_EQ(root["later"].elements().size(), 1u);
}

TEST(JsonReader, AWrongFieldIsNamed) {
    const auto document = parse_json(R"({"text":"abc","number":7,"nul":"a\u0000b","float":1.5})");
    ASSERT_TRUE(document);
    const auto root = document->root();
    EXPECT_EQ(problem_of(root.required_text("missing")), "missing: invalid_value");
    EXPECT_EQ(problem_of(root.required_text("number")), "number: invalid_value");
    EXPECT_EQ(problem_of(root.optional_text("number")), "number: invalid_value");
    EXPECT_EQ(problem_of(root.required_text("text", {.minimum = 4})), "text: invalid_value");
    EXPECT_EQ(problem_of(root.required_text("text", {.maximum = 2})), "text: invalid_value");
    EXPECT_EQ(problem_of(root.required_text("text", {.minimum = 3, .maximum = 3})), "fine");
    EXPECT_EQ(problem_of(root.required_text("nul")), "nul: invalid_value");
    EXPECT_EQ(problem_of(root.required_integer("float")), "float: invalid_value");
    EXPECT_EQ(problem_of(root.required_integer("number", {.maximum = 6})), "number: invalid_value");
    EXPECT_EQ(problem_of(root.optional_bool("number")), "number: invalid_value");
}

TEST(JsonReader, RefusesWhatIsNotJson) {
    for (const auto* text : {"", "{", "[1,]", "{\"a\":1}x", "nul", "{'a':1}", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "NaN",
                             "// a\n1", "\"\\ud800\"", "1e999", "\"line\nfeed\""})
        EXPECT_EQ(parse_json(text).has_error(), true) << text;
    EXPECT_TRUE(parse_json(std::string_view("{}\0{}", 5)).has_error());
    EXPECT_THAT(parse_json("[1,]").error().detail, HasSubstr("byte 3"));
}

TEST(JsonReader, HalfASurrogatePairIsNoCharacter) {
    // RapidJSON makes broken UTF-8 of a lone low half.
    for (const auto* text :
         {R"("\udc00")", R"("\uDFFF")", R"(["a\ud83c\udfb2\udfb2"])", R"({"\udc00":1})", R"("\ud83c\\udfb2")"})
        EXPECT_TRUE(parse_json(text).has_error()) << text;
    EXPECT_EQ(*parse_json(R"({"a":"\ud83c\uDFB2\ud7ff\ue000"})")->root().required_text("a"),
              "🎲\xED\x9F\xBF\xEE\x80\x80");
    EXPECT_EQ(*parse_json(R"({"a":"\\udc00"})")->root().required_text("a"), "\\udc00");
}

TEST(JsonReader, DepthIsLimitedBeforeATreeIsBuilt) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(parse_json(nested(32)));
    EXPECT_EQ(parse_json(nested(33)).error().code, ErrorCode::MalformedRequest);
    // Crashes RapidJSON without the check.
    EXPECT_EQ(parse_json(std::string(2'000'000, '['), {.bytes = 4'000'000}).error().code, ErrorCode::MalformedRequest);
    EXPECT_TRUE(parse_json(R"(["[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"[[["])"));
}

TEST(JsonReader, SizeIsLimited) {
    EXPECT_TRUE(parse_json("[1,2,3]", {.bytes = 7}));
    EXPECT_EQ(parse_json("[1,2,3]", {.bytes = 6}).error().code, ErrorCode::TooLarge);
}

TEST(JsonReader, OnlyAnObjectWhereOneIsWanted) {
    EXPECT_TRUE(parse_json_object("{}"));
    EXPECT_EQ(parse_json_object("[]").error().code, ErrorCode::MalformedRequest);
}

TEST(JsonReader, WritesAValueAgain) {
    const auto document = parse_json(R"({"ref": {"a": [1, "x\n", null, 2.5]}})");
    EXPECT_EQ(document->root()["ref"].to_json(), R"({"a":[1,"x\n",null,2.5]})");
    EXPECT_EQ(parse_json("[5e308,1]")->root().to_json(), "[null,1]");
}

TEST(JsonReader, ADocumentMayMove) {
    auto first = parse_json(R"({"a":"b"})");
    const JsonDocument second = std::move(*first);
    EXPECT_EQ(*second.root().required_text("a"), "b");
}

}  // namespace
}  // namespace riposte
