#pragma once

#include "commands/catalogue.hpp"

#include <set>
#include <string>

namespace riposte {

/// The catalogue without the commands of these plugins: what can be given in a room where they are not. The version stays.
CatalogueSnapshot without_plugins(const CatalogueSnapshot& catalogue, const std::set<std::string>& plugins);

}  // namespace riposte
