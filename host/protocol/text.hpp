#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>
#include <vector>

// What names, addresses and messages may consist of (docs/protocol.md, "Limits"). Each check fails with InvalidValue
// whose `argument` is the field's name on the wire. Pure functions, any thread.
namespace riposte {

inline constexpr std::size_t longest_message_bytes = 16 * 1024;
inline constexpr std::size_t longest_name = 32;        // code points
inline constexpr std::size_t longest_title = 120;      // code points
inline constexpr std::size_t longest_reason = 500;     // code points
inline constexpr std::size_t longest_file_name = 120;  // code points
inline constexpr std::size_t most_attachments = 10;

Problem invalid_value(std::string_view argument, std::string detail);

/// The name under which a person is known everywhere: compatibility-composed, ASCII lower case; 2..32 letters and digits
/// of any script, '-' and '_'.
Result<std::string> check_user_name(std::string_view name);
/// 1..32 code points without control characters, trimmed and composed.
Result<std::string> check_display_name(std::string_view name);
/// [a-z0-9-]{3,64}
Result<> check_room_uri(std::string_view uri);
/// 1..120 code points without control characters, trimmed and composed.
Result<std::string> check_title(std::string_view title);
/// [A-Za-z0-9_-]{1,64}
Result<> check_client_msg_id(std::string_view id);
/// At most 16 KiB of UTF-8, not blank, no control characters but line feed and tab.
Result<> check_message_text(std::string_view text);
/// One emoji: 1 to 10 code points that make one together, at most 40 bytes.
Result<> check_emoji(std::string_view emoji);
/// Why a message is reported: 0 to 500 code points, trimmed and composed.
Result<std::string> check_reason(std::string_view reason);
/// The last part of a path, 1 to 120 code points without control characters, trimmed and composed.
Result<std::string> check_file_name(std::string_view name);
/// A BCP 47 tag of at most 35 characters, or empty.
Result<> check_locale(std::string_view locale);
/// A name of the IANA database as far as its characters tell, or empty.
Result<> check_time_zone(std::string_view zone);

/// The names behind "@" in a text, as check_user_name() spells them, each once, at most 50. Not in "mail@example.org".
std::vector<std::string> mentions(std::string_view text);

}  // namespace riposte
