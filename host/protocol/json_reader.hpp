#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Reads JSON that strangers sent. Unknown fields are ignored, so that a newer client can talk to an older server.
namespace riposte {

struct JsonLimits {
    std::size_t bytes = 256 * 1024;
    std::size_t depth =
        32;  // checked before a tree is built: RapidJSON's own stack gives out (docs/protocol.md, Limits)
};

struct TextLimits {
    std::size_t minimum = 0;  // code points
    std::size_t maximum = std::numeric_limits<std::size_t>::max();
};

struct IntegerLimits {
    std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
};

/// A value within a JsonDocument; lives as long as it. "Absent" stands for a field that is not there or null.
/// The getters fail with InvalidValue, whose `argument` is the field's name; texts are UTF-8 without NUL.
class JsonValue {
public:
    JsonValue() = default;

    bool absent() const;
    bool is_object() const;
    /// A field of an object; absent when there is none, or this is not an object.
    JsonValue operator[](std::string_view name) const;
    /// Of an array; empty when this is not one.
    std::vector<JsonValue> elements() const;
    /// Each field of an object in the order of the text.
    void each_field(const std::function<void(std::string_view name, JsonValue value)>& visit) const;
    /// Written again, in one line; "null" when absent.
    std::string to_json() const;

    /// This value itself; `name` is what the problem calls it.
    Result<std::string> as_text(std::string_view name, TextLimits limits = {}) const;
    Result<std::int64_t> as_integer(std::string_view name, IntegerLimits limits = {}) const;
    Result<bool> as_bool(std::string_view name) const;

    Result<std::string> required_text(std::string_view name, TextLimits limits = {}) const;
    Result<std::optional<std::string>> optional_text(std::string_view name, TextLimits limits = {}) const;
    Result<std::int64_t> required_integer(std::string_view name, IntegerLimits limits = {}) const;
    Result<std::optional<std::int64_t>> optional_integer(std::string_view name, IntegerLimits limits = {}) const;
    Result<bool> required_bool(std::string_view name) const;
    Result<bool> optional_bool(std::string_view name, bool otherwise = false) const;

private:
    friend class JsonDocument;
    explicit JsonValue(const void* value) : value_(value) {}

    const void* value_ = nullptr;
};

/// Owns what parse_json() read.
class JsonDocument {
public:
    JsonDocument(JsonDocument&&) noexcept;
    JsonDocument& operator=(JsonDocument&&) noexcept;
    ~JsonDocument();

    JsonValue root() const;

private:
    struct Tree;
    friend Result<JsonDocument> parse_json(std::string_view text, JsonLimits limits);
    explicit JsonDocument(std::unique_ptr<Tree> tree);

    std::unique_ptr<Tree> tree_;
};

/// Any JSON text. TooLarge; MalformedRequest with the byte offset of the fault.
Result<JsonDocument> parse_json(std::string_view text, JsonLimits limits = {});
/// The same, but only an object will do.
Result<JsonDocument> parse_json_object(std::string_view text, JsonLimits limits = {});

}  // namespace riposte
