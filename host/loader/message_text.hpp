#pragma once

#include "protocol/text.hpp"

#include <string_view>

namespace riposte {

/// Whether a text may be a message: check_message_text(), but quick for what is plain ASCII and begins with a printable
/// character, as most answers are. Both sides of the line to a plugin look at every text.
inline bool is_message_text(std::string_view text) {
    if (text.size() > longest_message_bytes || text.empty()) return false;
    const bool visible = text.front() > ' ';
    for (const char c : text)
        if (!visible || c < ' ' || c == 0x7f) return check_message_text(text).has_value();
    return true;
}

}  // namespace riposte
