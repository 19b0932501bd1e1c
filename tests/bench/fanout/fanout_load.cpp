// fanout_load: one room, N sockets, one sender. Prints one JSON object.
//   fanout_load --port P --tokens FILE --room URI --server PID --outstanding K --posts M [--per-second R]
// With --per-second it posts at that pace and measures the latency of every delivery; without, it keeps K posts
// outstanding and measures how fast all of them arrive everywhere.
#include "client_socket.hpp"

#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace {

using bench::ClientSocket;
using bench::now_ns;

struct Options {
    int port = 0;
    std::string tokens;
    std::string room;
    int server = 0;
    int outstanding = 1;
    int posts = 1000;
    double per_second = 0;
};

Options parse(int argc, char** argv) {
    std::map<std::string, std::string> given;
    for (int i = 1; i + 1 < argc; i += 2) given[argv[i]] = argv[i + 1];
    Options options;
    options.port = std::stoi(given.at("--port"));
    options.tokens = given.at("--tokens");
    options.room = given.at("--room");
    options.server = std::stoi(given.at("--server"));
    if (given.contains("--outstanding")) options.outstanding = std::stoi(given["--outstanding"]);
    if (given.contains("--posts")) options.posts = std::stoi(given["--posts"]);
    if (given.contains("--per-second")) options.per_second = std::stod(given["--per-second"]);
    return options;
}

