#include "chat/invocations.hpp"

#include "base/log.hpp"
#include "bus/bus.hpp"
#include "chat/room_catalogue.hpp"
#include "commands/arguments.hpp"
#include "commands/help.hpp"
#include "protocol/events.hpp"

#include <boost/asio/steady_timer.hpp>

#include <utility>

namespace riposte {
namespace {

constexpr std::chrono::milliseconds overload_pause{50};

Audience audience_of(Role role, const User& user) {
    if (user.admin) return Audience::Operator;
    if (role == Role::Owner) return Audience::Owner;
    if (role == Role::Moderator) return Audience::Moderator;
    return Audience::Anyone;
}

}  // namespace

Invocations::Invocations(Store& store, Bus& bus, asio::any_io_executor control,
                         std::function<void(CatalogueSnapshot)> publish)
    : store_(store), bus_(bus), control_(std::move(control)), publish_(std::move(publish)) {}

void Invocations::start(PostRequest request, CatalogueSnapshot catalogue, Posted posted) {
    // By pointer: an executor moves what it is given several times.
    asio::post(control_, [this, request = std::make_unique<PostRequest>(std::move(request)),
                          catalogue = std::move(catalogue), posted = std::make_unique<Posted>(std::move(posted))] {
        hand_over(std::move(*request), catalogue, std::move(*posted));
    });
}

void Invocations::hand_over(PostRequest request, CatalogueSnapshot catalogue, Posted posted) {
    auto& invocation = *posted.invocation;
    open_.emplace(invocation.id, invocation);
    if (invocation.plugin == help_command().plugin) {
        const auto audience = audience_of(posted.role, request.author);
        return spawn(control_, "help",
                     answer_help(std::move(request), std::move(catalogue), std::move(invocation), audience));
    }
    plugins_->submit({.invocation = std::move(invocation),
                      .room_title = std::move(posted.room_title),
                      .caller = {.id = request.author.id,
                                 .name = request.author.name,
                                 .display_name = request.author.display_name,
                                 .role = posted.role,
                                 .administrator = request.author.admin,
                                 .locale = std::move(request.locale),
                                 .time_zone = std::move(request.time_zone)},
                      .catalogue_version = catalogue->version(),
                      .direct = posted.room_kind == RoomKind::Direct});
}

Awaitable<> Invocations::answer_help(PostRequest request, CatalogueSnapshot catalogue, Invocation invocation,
                                     Audience audience) {
    const auto match = catalogue->match(request.text);
    const auto arguments =
        parse_arguments(help_command(), request.text, match ? match->arguments_begin : request.text.size());
    const std::string about = arguments && !arguments->empty() ? arguments->front().text : "";
    const auto here = co_await catalogue_of_room(store_, request.author.id, invocation.room, catalogue);
    auto text = here ? help(**here, about, request.locale, audience) : here.error();
    if (!text) {
        co_await fail(invocation.id, text.error());
        co_return;
    }
    BotReply answer{.plugin = invocation.plugin,
                    .room = invocation.room_id,
                    .invocation = invocation.id,
                    .text = std::move(*text),
                    .visibility = CommandVisibility::Author};
    Outcome outcome{.invocation = invocation.id, .last_reply = std::move(answer)};
    co_await end(std::move(outcome));
}

Awaitable<> Invocations::fail(InvocationId invocation, Problem problem) {
    Outcome outcome{.invocation = invocation, .failure = problem.code, .detail = std::move(problem.detail)};
    co_await end(std::move(outcome));
}

/// An outcome of the host's own: tried again while the store is overloaded, and a failure when it cannot be stored as it is.
Awaitable<> Invocations::end(Outcome outcome) {
    for (;;) {
        auto attempt = outcome;
        auto attempted = await_callback<Result<>>(
            [this, attempt = std::move(attempt)](auto done) mutable { finish(std::move(attempt), std::move(done)); });
        auto ended = co_await std::move(attempted);
        if (ended || ended.error().code == ErrorCode::ShuttingDown) co_return;
        log::warning("outcome not stored",
                     {{"invocation", outcome.invocation.to_string()}, {"why", ended.error().detail}});
        if (ended.error().code != ErrorCode::Overloaded && outcome.failure) co_return;
        if (ended.error().code != ErrorCode::Overloaded)
            outcome = {.invocation = outcome.invocation, .failure = ErrorCode::Internal};
        asio::steady_timer pause(control_, overload_pause);
        co_await pause.async_wait(asio::use_awaitable);
    }
}

Awaitable<Result<>> Invocations::cancel(UserId author, InvocationId id) {
    auto invocation = co_await store_.invocation(author, id);
    if (!invocation) co_return invocation.error();
    plugins_->cancel(id);
    co_return Result<>{};
}

void Invocations::catalogue_changed(CatalogueSnapshot snapshot) { publish_(std::move(snapshot)); }

void Invocations::running(InvocationId id) {
    const auto open = open_.find(id);
    if (open == open_.end()) return;
    open->second.state = InvocationState::Running;
    bus_.to_user(open->second.author, event_line::invocation(open->second));
}

Awaitable<Result<std::optional<MessageId>>> Invocations::reply(BotReply reply) {
    auto message = co_await store_.reply(std::move(reply));
    if (!message) co_return message.error();
    if (!*message) co_return std::optional<MessageId>{};
    const auto id = (*message)->id;
    if ((*message)->state == MessageState::Streaming)
        streaming_.emplace(id, Stream{(*message)->room, std::move((*message)->text)});
    co_return std::optional<MessageId>{id};
}

Awaitable<Result<>> Invocations::edit(std::string plugin, MessageId message, std::string text) {
    auto edited = co_await store_.edit_reply(std::move(plugin), message, std::move(text));
    if (!edited && edited.error().code == ErrorCode::Overloaded) co_return edited.error();  // the loader tries again
    if (streaming_.erase(message) > 0) bus_.stream_ended(message);
    if (!edited) co_return edited.error();
    co_return Result<>{};
}

void Invocations::stream_chunk(MessageId message, RoomId room, std::size_t offset, std::string text) {
    const auto growing = streaming_.find(message);
    if (growing == streaming_.end()) return;
    auto& stream = growing->second;
    stream.text += text;
    bus_.stream_grown(room, message, event_line::stream(stream.room, message, offset, text), stream.text);
}

void Invocations::finish(Outcome outcome, std::function<void(Result<>)> done) {
    const auto id = outcome.invocation;
    store_.finish(std::move(outcome), [this, id, done = std::move(done)](Result<Invocation> ended) mutable {
        asio::post(control_, [this, id, ended = std::make_unique<Result<Invocation>>(std::move(ended)),
                              done = std::move(done)] { finished(id, *ended, done); });
    });
}

void Invocations::finished(InvocationId id, const Result<Invocation>& ended,
                           const std::function<void(Result<>)>& done) {
    if (!ended && ended.error().code == ErrorCode::Overloaded) return done(ended.error());  // the loader tries again
    open_.erase(id);
    if (!ended) return done(ended.error());
    log::info("invocation ended", {{"invocation", id.to_string()},
                                   {"plugin", ended->plugin},
                                   {"outcome", ended->code ? info(*ended->code).name : std::string_view("done")},
                                   {"ms", ended->ended_at.value_or(0) - ended->created_at}});
    done({});
}

void Invocations::timer_due(PluginTimer timer, bool late) {
    spawn(control_, "timer", hand_over_timer(std::move(timer), late));
}

Awaitable<> Invocations::hand_over_timer(PluginTimer timer, bool late) {
    auto invocation = co_await store_.fire_timer(timer.id, Uuid::make());
    while (!invocation && invocation.error().code == ErrorCode::Overloaded) {
        asio::steady_timer pause(control_, overload_pause);
        co_await pause.async_wait(asio::use_awaitable);
        invocation = co_await store_.fire_timer(timer.id, Uuid::make());
    }
    if (!invocation || invocation->ended_at) {
        const auto code = invocation ? invocation->code.value_or(ErrorCode::Internal) : invocation.error().code;
        log::warning("timer not fired", {{"plugin", timer.plugin}, {"why", info(code).name}});
        co_return;
    }
    open_.emplace(invocation->id, *invocation);
    CallRequest request{.invocation = std::move(*invocation),
                        .origin = Origin::Timer,
                        .timer = timer.id,
                        .due = timer.due,
                        .timer_payload = std::move(timer.payload),
                        .late = late};
    co_await hand_over_unasked(timer.user, std::move(request));
}

/// A call that its person has not just given; how they stand in the room now is looked up.
Awaitable<> Invocations::hand_over_unasked(UserId user, CallRequest request) {
    auto me = co_await store_.me(user);
    auto room = co_await store_.room(user, request.invocation.room);
    if (!me || !room) {
        co_await fail(request.invocation.id, me ? room.error() : me.error());
        co_return;
    }
    request.room_title = room->title;
    request.direct = room->kind == RoomKind::Direct;
    request.caller = {.id = user,
                      .name = me->user.name,
                      .display_name = me->user.display_name,
                      .role = room->role.value_or(Role::Member),
                      .administrator = me->user.admin,
                      .locale = me->locale};
    plugins_->submit(std::move(request));
}

}  // namespace riposte
