#include "chat/chat.hpp"

#include "bus/bus.hpp"
#include "chat/audience.hpp"
#include "chat/invocations.hpp"
#include "commands/arguments.hpp"
#include "protocol/text.hpp"

#include <utility>

namespace riposte {
namespace {

using Done = std::function<void(Result<Posted>)>;

Result<> check(const PostRequest& request) {
    if (auto checked = check_room_uri(request.room); !checked) return checked;
    if (auto checked = check_client_msg_id(request.client_msg_id); !checked) return checked;
    if (request.text.empty() && !request.attachments.empty()) return {};
    return check_message_text(request.text);
}

/// The store's queue turned it away before the writer saw it (store/messages.hpp).
bool never_queued(ErrorCode code) { return code == ErrorCode::Overloaded || code == ErrorCode::ShuttingDown; }

}  // namespace

/// A post on its way to the commit. `done` is empty for a socket, which hears through its ack.
struct Chat::Pending {
    PostRequest request;
    CatalogueSnapshot catalogue;
    std::optional<AckAddress> ack;
    Done done;
};

Chat::Chat(Store& store, Bus& bus, Invocations& invocations, asio::any_io_executor control)
    : store_(store), bus_(bus), invocations_(invocations), control_(std::move(control)) {}

void Chat::post(PostRequest request, CatalogueSnapshot catalogue, AckAddress ack) {
    submit({std::move(request), std::move(catalogue), ack, {}});
}

Awaitable<Result<Posted>> Chat::post(PostRequest request, CatalogueSnapshot catalogue) {
    auto posted = await_callback<Result<Posted>>(
        [this, request = std::move(request), catalogue = std::move(catalogue)](Done done) mutable {
            submit({std::move(request), std::move(catalogue), std::nullopt, std::move(done)});
        });
    co_return co_await std::move(posted);
}

void Chat::submit(Pending pending) {
    if (auto checked = check(pending.request); !checked) return refuse(pending, checked.error());
    const bool plain = pending.request.as_text || !pending.request.attachments.empty();
    const auto kind = plain ? LineKind::Plain : line_kind(pending.request.text);
    if (kind == LineKind::Command) return submit_command(std::move(pending));
    if (kind == LineKind::EscapedSlash) pending.request.text = without_escape(pending.request.text);
    commit(std::move(pending), std::nullopt);
}

void Chat::submit_command(Pending pending) {
    const auto match = pending.catalogue->match(pending.request.text);
    if (!match) return refuse(pending, match.error());
    const auto& command = *match->command;
    const auto arguments = parse_arguments(command, pending.request.text, match->arguments_begin);
    if (!arguments) return refuse(pending, arguments.error());

    NewInvocation invocation{Uuid::make(), command.plugin, command.prefix, command.visibility};
    if (command.audience == Audience::Anyone) return commit(std::move(pending), std::move(invocation));
    spawn(control_, "check audience", check_audience(std::move(pending), command.audience, std::move(invocation)));
}

Awaitable<> Chat::check_audience(Pending pending, Audience audience, NewInvocation invocation) {
    auto room = co_await store_.room(pending.request.author.id, pending.request.room);
    if (!room) {
        refuse(pending, room.error());
    } else if (!may_give(audience, room->role, pending.request.author.admin)) {
        refuse(pending, not_for_you(audience));
    } else {
        commit(std::move(pending), std::move(invocation));
    }
}

void Chat::commit(Pending pending, std::optional<NewInvocation> invocation) {
    NewMessage message{.author = pending.request.author.id,
                       .room = pending.request.room,
                       .client_msg_id = pending.request.client_msg_id,
                       .text = pending.request.text,
                       .reply_to = pending.request.reply_to,
                       .invocation = std::move(invocation),
                       .attachments = pending.request.attachments};
    const auto ack = pending.ack;
    auto committed = [this, pending = std::move(pending)](Result<Posted> posted) mutable {
        if (posted && posted->invocation && !posted->repeated)
            invocations_.start(std::move(pending.request), std::move(pending.catalogue), *posted);
        if (pending.done) return pending.done(std::move(posted));
        // What never reached the writer has no ack from there.
        if (!posted && never_queued(posted.error().code)) refuse(pending, std::move(posted).error());
    };
    store_.post(std::move(message), ack, std::move(committed));
}

void Chat::refuse(const Pending& pending, Problem problem) {
    if (pending.done) return pending.done(std::move(problem));
    bus_.to_socket({.to = *pending.ack,
                    .client_msg_id = pending.request.client_msg_id,
                    .room = pending.request.room,
                    .problem = std::move(problem)});
}

}  // namespace riposte
