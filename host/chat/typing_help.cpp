#include "chat/typing_help.hpp"

#include "chat/audience.hpp"
#include "chat/room_catalogue.hpp"
#include "commands/typing.hpp"
#include "loader/plugin_host.hpp"
#include "store/store.hpp"

#include <utility>

namespace riposte {

Awaitable<Result<SuggestedValues>> TypingHelp::suggest(TypedLine line, CatalogueSnapshot catalogue) {
    SuggestedValues suggested;
    if (line_kind(line.text) != LineKind::Command) co_return suggested;
    const auto match = catalogue->match(line.text);
    if (!match) co_return match.error();
    const auto& command = *match->command;

    auto room = co_await store_.room(line.author.id, line.room);
    if (!room) co_return room.error();
    if (!room->role) co_return Problem{.code = ErrorCode::NotAMember};
    if (!may_give(command.audience, room->role, line.author.admin)) co_return not_for_you(command.audience);

    auto typed = typed_argument(command, line.text, match->arguments_begin);
    if (!typed) co_return suggested;
    const auto& option = command.options[typed->option];
    suggested.option = option.name;
    if (!option.suggests) co_return suggested;
    const auto here = co_await check_plugin_is_here(store_, line.author.id, line.room, command.plugin);
    if (!here) co_return here.error();
    SuggestQuestion question{.plugin = command.plugin,
                             .prefix = command.prefix,
                             .option = option.name,
                             .typed = std::move(typed->typed),
                             .before = std::move(typed->before),
                             .user = line.author.id,
                             .user_name = std::move(line.author.name),
                             .room = room->id,
                             .room_uri = room->uri,
                             .locale = std::move(line.locale)};
    suggested.values = co_await plugins_.suggest(std::move(question));
    co_return suggested;
}

}  // namespace riposte
