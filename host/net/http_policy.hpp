#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What Riposte accepts as HTTP, stricter than the parser behind it: what two servers could read differently is refused
// and the connection closed. Pure functions on bytes, any thread.
namespace riposte {

struct HeadLimits {
    std::size_t bytes = 16384;
    std::size_t target_bytes = 4096;
    std::size_t fields = 64;
};

/// A request's header that may be relied on: one way to read it, one way to find the end of its body.
struct Head {
    std::string method;  // one of GET HEAD POST PUT PATCH DELETE
    std::string target;  // visible ASCII, begins with '/'
    int minor_version = 1;
    std::vector<std::pair<std::string, std::string>> fields;  // names in lower case, values trimmed
    std::optional<std::uint64_t> content_length;
    bool chunked = false;

    /// The first field of that (lower-case) name.
    std::optional<std::string_view> field(std::string_view name) const;
    /// Whether a comma-separated field has that token, whatever its case.
    bool has_token(std::string_view name, std::string_view token) const;
    bool keep_alive() const;
    bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

/// Length of the header with its empty line, as soon as it has arrived. Bare line feeds count as an end too, so that
/// parse_head() can refuse them at once.
std::optional<std::size_t> head_length(std::string_view received);

/// `head` as head_length() measured it. MalformedRequest, TooLarge, or NotSupported (a method or transfer coding that
/// Riposte does not know).
Result<Head> parse_head(std::string_view head, const HeadLimits& limits = {});

/// Of the extensions of all chunks of a body; more is an attack, nobody uses any.
inline constexpr std::size_t longest_chunk_extensions = 256;

}  // namespace riposte
