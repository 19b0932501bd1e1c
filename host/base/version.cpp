#include "base/version.hpp"

namespace riposte {

std::string_view version() { return RIPOSTE_VERSION; }

}  // namespace riposte
