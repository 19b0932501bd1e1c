#include "protocol/json_reader.hpp"

#include "protocol/text.hpp"
#include "protocol/unicode.hpp"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>

namespace riposte {
namespace {

using Tree = rapidjson::Value;

const Tree& tree(const void* value) { return *static_cast<const Tree*>(value); }
std::string_view view(const Tree& text) { return {text.GetString(), text.GetStringLength()}; }

Problem malformed(std::string detail) {
    Problem problem;
    problem.code = ErrorCode::MalformedRequest;
    problem.detail = std::move(detail);
    return problem;
}

/// Deepest nesting of brackets outside strings. Needs no stack; meaningless for text that is not JSON, which is refused later.
std::size_t depth_of(std::string_view text) {
    std::size_t depth = 0;
    std::size_t deepest = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            else if (c == '"') in_string = false;
            continue;
        }
        if (c == '"') in_string = true;
        else if (c == '[' || c == '{') deepest = std::max(deepest, ++depth);
        else if ((c == ']' || c == '}') && depth > 0) --depth;
    }
    return deepest;
}

template <class T>
Result<std::optional<T>> optional_of(Result<T> result) {
    if (!result) return result.error();
    return std::optional<T>(std::move(*result));
}

}  // namespace

bool JsonValue::absent() const { return value_ == nullptr || tree(value_).IsNull(); }
bool JsonValue::is_object() const { return value_ != nullptr && tree(value_).IsObject(); }

JsonValue JsonValue::operator[](std::string_view name) const {
    if (!is_object()) return {};
    const auto length = static_cast<rapidjson::SizeType>(name.size());
    const auto found = tree(value_).FindMember(Tree(rapidjson::StringRef(name.data(), length)));
    return found == tree(value_).MemberEnd() ? JsonValue{} : JsonValue(&found->value);
}

std::vector<JsonValue> JsonValue::elements() const {
    std::vector<JsonValue> all;
    if (value_ == nullptr || !tree(value_).IsArray()) return all;
    for (const auto& element : tree(value_).GetArray()) all.push_back(JsonValue(&element));
    return all;
}

void JsonValue::each_field(const std::function<void(std::string_view, JsonValue)>& visit) const {
    if (!is_object()) return;
    for (const auto& field : tree(value_).GetObject()) visit(view(field.name), JsonValue(&field.value));
}

std::string JsonValue::to_json() const {
    if (value_ == nullptr) return "null";
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    tree(value_).Accept(writer);
    return {buffer.GetString(), buffer.GetSize()};
}

Result<std::string> JsonValue::as_text(std::string_view name, TextLimits limits) const {
    if (absent()) return invalid_value(name, "is missing");
    if (!tree(value_).IsString()) return invalid_value(name, "must be a string");
    const auto text = view(tree(value_));
    // An escaped lone surrogate passes RapidJSON's check of the encoding.
    if (!valid_utf8(text) || text.find('\0') != text.npos)
        return invalid_value(name, "must be Unicode text without NUL");
    const auto length = code_points(text);
    if (length < limits.minimum)
        return invalid_value(name, "is shorter than " + std::to_string(limits.minimum) + " characters");
    if (length > limits.maximum)
        return invalid_value(name, "is longer than " + std::to_string(limits.maximum) + " characters");
    return std::string(text);
}

Result<std::int64_t> JsonValue::as_integer(std::string_view name, IntegerLimits limits) const {
    if (absent()) return invalid_value(name, "is missing");
    if (!tree(value_).IsInt64()) return invalid_value(name, "must be an integer");
    const auto number = tree(value_).GetInt64();
    if (number < limits.minimum) return invalid_value(name, "must be at least " + std::to_string(limits.minimum));
    if (number > limits.maximum) return invalid_value(name, "must be at most " + std::to_string(limits.maximum));
    return number;
}

Result<bool> JsonValue::as_bool(std::string_view name) const {
    if (absent()) return invalid_value(name, "is missing");
    if (!tree(value_).IsBool()) return invalid_value(name, "must be true or false");
    return tree(value_).GetBool();
}

Result<std::string> JsonValue::required_text(std::string_view name, TextLimits limits) const {
    return (*this)[name].as_text(name, limits);
}

Result<std::optional<std::string>> JsonValue::optional_text(std::string_view name, TextLimits limits) const {
    const auto value = (*this)[name];
    if (value.absent()) return std::optional<std::string>{};
    return optional_of(value.as_text(name, limits));
}

Result<std::int64_t> JsonValue::required_integer(std::string_view name, IntegerLimits limits) const {
    return (*this)[name].as_integer(name, limits);
}

Result<std::optional<std::int64_t>> JsonValue::optional_integer(std::string_view name, IntegerLimits limits) const {
    const auto value = (*this)[name];
    if (value.absent()) return std::optional<std::int64_t>{};
    return optional_of(value.as_integer(name, limits));
}

Result<bool> JsonValue::required_bool(std::string_view name) const { return (*this)[name].as_bool(name); }

Result<bool> JsonValue::optional_bool(std::string_view name, bool otherwise) const {
    const auto value = (*this)[name];
    return value.absent() ? Result<bool>(otherwise) : value.as_bool(name);
}

struct JsonDocument::Tree {
    rapidjson::Document document;
};

JsonDocument::JsonDocument(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

JsonValue JsonDocument::root() const {
    const rapidjson::Value& root = tree_->document;
    return JsonValue(&root);
}

Result<JsonDocument> parse_json(std::string_view text, JsonLimits limits) {
    if (text.size() > limits.bytes) {
        Problem problem;
        problem.code = ErrorCode::TooLarge;
        problem.detail = "more than " + std::to_string(limits.bytes) + " bytes of JSON";
        return problem;
    }
    if (depth_of(text) > limits.depth) return malformed("JSON nested deeper than " + std::to_string(limits.depth));
    // RapidJSON takes a NUL for the end of the text.
    if (text.find('\0') != text.npos) return malformed("JSON with a NUL byte");

    constexpr auto flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
    auto tree = std::make_unique<JsonDocument::Tree>();
    auto& document = tree->document;
    document.Parse<flags>(text.data(), text.size());
    if (document.HasParseError())
        return malformed(std::string("not JSON at byte ") + std::to_string(document.GetErrorOffset()) + ": " +
                         rapidjson::GetParseError_En(document.GetParseError()));
    return JsonDocument(std::move(tree));
}

Result<JsonDocument> parse_json_object(std::string_view text, JsonLimits limits) {
    auto document = parse_json(text, limits);
    if (document && !document->root().is_object()) return malformed("a JSON object is wanted");
    return document;
}

}  // namespace riposte
