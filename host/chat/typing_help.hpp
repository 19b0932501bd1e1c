#pragma once

#include "base/async.hpp"
#include "base/result.hpp"
#include "commands/catalogue.hpp"
#include "protocol/suggestion.hpp"
#include "protocol/types.hpp"

#include <string>

namespace riposte {

class PluginHost;
class Store;

/// A command line that is being typed.
struct TypedLine {
    User author;
    std::string room;  // uri
    std::string text;  // up to the caret
    std::string locale;
};

/// What plugins suggest while people type: for members of the room, on commands that they may give. Nothing is stored and
/// no command is run. Any executor; it keeps no state of its own.
class TypingHelp {
public:
    TypingHelp(Store& store, PluginHost& plugins) : store_(store), plugins_(plugins) {}

    /// Within 300 ms of the plugin's being asked. NotFound, NotAMember, UnknownCommand, CommandNotAllowed. Where nothing is suggested, no values.
    Awaitable<Result<SuggestedValues>> suggest(TypedLine line, CatalogueSnapshot catalogue);

private:
    Store& store_;
    PluginHost& plugins_;
};

}  // namespace riposte
