// exchange_load: every socket has a room of its own and one post in flight. Prints one JSON object.
//   exchange_load --port P --clients FILE --text TEXT --until WORD --seconds S
//   exchange_load --port P --clients FILE --idle SERVER_PID      opens the sockets and tells the server's growth
// FILE has a line "token room" for each client. An exchange ends when WORD stands in what came back.
#include "client_socket.hpp"

#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <stdexcept>
#include <vector>

namespace {

using bench::ClientSocket;
using bench::now_ns;

constexpr std::int64_t second = 1'000'000'000;

/// Resident memory in bytes.
long resident(const std::string& process) {
    std::ifstream file("/proc/" + process + "/statm");
    long total = 0;
    long pages = 0;
    file >> total >> pages;
    return pages * sysconf(_SC_PAGESIZE);
}

struct Client {
    ClientSocket socket;
    std::string room;
    std::string heard;
    std::int64_t asked_at = 0;
    bool live = false;
};

class Exchange {
public:
    explicit Exchange(std::map<std::string, std::string> options)
        : options_(std::move(options)), epoll_(epoll_create1(0)) {}

    void run() {
        const bool idle = options_.contains("--idle");
        const long before = idle ? resident(options_["--idle"]) : 0;
        connect();
        if (idle) return report_idle(before);
        const auto begin = now_ns();
        const auto end = begin + std::stoll(options_.at("--seconds")) * second;
        for (auto& client : clients_) ask(client);
        while (now_ns() < end) poll();
        report(static_cast<double>(now_ns() - begin) / static_cast<double>(second));
    }

private:
    void connect() {
        std::ifstream file(options_.at("--clients"));
        std::string token, room;
        std::vector<std::pair<std::string, std::string>> wanted;
        while (file >> token >> room) wanted.emplace_back(token, room);
        clients_.reserve(wanted.size());
        for (const auto& [its_token, its_room] : wanted) {
            clients_.push_back({ClientSocket(std::stoi(options_.at("--port")), its_token), its_room, {}});
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = clients_.size() - 1;
            epoll_ctl(epoll_, EPOLL_CTL_ADD, clients_.back().socket.descriptor(), &event);
            while (!clients_.back().socket.upgraded()) poll();
            clients_.back().socket.send(R"({"do":"hello","rooms":{}})");
        }
        const auto deadline = now_ns() + 60 * second;
        while (!std::ranges::all_of(clients_, &Client::live)) {
            poll();
            if (now_ns() > deadline) throw std::runtime_error("not every client went live");
        }
    }

    void poll() {
        epoll_event events[256];
        const int ready = epoll_wait(epoll_, events, 256, 100);
        for (int i = 0; i < ready; ++i) {
            auto& client = clients_[static_cast<std::size_t>(events[i].data.u64)];
            if (!client.socket.read([&](std::string_view piece) { client.heard += piece; }))
                throw std::runtime_error("the server closed a client");
            hear(client);
        }
    }

    void hear(Client& client) {
        if (!client.live) {
            client.live = client.heard.find(R"("event":"live")") != std::string::npos;
            if (client.live) client.heard.clear();
            return;
        }
        if (client.asked_at == 0) return client.heard.clear();
        if (client.heard.find(R"("event":"problem")") != std::string::npos) throw std::runtime_error(client.heard);
        if (client.heard.find(options_.at("--until")) == std::string::npos) return;
        latencies_.push_back(now_ns() - client.asked_at);
        ask(client);
    }

    void ask(Client& client) {
        client.heard.clear();
        client.asked_at = now_ns();
        client.socket.send(R"({"do":"post","room":")" + client.room + R"(","client_msg_id":"x)" +
                           std::to_string(getpid()) + "-" + std::to_string(asked_++) + R"(","text":")" +
                           options_.at("--text") + "\"}");
    }

    void report(double seconds) {
        std::ranges::sort(latencies_);
        const auto at = [this](double part) {
            return static_cast<double>(
                       latencies_.at(static_cast<std::size_t>(static_cast<double>(latencies_.size() - 1) * part))) /
                   1e6;
        };
        std::printf("{\"clients\":%zu,\"per_second\":%.0f,\"p50_ms\":%.4f,\"p99_ms\":%.4f}\n", clients_.size(),
                    static_cast<double>(latencies_.size()) / seconds, at(0.5), at(0.99));
    }

    void report_idle(long before) {
        for (const auto until = now_ns() + 3 * second; now_ns() < until;) poll();
        const long grown = resident(options_["--idle"]) - before;
        std::printf("{\"clients\":%zu,\"bytes_per_client\":%.0f}\n", clients_.size(),
                    static_cast<double>(grown) / static_cast<double>(clients_.size()));
    }

    std::map<std::string, std::string> options_;
    int epoll_;
    std::vector<Client> clients_;
    std::vector<std::int64_t> latencies_;
    long asked_ = 0;
};

}  // namespace

int main(int argc, char** argv) try {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    std::map<std::string, std::string> options;
    for (int i = 1; i + 1 < argc; i += 2) options[argv[i]] = argv[i + 1];
    Exchange(std::move(options)).run();
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "exchange_load: %s\n", error.what());
    return 1;
}
