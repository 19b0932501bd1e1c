#pragma once

#include "base/result.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace riposte {

/// A request's address, decoded.
struct Target {
    std::string path;                   // "/api/v1/users/小明"
    std::vector<std::string> segments;  // {"api", "v1", "users", "小明"}; a slash at the end adds an empty one
    std::map<std::string, std::string> query;
};

/// Decodes what parse_head() let through. Refuses (MalformedRequest) what could name one thing in two ways: "//", ".",
/// "..", an encoded slash, backslash or control character, a broken percent sign, bytes that are not UTF-8, and a query
/// key given twice. Pure.
Result<Target> parse_target(std::string_view target);

}  // namespace riposte
