#pragma once

#include "commands/catalogue.hpp"

#include <string>

namespace riposte {

/// What GET /commands answers: the catalogue, summaries in one language.
std::string catalogue_json(const Catalogue& catalogue, const std::string& locale);

}  // namespace riposte
