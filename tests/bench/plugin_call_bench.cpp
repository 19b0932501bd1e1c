// A call of the echo plugin, from submit() to its outcome. In a worker, beside a bare ping-pong over a socketpair between
// the same two threads: this one, with its event loop, and one of another process that is as nice as a worker. In the
// host's process, beside a bare hop to another thread and back.

#include "loader/plugin_host.hpp"
#include "loader/worker_main.hpp"

#include "base/log.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace riposte {
namespace {

using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

constexpr std::size_t rounds = 20'000;
constexpr std::size_t warm_up = 2'000;
constexpr std::size_t message_bytes = 200;  // about a call of /echo as it travels

double median(std::vector<double> times) {
    const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
    std::ranges::nth_element(times, middle);
    return *middle;
}

/// Does a round again and again on the event loop: `begin` takes what `prepare` made, outside of the time that counts,
/// and calls its other argument when it is through. Microseconds each.
class Stopwatch {
public:
    template <class Prepare, class Begin>
    std::vector<double> measure(asio::io_context& io, Prepare prepare, Begin begin) {
        next_ = [this, &io, prepare, begin] {
            if (++done_ > rounds + warm_up) return io.stop();
            auto prepared = prepare();
            began_ = Clock::now();
            begin(std::move(prepared), [this, &io] {
                if (done_ > warm_up) times_.push_back(Microseconds(Clock::now() - began_).count());
                asio::post(io, next_);
            });
        };
        asio::post(io, next_);
        io.restart();
        io.run();
        return times_;
    }

private:
    std::function<void()> next_;
    std::vector<double> times_;
    std::size_t done_ = 0;
    Clock::time_point began_;
};

/// The other process sends back what it gets.
[[noreturn]] void echo_bytes(int socket) {
    std::array<char, 4096> bytes;
    if (::nice(10) == -1) std::perror("nice");
    for (;;) {
        const auto got = ::recv(socket, bytes.data(), bytes.size(), 0);
        if (got <= 0 || ::send(socket, bytes.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) != got) ::_exit(0);
    }
}

double bare_ping_pong(asio::io_context& io) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) std::abort();
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        echo_bytes(ends[1]);
    }
    ::close(ends[1]);
    asio::local::stream_protocol::socket socket(io, asio::local::stream_protocol(), ends[0]);
    socket.non_blocking(true);
    std::array<char, 4096> answer;
    const auto message = [] { return std::string(message_bytes, 'x'); };
    const auto times = Stopwatch().measure(io, message, [&](std::string message, const std::function<void()>& done) {
        if (::send(ends[0], message.data(), message.size(), MSG_NOSIGNAL) < 0) std::abort();
        socket.async_read_some(asio::buffer(answer), [done](auto, std::size_t) { done(); });
    });
    socket.close();
    ::waitpid(child, nullptr, 0);
    return median(times);
}

/// The same without a socket: handed to a thread that waits, and back to the event loop.
double bare_thread_hop(asio::io_context& io) {
    std::mutex mutex;
    std::condition_variable changed;
    std::function<void()> task;
    bool ended = false;
    std::thread other([&] {
        for (std::unique_lock lock(mutex);;) {
            changed.wait(lock, [&] { return task || ended; });
            if (ended) return;
            asio::post(io, std::exchange(task, nullptr));
        }
    });
    const auto work = asio::make_work_guard(io);
    const auto nothing = [] { return 0; };
    const auto times = Stopwatch().measure(io, nothing, [&](int, const std::function<void()>& done) {
        const std::lock_guard lock(mutex);
        task = done;
        changed.notify_one();
    });
    {
        const std::lock_guard lock(mutex);
        ended = true;
        changed.notify_one();
    }
    other.join();
    return median(times);
}

/// The rest of the host, which takes no time here.
class NoHost final : public HostServices {
public:
    void catalogue_changed(CatalogueSnapshot) override {}
    void running(InvocationId) override {}
    Awaitable<Result<std::optional<MessageId>>> reply(BotReply) override {
        ++early_replies;
        co_return MessageId::make();
    }
    Awaitable<Result<>> edit(std::string, MessageId, std::string) override { co_return Result<>(); }
    Awaitable<Result<>> post(std::string, std::string, std::string) override { co_return Result<>(); }
    Awaitable<Result<>> overheard(std::string, std::uint32_t, std::shared_ptr<const Message>) override {
        co_return Result<>();
    }
    void stream_chunk(MessageId, RoomId, std::size_t, std::string) override {}
    void finish(Outcome outcome, std::function<void(Result<>)> done) override {
        if (outcome.failure || !outcome.last_reply) ++incomplete;
        on_finish();
        done({});
    }
    Awaitable<Result<std::optional<std::string>>> key_value(std::string, std::string) override {
        co_return std::nullopt;
    }
    Awaitable<Result<std::vector<std::string>>> keys(std::string, std::string, int) override { co_return none; }
    Awaitable<Result<>> write_key_values(std::string, std::vector<KeyValueWrite>) override { co_return Result<>(); }
    Awaitable<Result<std::vector<Forgotten>>> to_forget(std::string) override { co_return std::vector<Forgotten>(); }
    Awaitable<Result<>> forgot(std::string, UserId) override { co_return Result<>(); }
    Awaitable<Result<std::vector<PluginTimer>>> timers() override { co_return std::vector<PluginTimer>(); }
    Awaitable<Result<std::int64_t>> save_timer(PluginTimer) override { co_return 1; }
    Awaitable<Result<>> remove_timer(std::string, std::int64_t) override { co_return Result<>(); }
    void timer_due(PluginTimer, bool) override {}
    Awaitable<Result<std::vector<PluginRecord>>> plugins() override { co_return std::vector<PluginRecord>(); }
    Awaitable<Result<>> save_plugin(PluginRecord) override { co_return Result<>(); }
    Awaitable<Result<>> add_history(PluginHistoryEntry) override { co_return Result<>(); }
    Awaitable<Result<std::vector<PluginHistoryEntry>>> history(std::string, int) override {
        co_return std::vector<PluginHistoryEntry>();
    }
    Awaitable<Result<std::optional<PluginState>>> state(std::string) override { co_return std::nullopt; }
    Awaitable<Result<>> save_state(PluginState) override { co_return Result<>(); }
    Awaitable<Result<>> save_snapshot(PluginSnapshot, SnapshotValues) override { co_return Result<>(); }
    Awaitable<Result<std::optional<PluginSnapshot>>> snapshot(std::string) override { co_return std::nullopt; }
    Awaitable<Result<>> exchange_values(std::string) override { co_return Result<>(); }
    Awaitable<Result<>> trial_values(std::string, TrialValues) override { co_return Result<>(); }

