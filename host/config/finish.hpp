#pragma once

#include "config/config.hpp"

#include <string>
#include <vector>

namespace riposte {

/// Fills in what follows from other values (paths below data.directory, folders built or installed with riposte).
void fill_in(Config& config);

/// What is wrong with values that are right each by itself.
std::vector<std::string> contradictions(const Config& config);

}  // namespace riposte
