// What a room of a million messages costs its readers: a page of history, the list of rooms with what is unread, search in
// both languages; and how long the store takes to open. Each through the store, from the question to the answer.
#include "bench/store/bench_world.hpp"
#include "bench/store/million.hpp"

#include <functional>

namespace riposte::bench {
namespace {

constexpr int questions = 500;

/// Milliseconds below which 99 of 100 answers lie.
double p99_of(const std::function<void()>& ask) {
    std::vector<double> times;
    for (int i = 0; i < questions; ++i) {
        const auto begin = Clock::now();
        ask();
        times.push_back(microseconds(Clock::now() - begin) / 1000);
    }
    return p99(times);
}

void run(const std::filesystem::path& folder) {
    make_million(folder);
    Nobody nobody;
    const auto begin = Clock::now();
    const auto store = open_sqlite_store({.directory = folder}, nobody);
    must(store->interrupt_open());
    print("start with 1 M messages", microseconds(Clock::now() - begin) / 1e6, "s", "<= 1");

    const auto reader = must(store->user("reader")).id;
    std::mt19937 random(2);
    std::uniform_int_distribution<Seq> anywhere(1, million);
    const auto page = [&] { must(store->history(reader, million_room, {.seq = anywhere(random)})); };
    print("page of history in a room of 1 M, p99", p99_of(page), "ms", "<= 5");
    print("list of rooms with 1 M unread, p99", p99_of([&] { must(store->rooms_of(reader)); }), "ms", "<= 5");
    const auto english = [&] {
        must(store->search(reader, {.text = english_word(random) + " " + english_word(random)}));
    };
    const auto chinese = [&] { must(store->search(reader, {.text = chinese_word(random) + chinese_word(random)})); };
    print("search over 1 M messages, English, p99", p99_of(english), "ms", "<= 50");
    print("search over 1 M messages, Chinese, p99", p99_of(chinese), "ms", "<= 50");
    const auto one = [&] { must(store->search(reader, {.text = chinese_word(random)})); };
    print("search over 1 M messages, one Chinese word, p99", p99_of(one), "ms", "<= 50");
    const auto character = [&] { must(store->search(reader, {.text = chinese_word(random).substr(0, 3)})); };
    print("search of the newest for one Chinese character, p99", p99_of(character), "ms", "<= 50");
}

}  // namespace
}  // namespace riposte::bench

int main() {
    // Kept between runs: making it takes longer than the bench.
    const char* build = std::getenv("RIPOSTE_BUILD");
    riposte::bench::run(std::filesystem::path(build ? build : ".") / "tests/bench/million-data");
}
