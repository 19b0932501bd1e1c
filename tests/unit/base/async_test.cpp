#include "base/async.hpp"
#include "base/log.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>

#include <gmock/gmock.h>

#include <functional>
#include <optional>
#include <stdexcept>
#include <thread>

namespace riposte {
namespace {

Awaitable<> wait_for_number(std::function<void(std::function<void(int)>)> start, std::optional<int>& number,
                            std::thread::id& resumed_on) {
    auto wait = await_callback<int>(std::move(start));
    number = co_await std::move(wait);
    resumed_on = std::this_thread::get_id();
}

TEST(AwaitCallback, ResumesOnItsOwnThreadWithTheValueOfAnother) {
    asio::io_context io(1);
    std::thread other;
    std::optional<int> number;
    std::thread::id resumed_on;
    const auto start = [&](std::function<void(int)> done) { other = std::thread([done] { done(42); }); };
    spawn(io.get_executor(), "test", wait_for_number(start, number, resumed_on));
    io.run_for(std::chrono::seconds(10));
    other.join();
    EXPECT_EQ(number, 42);
    EXPECT_EQ(resumed_on, std::this_thread::get_id());
}

TEST(AwaitCallback, KeepsItsExecutorAliveUntilTheCallbackComes) {
    asio::io_context io(1);
    std::function<void(int)> later;
    std::optional<int> number;
    std::thread::id resumed_on;
    spawn(io.get_executor(), "test",
          wait_for_number([&](std::function<void(int)> done) { later = std::move(done); }, number, resumed_on));
    io.poll();
    EXPECT_FALSE(io.stopped());
    EXPECT_EQ(number, std::nullopt);
    later(7);
    io.run_for(std::chrono::seconds(10));
    EXPECT_EQ(number, 7);
    EXPECT_TRUE(io.stopped());
}

Awaitable<> fail(const char* what) {
    throw std::runtime_error(what);
    co_return;
}

TEST(Spawn, WhatEscapesIsLoggedWithTheNameAndEndsOnlyThatCoroutine) {
    testing::internal::CaptureStderr();
    log::start(log::Level::Info, log::Format::Text);
    asio::io_context io(1);
    spawn(io.get_executor(), "session of alice", fail("broken pipe dream"));
    io.run_for(std::chrono::seconds(10));
    EXPECT_THAT(testing::internal::GetCapturedStderr(),
                testing::AllOf(testing::HasSubstr("session of alice"), testing::HasSubstr("broken pipe dream")));
}

}  // namespace
}  // namespace riposte
