// A host that posts until it is killed: `poster DIRECTORY`. Prints "seq client_msg_id" for every post that has been
// acknowledged. crash_test.cpp starts it.
#include "store/store.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <unistd.h>

#include <optional>
#include <semaphore>
#include <string>

namespace riposte {
namespace {

class Nobody : public CommitSink {
public:
    void committed(std::vector<Committed>) override {}
};

template <class T>
std::optional<T> answer(Awaitable<Result<T>> question) {
    asio::io_context io;
    std::optional<T> value;
    asio::co_spawn(io, std::move(question), [&](std::exception_ptr, Result<T> result) {
        if (result) value.emplace(std::move(*result));
    });
    io.run();
    return value;
}

/// The account and room of the first run, or the same again.
User account(Store& store) {
    if (auto found = answer(store.user("alice"))) return *found;
    auto user = *answer(store.create_user({.name = "alice", .display_name = "Alice", .password_hash = "x"}));
    answer(store.create_room(user.id, {.uri = "crash-room", .title = "Crash"}));
    return user;
}

void post_for_ever(Store& store, const User& user) {
    std::counting_semaphore<64> in_flight(64);
    for (std::uint64_t i = 0;; ++i) {
        in_flight.acquire();
        const auto id = std::to_string(::getpid()) + "-" + std::to_string(i);
        store.post({.author = user.id, .room = "crash-room", .client_msg_id = id, .text = "text of " + id}, {},
                   [&in_flight, id](Result<Posted> posted) {
                       if (posted) {
                           const auto line = std::to_string(posted->message->seq) + " " + id + "\n";
                           if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) ::_exit(1);
                       }
                       in_flight.release();
                   });
    }
}

}  // namespace
}  // namespace riposte

int main(int, char** arguments) {
    riposte::Nobody nobody;
    // Small, so that checkpoints are interrupted too.
    const auto store = riposte::open_sqlite_store({.directory = arguments[1], .wal_limit = 256 << 10}, nobody);
    riposte::post_for_ever(*store, riposte::account(*store));
}
