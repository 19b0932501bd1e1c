#pragma once

#include <string_view>

namespace riposte {

/// Whom plugins are still to forget stands in their key-value table, under a name that none of them can have: a row is
/// written in the transaction that deletes the account and goes when the plugin has done it. "poll/17" -> "alice".
constexpr std::string_view to_forget_owner = "(to forget)";

}  // namespace riposte
