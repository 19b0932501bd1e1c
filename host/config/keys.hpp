#pragma once

#include "config/config.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace riposte {

/// Where a key's value lives in a Config; which alternative it is gives the key's type.
using Slot = std::variant<bool& (*)(Config&), std::int64_t& (*)(Config&), std::string& (*)(Config&),
                          std::vector<std::string>& (*)(Config&)>;

/// Which values of its type a key takes.
struct Rule {
    std::int64_t minimum = std::numeric_limits<std::int64_t>::min();  // of a number
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
    std::string_view choices = {};   // of a text: "open|link|closed"
    std::string_view if_empty = {};  // what an empty text stands for, in words
};

/// One line of the table of all keys: parsing, checks, `config show` and docs/reference/configuration.md derive from it.
struct Key {
    std::string_view name;  // "http.port"
    Slot slot;
    std::string_view help;  // one line, without a full stop at its end
    Rule rule = {};
};

std::span<const Key> keys();
const Key* find_key(std::string_view name);

/// "text", "number 0 to 65535", "true or false", "list of texts", "one of open, link, closed".
std::string type_of(const Key& key);

/// The value that `key` has in `config`, as it would stand in a TOML file.
std::string value_of(const Key& key, const Config& config);

/// "RIPOSTE_HTTP__PORT" for "http.port".
std::string environment_name(std::string_view key);

/// docs/reference/configuration.md, whole.
std::string reference_page();

}  // namespace riposte
