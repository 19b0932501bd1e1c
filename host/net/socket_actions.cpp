// What a client may do over its socket, one function an action.
#include "net/socket_session.hpp"

#include "base/rate_limit.hpp"
#include "chat/chat.hpp"
#include "chat/invocations.hpp"
#include "chat/presence.hpp"
#include "net/net_thread.hpp"
#include "net/services.hpp"
#include "protocol/events.hpp"
#include "protocol/text.hpp"
#include "store/store.hpp"

#include <utility>

namespace riposte {
namespace {

Awaitable<Result<>> edit(Store& store, UserId by, EditAction action) {
    auto edited = co_await store.edit(by, std::move(action.room), action.id, std::move(action.text));
    if (!edited) co_return edited.error();
    co_return Result<>{};
}

}  // namespace

void SocketSession::act(HelloAction, std::string) {}  // handle() has dealt with it

void SocketSession::act(PostAction action, std::string) {
    if (auto allowed = services_.post_limit.take(identity_.user.name); !allowed)
        return refuse(allowed.error(), {}, action.client_msg_id);
    ++in_flight_;
    PostRequest request{.author = identity_.user,
                        .room = std::move(action.room),
                        .client_msg_id = std::move(action.client_msg_id),
                        .text = std::move(action.text),
                        .reply_to = action.reply_to,
                        .as_text = action.as_text,
                        .locale = locale_,
                        .time_zone = time_zone_,
                        .attachments = std::move(action.attachments)};
    services_.chat.post(std::move(request), thread_.catalogue, AckAddress{thread_.index, id_});
}

void SocketSession::act(EditAction action, std::string ref) {
    if (auto checked = check_message_text(action.text); !checked) return refuse(checked.error(), ref);
    start("edit", std::move(ref), edit(services_.store, identity_.user.id, std::move(action)));
}

void SocketSession::act(DeleteAction action, std::string ref) {
    start("delete", std::move(ref), services_.store.remove(identity_.user.id, std::move(action.room), action.id));
}

void SocketSession::act(ReactAction action, std::string ref) {
    start("react", std::move(ref),
          services_.store.react(identity_.user.id, std::move(action.room), action.id, std::move(action.emoji),
                                action.on));
}

void SocketSession::act(ReadAction action, std::string ref) {
    start("read", std::move(ref), services_.store.mark_read(identity_.user.id, std::move(action.room), action.seq));
}

void SocketSession::act(TypingAction action, std::string) {
    if (const auto room = rooms_.find(action.room); room != rooms_.end())
        services_.presence.typing(identity_.user, room->second, action.room);
}

void SocketSession::act(CancelAction action, std::string ref) {
    start("cancel", std::move(ref), services_.invocations.cancel(identity_.user.id, action.invocation));
}

void SocketSession::act(PingAction, std::string) { send_line(event_line::pong()); }

/// Runs beside the read loop; a problem is told with `ref`, success only to who gave a `ref`.
void SocketSession::start(std::string_view name, std::string ref, Awaitable<Result<>> action) {
    ++in_flight_;
    auto run = [](std::shared_ptr<SocketSession> self, std::string ref, Awaitable<Result<>> action) -> Awaitable<> {
        auto result = co_await std::move(action);
        self->one_less_in_flight();
        if (!result) self->refuse(result.error(), ref);
        else if (!ref.empty()) self->send_line(event_line::done(ref));
    };
    spawn(thread_.io.get_executor(), name, run(shared_from_this(), std::move(ref), std::move(action)));
}

}  // namespace riposte
