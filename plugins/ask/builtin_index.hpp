#pragma once

#include <string_view>

namespace riposte::ask {

/// The index of Riposte's own documentation, as ask-index made it when the plugin was built.
std::string_view builtin_index();

}  // namespace riposte::ask
