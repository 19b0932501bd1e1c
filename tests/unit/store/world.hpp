#pragma once

#include "base/clock.hpp"
#include "store/store.hpp"
#include "unit/temporary_folder.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

namespace riposte {

/// Nothing here takes longer, however busy the machine is.
constexpr auto deadline = std::chrono::seconds(20);

/// What came out of the commits, in order.
class Recorder : public CommitSink {
public:
    void committed(std::vector<Committed> batch) override;
    std::vector<std::vector<Committed>> batches() const;
    void clear();
    /// Holds the writer up at its next commit, so that what is queued meanwhile becomes one batch.
    void hold();
    void release();

    /// All of one kind, in order.
    template <class T>
    std::vector<T> all() const {
        std::vector<T> found;
        for (const auto& batch : batches())
            for (const auto& each : batch)
                if (const auto* it = std::get_if<T>(&each)) found.push_back(*it);
        return found;
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable released_;
    bool held_ = false;
    std::vector<std::vector<Committed>> batches_;
};

/// Waits for an answer of the store.
template <class T>
Result<T> answer(Awaitable<Result<T>> question) {
    asio::io_context io;
    std::optional<Result<T>> result;
    std::exception_ptr failure;
    asio::co_spawn(io, std::move(question), [&](std::exception_ptr thrown, Result<T> value) {
        failure = thrown;
        result.emplace(std::move(value));
    });
    io.run_for(deadline);
    if (failure) std::rethrow_exception(failure);
    if (!result) throw std::runtime_error("no answer from the store in time");
    return std::move(*result);
}

std::string name_of(const Problem& problem);

/// The value, or a failed test that says which problem came instead.
template <class T>
T must(Result<T> result) {
    if (!result) throw std::runtime_error("unexpected problem: " + name_of(result.error()));
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}
template <class T>
T must(Awaitable<Result<T>> question) {
    return must(answer(std::move(question)));
}

/// "ok" or the wire name of the problem.
template <class T>
std::string outcome(Result<T> result) {
    return result ? "ok" : name_of(result.error());
}
template <class T>
std::string outcome(Awaitable<Result<T>> question) {
    return outcome(answer(std::move(question)));
}

/// A store of its own, with people who do things in it.
class World : public ::testing::Test {
protected:
    World();
    /// Closes the store and opens it again, as a restart does.
    void restart();

    User person(const std::string& name);
    /// A private room of `owner` in which the others are members.
    std::string room(const User& owner, const std::vector<User>& others = {});
    std::string public_room(const User& owner, const std::string& title = "Town square");

    Result<Posted> post(NewMessage message, std::optional<AckAddress> ack = {});
    /// Posts under a fresh client_msg_id.
    Message says(const User& author, const std::string& room, const std::string& text);
    /// A "/" command and its invocation.
    Invocation commands(const User& author, const std::string& room, const std::string& text,
                        CommandVisibility visibility = CommandVisibility::Room);
    Result<Invocation> finish(Outcome outcome);
    std::vector<std::string> texts(const User& reader, const std::string& room);
    Room seen(const User& user, const std::string& room);

    NewMessage message(const User& author, const std::string& room, const std::string& text);

    TemporaryFolder folder_;
    Recorder recorder_;
    std::unique_ptr<Store> store_;

private:
    int sends_ = 0;
};

}  // namespace riposte
