#include "store/sqlite/sqlite_store.hpp"

#include "store/sqlite/edits.hpp"
#include "store/sqlite/hearing.hpp"
#include "store/sqlite/history.hpp"
#include "store/sqlite/invocations.hpp"
#include "store/sqlite/posts.hpp"
#include "store/sqlite/reactions.hpp"
#include "store/sqlite/replies.hpp"
#include "store/sqlite/search.hpp"

namespace riposte::sqlite {

Awaitable<Result<Message>> SqliteStore::edit(UserId by, std::string room, MessageId id, std::string text) {
    return write<Message>([by, room = std::move(room), id, text = std::move(text)](Transaction& transaction) {
        return sqlite::edit(transaction, by, room, id, text);
    });
}

Awaitable<Result<>> SqliteStore::remove(UserId by, std::string room, MessageId id) {
    return write([by, room = std::move(room), id](Transaction& transaction) {
        return sqlite::remove(transaction, by, room, id);
    });
}

Awaitable<Result<>> SqliteStore::react(UserId by, std::string room, MessageId id, std::string emoji, bool on) {
    return write([by, room = std::move(room), id, emoji = std::move(emoji), on](Transaction& transaction) {
        return sqlite::react(transaction, by, room, id, emoji, on);
    });
}

Awaitable<Result<HistoryPage>> SqliteStore::history(UserId user, std::string room, HistoryQuery query) {
    return read<HistoryPage>([user, room = std::move(room), query = std::move(query)](Database& db) {
        return sqlite::history(db, user, room, query);
    });
}

Awaitable<Result<EventPage>> SqliteStore::events(UserId user, std::string room, Seq after, int limit) {
    return read<EventPage>([user, room = std::move(room), after, limit](Database& db) {
        return sqlite::events(db, user, room, after, limit);
    });
}

Awaitable<Result<Missed>> SqliteStore::missed(UserId user, std::string room, Seq after) {
    return read<Missed>(
        [user, room = std::move(room), after](Database& db) { return sqlite::missed(db, user, room, after); });
}

Awaitable<Result<std::vector<SearchHit>>> SqliteStore::search(UserId user, SearchQuery query) {
    return read<std::vector<SearchHit>>(
        [user, query = std::move(query)](Database& db) { return sqlite::search(db, user, query); });
}

Awaitable<Result<std::optional<Message>>> SqliteStore::reply(BotReply reply) {
    return write<std::optional<Message>>(
        [reply = std::move(reply)](Transaction& transaction) { return sqlite::reply(transaction, reply); });
}

Awaitable<Result<Message>> SqliteStore::post_unasked(std::string plugin, std::string room, std::string text) {
    return write<Message>(
        [plugin = std::move(plugin), room = std::move(room), text = std::move(text)](Transaction& transaction) {
            return sqlite::post_unasked(transaction, plugin, room, text);
        });
}

Awaitable<Result<Invocation>> SqliteStore::begin_heard(std::string plugin, InvocationId id, RoomId room,
                                                       MessageId message) {
    return write<Invocation>([plugin = std::move(plugin), id, room, message](Transaction& transaction) {
        return sqlite::begin_heard(transaction, plugin, id, room, message);
    });
}

Awaitable<Result<Message>> SqliteStore::edit_reply(std::string plugin, MessageId id, std::string text) {
    return write<Message>([plugin = std::move(plugin), id, text = std::move(text)](Transaction& transaction) {
        return sqlite::edit_reply(transaction, plugin, id, text);
    });
}

Awaitable<Result<Invocation>> SqliteStore::invocation(UserId author, InvocationId id) {
    return read<Invocation>([author, id](Database& db) { return sqlite::invocation(db, author, id); });
}

Awaitable<Result<std::vector<Invocation>>> SqliteStore::invocations_of(UserId author, Timestamp since) {
    return read<std::vector<Invocation>>(
        [author, since](Database& db) { return sqlite::invocations_of(db, author, since); });
}

Awaitable<Result<std::int64_t>> SqliteStore::interrupt_open() {
    return write<std::int64_t>([](Transaction& transaction) { return sqlite::interrupt_open(transaction); });
}

void SqliteStore::post(NewMessage message, std::optional<AckAddress> ack, std::function<void(Result<Posted>)> done) {
    writer_.submit(std::make_unique<PostWrite>(std::move(message), ack, std::move(done)));
}

void SqliteStore::finish(Outcome outcome, std::function<void(Result<Invocation>)> done) {
    auto body = [outcome = std::move(outcome)](Transaction& transaction) {
        return sqlite::finish(transaction, outcome);
    };
    writer_.submit(std::make_unique<WriteOf<Invocation>>(std::move(body), std::move(done)));
}

}  // namespace riposte::sqlite
