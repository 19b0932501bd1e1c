#include "protocol/json_reader.hpp"

#include "protocol/text.hpp"
#include "protocol/unicode.hpp"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cmath>

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

/// Whether an escape of one half of a surrogate pair stands at a place, "\uD83C" or "\uDFB2"; `digits` tell which half.
bool is_surrogate(std::string_view text, std::size_t at, std::string_view digits) {
    const auto escape = text.substr(std::min(at, text.size()), 4);
    return escape.size() == 4 && escape.starts_with("\\u") && (escape[2] == 'd' || escape[2] == 'D') &&
           digits.find(escape[3]) != digits.npos;
}
constexpr std::string_view high_half = "89abAB";
constexpr std::string_view low_half = "cdefCDEF";

/// What RapidJSON does not see to. Needs no stack; meaningless for text that is not JSON, which is refused afterwards.
struct Survey {
    std::size_t depth = 0;        // deepest nesting of brackets outside strings
    bool half_character = false;  // the low half of a surrogate pair alone, which would become broken UTF-8
};

Survey survey_of(std::string_view text) {
    Survey survey;
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string && c == '\\') {
            const bool pair = is_surrogate(text, i, high_half) && is_surrogate(text, i + 6, low_half);
            survey.half_character |= is_surrogate(text, i, low_half);
            i += pair ? 11 : 1;
        } else if (c == '"') {
            in_string = !in_string;
        } else if (!in_string && (c == '[' || c == '{')) {
            survey.depth = std::max(survey.depth, ++depth);
        } else if (!in_string && (c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return survey;
}

/// RapidJSON reads "5e308" as infinity, which cannot be written.
struct FiniteWriter : rapidjson::Writer<rapidjson::StringBuffer> {
    using Writer::Writer;
    bool Double(double number) { return std::isfinite(number) ? Writer::Double(number) : Null(); }
};

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
    FiniteWriter writer(buffer);
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
    const auto survey = survey_of(text);
    if (survey.depth > limits.depth) return malformed("JSON nested deeper than " + std::to_string(limits.depth));
    if (survey.half_character) return malformed("JSON with half a surrogate pair");
    // RapidJSON takes a NUL for the end of the text.
    if (text.find('\0') != text.npos) return malformed("JSON with a NUL byte");

    // Not with kParseFullPrecisionFlag: it calls clz(0) for "0e-30".
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
