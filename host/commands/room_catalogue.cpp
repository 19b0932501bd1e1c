#include "commands/room_catalogue.hpp"

#include "commands/help.hpp"

#include <algorithm>

namespace riposte {

CatalogueSnapshot without_plugins(const CatalogueSnapshot& catalogue, const std::set<std::string>& plugins) {
    const auto gone = [&](const CommandSpecification& command) { return plugins.contains(command.plugin); };
    if (std::ranges::none_of(catalogue->commands(), gone)) return catalogue;
    auto commands = catalogue->commands();
    std::erase_if(commands, [&](const CommandSpecification& command) { return gone(command) || is_help(command); });
    return std::make_shared<const Catalogue>(std::move(commands), catalogue->version());
}

}  // namespace riposte
