// Durable ingest through the store: 32 people in 32 rooms, one post in flight each, texts of 100 bytes; beside it the
// product's own statements run bare in SQLite at the same batch size, on the same core.
#include "bench/store/bare_sqlite.hpp"
#include "bench/store/bench_world.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace riposte::bench {
namespace {

constexpr int people = 32;
constexpr auto duration = std::chrono::seconds(5);

/// Counts commits, to know the size of a batch.
class Commits : public CommitSink {
public:
    void committed(std::vector<Committed>) override { ++count; }
    std::atomic<std::int64_t> count = 0;
};

/// Hands each completed post back to the one thread that generates.
class Generator {
public:
    explicit Generator(Store& store) : store_(store) {
        for (int i = 0; i < people; ++i) {
            const auto name = "bench" + std::to_string(i);
            const auto user = must(store.create_user({.name = name, .display_name = name, .password_hash = "x"}));
            must(store.create_room(user.id, {.uri = "bench-" + std::to_string(i), .title = name}));
            people_.push_back({.user = user.id, .room = "bench-" + std::to_string(i), .sent = {}});
        }
    }

    void run() {
        const auto end = Clock::now() + duration;
        for (std::size_t i = 0; i < people_.size(); ++i) post(i);
        for (std::size_t in_flight = people_.size(); in_flight > 0;) {
            const auto i = next();
            latencies.push_back(microseconds(Clock::now() - people_[i].sent));
            if (Clock::now() < end) post(i);
            else --in_flight;
        }
    }

    std::vector<double> latencies;

private:
    struct Person {
        UserId user;
        std::string room;
        Clock::time_point sent;
    };

    void post(std::size_t i) {
        people_[i].sent = Clock::now();
        store_.post({.author = people_[i].user,
                     .room = people_[i].room,
                     .client_msg_id = std::to_string(++count_),
                     .text = std::string(100, 't')},
                    AckAddress{}, [this, i](Result<Posted> posted) {
                        if (!posted) std::abort();
                        const std::lock_guard lock(mutex_);
                        done_.push_back(i);
                        arrived_.notify_one();
                    });
    }

    std::size_t next() {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return !done_.empty(); });
        const auto i = done_.front();
        done_.pop_front();
        return i;
    }

    Store& store_;
    std::vector<Person> people_;
    std::int64_t count_ = 0;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::size_t> done_;
};

int run(const std::filesystem::path& folder) {
    Commits commits;
    run_on("RIPOSTE_SERVER_CORE");
    auto store = open_sqlite_store({.directory = folder}, commits);
    run_on("RIPOSTE_GENERATOR_CORE");
    Generator generator(*store);
    const auto commits_before = commits.count.load();
    const auto begin = Clock::now();
    generator.run();
    const auto seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    const auto posts = static_cast<double>(generator.latencies.size());
    const auto batch = posts / static_cast<double>(commits.count - commits_before);
    store->stop();
    store.reset();

    run_on("RIPOSTE_SERVER_CORE");
    const auto bare = bare_posts_per_second(folder / "riposte.db", people, static_cast<int>(batch + 0.5), 5);
    std::printf(R"({"name": "durable ingest", "value": %.0f, "unit": "posts/s", "ceiling": %.0f, "want": ">= 0.5"})"
                "\n",
                posts / seconds, bare);
    print("durable ingest p99", p99(generator.latencies) / 1000, "ms", "<= 5");
    std::printf("durable ingest: %.1f posts a commit\n", batch);
    return 0;
}

}  // namespace
}  // namespace riposte::bench

int main() {
    auto pattern = (std::filesystem::temp_directory_path() / "riposte-bench-XXXXXX").string();
    if (!::mkdtemp(pattern.data())) return 1;
    const int code = riposte::bench::run(pattern);
    std::filesystem::remove_all(pattern);
    return code;
}
