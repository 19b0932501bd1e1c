#include "loader/timers.hpp"

#include "base/clock.hpp"
#include "unit/loader/world.hpp"

#include <riposte/plugin.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>

#include <set>

namespace riposte::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// The timers alone, on this thread.
class TimersTest : public ::testing::Test {
protected:
    static PluginTimer timer(const std::string& plugin, Timestamp due, const std::string& payload = "tea") {
        PluginTimer timer;
        timer.plugin = plugin;
        timer.due = due;
        timer.payload = payload;
        return timer;
    }

    template <class T>
    T run(Awaitable<T> work) {
        std::optional<T> result;
        asio::co_spawn(io_, std::move(work), [&](std::exception_ptr, T value) { result = std::move(value); });
        until([&] { return result.has_value(); });
        return std::move(result.value());
    }
    void load() {
        bool loaded = false;
        asio::co_spawn(io_, timers_.load(), [&](std::exception_ptr) { loaded = true; });
        until([&] { return loaded; });
    }
    /// False when it takes more than 5 s.
    bool until(const std::function<bool()>& holds) {
        const auto end = std::chrono::steady_clock::now() + 5s;
        io_.restart();
        while (!holds() && std::chrono::steady_clock::now() < end) io_.run_one_for(10ms);
        return holds();
    }
    std::vector<std::string> due() const {
        std::vector<std::string> payloads;
        for (const auto& [timer, late] : services_.due) payloads.push_back(timer.payload + (late ? ", late" : ""));
        return payloads;
    }

    asio::io_context io_;
    asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
    RecordingServices services_;
    LoaderContext context_{LoaderOptions(), services_, io_.get_executor()};
    std::set<std::string> not_ready_;
    Timers timers_{context_, [this](const std::string& plugin) { return !not_ready_.contains(plugin); }};
};

TEST_F(TimersTest, FireInTheirTimeOnce) {
    const auto now = now_ms();
    ASSERT_TRUE(run(timers_.set(timer("remind", now + 120, "second"))));
    ASSERT_TRUE(run(timers_.set(timer("remind", now + 60, "first"))));
    EXPECT_THAT(due(), IsEmpty());
    EXPECT_TRUE(until([&] { return services_.due.size() == 2; }));
    EXPECT_THAT(due(), ElementsAre("first", "second"));
    EXPECT_GE(now_ms(), now + 120);
    EXPECT_THAT(timers_.of("remind"), IsEmpty());
    timers_.look();
    EXPECT_THAT(services_.due, SizeIs(2));
}

TEST_F(TimersTest, OfEarlierRunsFireLateAndSaySo) {
    services_.kept_timers[1] = timer("remind", now_ms() - 60'000);
    services_.kept_timers[1].id = 1;
    load();
    EXPECT_TRUE(until([&] { return !services_.due.empty(); }));
    EXPECT_THAT(due(), ElementsAre("tea, late"));
}

TEST_F(TimersTest, WaitForAPluginThatCannotTakeThem) {
    not_ready_ = {"remind"};
    ASSERT_TRUE(run(timers_.set(timer("remind", now_ms(), "held"))));
    ASSERT_TRUE(run(timers_.set(timer("other", now_ms(), "free"))));
    EXPECT_TRUE(until([&] { return !services_.due.empty(); }));
    timers_.look();
    EXPECT_THAT(due(), ElementsAre("free"));
    not_ready_.clear();
    timers_.look();
    EXPECT_THAT(due(), ElementsAre("free", "held"));
}

TEST_F(TimersTest, AreTheirPluginsAlone) {
    const auto id = run(timers_.set(timer("remind", now_ms() + 60'000)));
    ASSERT_TRUE(id);
    EXPECT_THAT(timers_.of("dice"), IsEmpty());
    EXPECT_EQ(run(timers_.remove("dice", *id)).error().code, ErrorCode::NotFound);
    EXPECT_TRUE(run(timers_.remove("remind", *id)));
    EXPECT_THAT(services_.kept_timers, IsEmpty());
    EXPECT_EQ(run(timers_.remove("remind", *id)).error().code, ErrorCode::NotFound);
}

TEST_F(TimersTest, AreLimitedInNumber) {
    for (std::int64_t id = 1; id < RIPOSTE_MAX_TIMERS; ++id)
        services_.kept_timers[-id] = timer("remind", now_ms() + 60'000);
    load();
    EXPECT_TRUE(run(timers_.set(timer("remind", now_ms() + 60'000))));
    EXPECT_EQ(run(timers_.set(timer("remind", now_ms() + 60'000))).error().code, ErrorCode::TooLarge);
    EXPECT_TRUE(run(timers_.set(timer("other", now_ms() + 60'000))));
}

TEST_F(TimersTest, DoNotAllComeAtOnceAfterALongAbsence) {
    for (std::int64_t id = 1; id <= 40; ++id) {
        services_.kept_timers[id] = timer("remind", now_ms() - 60'000);
        services_.kept_timers[id].id = id;
    }
    load();
    EXPECT_TRUE(until([&] { return !services_.due.empty(); }));
    EXPECT_THAT(services_.due, SizeIs(16)) << "the plugin's queue and its users' other commands live on";
    EXPECT_TRUE(until([&] { return services_.due.size() == 40; }));
}

TEST_F(TimersTest, AreSilentOnceStopped) {
    ASSERT_TRUE(run(timers_.set(timer("remind", now_ms() + 20))));
    timers_.stop();
    until([until = std::chrono::steady_clock::now() + 80ms] { return std::chrono::steady_clock::now() > until; });
    EXPECT_THAT(services_.due, IsEmpty());
}

}  // namespace
}  // namespace riposte::test
