// What plugins say unasked, and what they hear.
#include "chat/invocations.hpp"

#include "base/log.hpp"

#include <utility>

namespace riposte {
namespace {

constexpr int most_heard_at_once = 1000;  // messages on the way from the writer to [control]; more are not heard

}  // namespace

Awaitable<Result<>> Invocations::post(std::string plugin, std::string room, std::string text) {
    const auto posted = co_await store_.post_unasked(std::move(plugin), std::move(room), std::move(text));
    if (!posted) co_return posted.error();
    co_return Result<>{};
}

void Invocations::heard(Overheard overheard) {
    if (hearing_.fetch_add(1) >= most_heard_at_once) {
        hearing_.fetch_sub(1);
        log::warning("a message was not heard", {{"room", overheard.message.room}});
        return;
    }
    auto message = std::make_shared<const Message>(std::move(overheard.message));
    asio::post(control_, [this, message = std::move(message), plugins = std::move(overheard.plugins)] {
        hearing_.fetch_sub(1);
        for (const auto& plugin : plugins) plugins_->hear(plugin, message);
    });
}

Awaitable<Result<>> Invocations::overheard(std::string plugin, std::uint32_t hearing,
                                           std::shared_ptr<const Message> message) {
    auto invocation = co_await store_.begin_heard(std::move(plugin), Uuid::make(), message->room_id, message->id);
    if (!invocation) co_return invocation.error();
    CallRequest request{.invocation = std::move(*invocation), .origin = Origin::Hearing, .hearing = hearing};
    co_await hand_over_unasked(message->author.id, std::move(request));
    co_return Result<>{};
}

}  // namespace riposte
