#pragma once

#include <string_view>

namespace riposte {

/// "0.1.0+3f2a91c" in a release build, "0.1.0+debug" in others. Ends in '\0'.
std::string_view version();

}  // namespace riposte