    explicit NoHost(asio::io_context& io) : io(io) {}
    asio::io_context& io;
    std::function<void()> on_finish;
    std::size_t early_replies = 0;
    std::size_t incomplete = 0;
    std::vector<std::string> none;
};

CallRequest echo_call() {
    CallRequest call;
    call.invocation.id = InvocationId::make();
    call.invocation.plugin = "echo";
    call.invocation.command = "/echo";
    call.invocation.text = "/echo the quick brown fox jumps over the lazy dog";
    call.invocation.room = "lobby";
    call.room_title = "Lobby";
    call.caller.id = UserId{1};
    call.caller.name = call.caller.display_name = "alice";
    call.caller.locale = "en";
    call.caller.time_zone = "Europe/Zurich";
    return call;
}

void run(asio::io_context& io, Awaitable<> work) {
    auto stop_after = [](Awaitable<> work, asio::io_context& io) -> Awaitable<> {
        co_await std::move(work);
        io.stop();
    };
    spawn(io.get_executor(), "bench", stop_after(std::move(work), io));
    io.restart();
    io.run();
}

struct Figures {
    double call_us = 0;
    double start_ms = 0;
};

Awaitable<> reload(PluginHost& host, double& milliseconds) {
    const auto before = Clock::now();
    auto reloading = host.reload("echo", "bench", true);
    const auto report = co_await std::move(reloading);
    if (!report || !report->live) std::abort();
    milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - before).count();
}

Figures measure(asio::io_context& io, Isolation isolation) {
    auto folder = (std::filesystem::temp_directory_path() / "riposte-bench-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr) std::abort();
    NoHost services(io);
    LoaderOptions options;
    options.executable = std::filesystem::read_symlink("/proc/self/exe");
    options.bundled_directory = std::filesystem::path(folder) / "bundled";
    options.data_directory = folder;
    std::filesystem::create_directories(options.bundled_directory);
    std::filesystem::copy_file(ECHO_PLUGIN, options.bundled_directory / "echo.so");
    options.isolation = isolation;
    PluginHost host(options, services, io.get_executor());
    run(io, host.start());

    Figures figures;
    const auto times = Stopwatch().measure(io, echo_call, [&](CallRequest call, const std::function<void()>& done) {
        services.on_finish = done;
        host.submit(std::move(call));
    });
    figures.call_us = median(times);
    run(io, reload(host, figures.start_ms));
    run(io, host.stop(std::chrono::seconds(2)));
    std::filesystem::remove_all(folder);
    // A reply before its outcome means that 1 ms passed between the two: a busy machine, not the usual case.
    if (services.incomplete - services.early_replies > 0 || services.early_replies > rounds / 20) std::abort();
    return figures;
}

}  // namespace
}  // namespace riposte

int main(int argc, char** argv) {
    using namespace riposte;
    if (argc > 1 && std::string_view(argv[1]) == "worker") return worker_main(argc, argv);
    log::start(log::Level::Error, log::Format::Text);
    asio::io_context io(1);
    const auto bare = bare_ping_pong(io);
    const auto hop = bare_thread_hop(io);
    const auto worker = measure(io, Isolation::Worker);
    const auto thread = measure(io, Isolation::InProcess);
    std::printf(R"({"name": "plugin call, worker", "value": %.2f, "unit": "us", "ceiling": %.2f, "want": "<= 1.5"})"
                "\n",
                worker.call_us, bare);
    std::printf(R"({"name": "plugin call, in-process", "value": %.2f, "unit": "us", "ceiling": %.2f, "want": "<= 1.5"})"
                "\n",
                thread.call_us, hop);
    std::printf(
        R"({"name": "reload of a worker: copy, check, sandboxed start, switch", "value": %.1f, "unit": "ms", "want": "<= 100"})"
        "\n",
        worker.start_ms);
}
