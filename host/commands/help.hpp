#pragma once

#include "commands/catalogue.hpp"

#include <string>
#include <string_view>

namespace riposte {

/// The host's own command, in every catalogue: `/help [command…]`, visible to its author only, of the plugin "riposte".
const CommandSpecification& help_command();
/// Answered by the host with help(), not by a plugin.
bool is_help(const CommandSpecification& command);

/// Markdown for `/help` (all commands by plugin, those that `audience` may give) or `/help <command>` in a language.
/// UnknownCommand for a name that is not there.
Result<std::string> help(const Catalogue& catalogue, std::string_view about, const std::string& locale,
                         Audience audience);

}  // namespace riposte