/// User and system time of a process so far, in seconds.
double cpu_seconds(int process) {
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    std::string line;
    std::getline(file, line);
    std::istringstream fields(line.substr(line.rfind(')') + 2));
    std::string field;
    long ticks = 0;
    for (int i = 3; fields >> field; ++i)
        if (i == 14 || i == 15) ticks += std::stol(field);
    return static_cast<double>(ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

std::size_t count(std::string_view text, std::string_view word) {
    std::size_t found = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) ++found;
    return found;
}

class Load {
public:
    explicit Load(Options options) : options_(std::move(options)), epoll_(epoll_create1(EPOLL_CLOEXEC)) {}

    void connect() {
        std::ifstream file(options_.tokens);
        for (std::string token; std::getline(file, token);) {
            sockets_.emplace_back(options_.port, token);
            watch(sockets_.size() - 1);
        }
        received_.assign(sockets_.size(), 0);
        lives_.assign(sockets_.size(), 0);
        poll_until([this] { return std::ranges::all_of(sockets_, &ClientSocket::upgraded); }, "upgrade");
        for (auto& socket : sockets_) socket.send(R"({"do":"hello","rooms":{}})");
        poll_until([this] { return std::ranges::all_of(lives_, [](int live) { return live > 0; }); }, "live");
        const auto quiet = now_ns() + 2'500'000'000;  // presence digests come once a second
        while (now_ns() < quiet) poll(100);
        received_.assign(sockets_.size(), 0);
        acked_ = 0;
    }

    void run() {
        measuring_ = true;
        const double cpu = cpu_seconds(options_.server);
        const auto begin = now_ns();
        while (!all_arrived()) {
            post_what_may_go(begin);
            poll(pause_ms(begin));
            if (now_ns() - begin > 120'000'000'000) throw std::runtime_error("not everything arrived within 120 s");
        }
        report(static_cast<double>(now_ns() - begin) / 1e9, cpu_seconds(options_.server) - cpu);
    }

private:
    void watch(std::size_t index) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = index;
        epoll_ctl(epoll_, EPOLL_CTL_ADD, sockets_[index].descriptor(), &event);
    }

    template <class Condition>
    void poll_until(Condition reached, const char* what) {
        const auto deadline = now_ns() + 60'000'000'000;
        while (!reached()) {
            poll(100);
            if (now_ns() > deadline) throw std::runtime_error(std::string("no ") + what + " within 60 s");
        }
    }

    void poll(int timeout_ms) {
        epoll_event events[256];
        const int ready = epoll_wait(epoll_, events, 256, timeout_ms);
        for (int i = 0; i < ready; ++i) {
            const auto index = static_cast<std::size_t>(events[i].data.u64);
            if (!sockets_[index].read([&](std::string_view piece) { take(index, piece); }))
                throw std::runtime_error("the server closed socket " + std::to_string(index));
        }
    }

    void take(std::size_t index, std::string_view piece) {
        if (!measuring_) {
            lives_[index] += static_cast<int>(count(piece, R"("event":"live")"));
            return;
        }
        const auto lines = static_cast<int>(std::ranges::count(piece, '\n'));
        if (index == 0) {
            // Acks and events come in lines of their own; an ack cut in two by the read is found by its rest.
            sender_tail_ += piece;
            const auto end = sender_tail_.rfind('\n');
            if (end == std::string::npos) return;
            const auto acks =
                static_cast<int>(count(std::string_view(sender_tail_).substr(0, end), R"({"event":"ack")"));
            sender_lines_ += lines;
            acked_ += acks;
            received_[0] = sender_lines_ - acked_;
            sender_tail_.erase(0, end);
        } else {
            received_[index] += lines;
        }
        if (options_.per_second > 0) time_deliveries(piece);
    }

    void time_deliveries(std::string_view piece) {
        const auto now = now_ns();
        for (auto at = piece.find("@t="); at != std::string_view::npos; at = piece.find("@t=", at + 3))
            if (at + 22 <= piece.size()) latencies_.push_back(now - std::strtoll(piece.data() + at + 3, nullptr, 10));
    }

    bool all_arrived() const {
        return std::ranges::all_of(received_, [this](int lines) { return lines >= options_.posts; });
    }

    /// Sleeps while nothing is due: a pace must not take the core from others on it.
    int pause_ms(std::int64_t begin) const {
        if (options_.per_second <= 0) return 1000;
        const auto next_due_s = static_cast<double>(sent_ + 1) / options_.per_second;
        return next_due_s - static_cast<double>(now_ns() - begin) / 1e9 > 0.002 ? 1 : 0;
    }

    void post_what_may_go(std::int64_t begin) {
        if (options_.per_second > 0) {
            const auto due = static_cast<double>(now_ns() - begin) / 1e9 * options_.per_second;
            while (sent_ < options_.posts && sent_ < static_cast<int>(due) && sent_ - acked_ < 30) post();
            return;
        }
        while (sent_ < options_.posts && sent_ - acked_ < options_.outstanding) post();
    }

    void post() {
        char stamp[32];
        std::snprintf(stamp, sizeof stamp, "@t=%019lld ", static_cast<long long>(now_ns()));
        std::string text = stamp;
        text.resize(100, 'x');
        sockets_[0].send(R"({"do":"post","room":")" + options_.room + R"(","client_msg_id":"b)" +
                         std::to_string(getpid()) + "-" + std::to_string(sent_) + R"(","text":")" + text + "\"}");
        ++sent_;
    }

    void report(double seconds, double cpu) {
        const double deliveries = static_cast<double>(options_.posts) * static_cast<double>(sockets_.size());
        std::printf(
            R"({"members":%zu,"posts":%d,"seconds":%.4f,"deliveries_per_second":%.0f,"cpu_us_per_delivery":%.4f)",
            sockets_.size(), options_.posts, seconds, deliveries / seconds, cpu * 1e6 / deliveries);
        if (!latencies_.empty()) {
            std::ranges::sort(latencies_);
            const auto at = [this](double part) {
                return static_cast<double>(
                           latencies_[static_cast<std::size_t>(static_cast<double>(latencies_.size() - 1) * part)]) /
                       1e6;
            };
            std::printf(R"(,"p50_ms":%.3f,"p99_ms":%.3f)", at(0.5), at(0.99));
        }
        std::puts("}");
    }

    Options options_;
    int epoll_;
    std::vector<ClientSocket> sockets_;
    std::vector<int> received_;  // post events by socket
    std::vector<int> lives_;
    std::vector<std::int64_t> latencies_;
    std::string sender_tail_;
    bool measuring_ = false;
    int sender_lines_ = 0;
    int acked_ = 0;
    int sent_ = 0;
};

}  // namespace

int main(int argc, char** argv) try {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    Load load(parse(argc, argv));
    load.connect();
    load.run();
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "fanout_load: %s\n", error.what());
    return 1;
}
