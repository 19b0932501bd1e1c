#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace riposte {

/// Row ids of the database. Never shown on the wire: there, users go by name and rooms by URI.
enum class UserId : std::int64_t {};
enum class RoomId : std::int64_t {};

/// Position of an event in its room: 1, 2, 3, … without a hole. 0 means "before the first".
using Seq = std::int64_t;

/// Milliseconds since 1970-01-01 UTC, as stored and as sent.
using Timestamp = std::int64_t;

/// A UUIDv7 (RFC 9562): sorts by the millisecond in which it was made. Names messages and invocations.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    /// A fresh one. Any thread. 74 random bits from the kernel.
    static Uuid make();
    /// Accepts exactly the 36 characters of the canonical form, either case.
    static std::optional<Uuid> parse(std::string_view text);
    std::string to_string() const;

    auto operator<=>(const Uuid&) const = default;
};

using MessageId = Uuid;
using InvocationId = Uuid;

}  // namespace riposte

template <>
struct std::hash<riposte::Uuid> {
    std::size_t operator()(const riposte::Uuid& id) const noexcept;
};
