// stream_load: many viewers of one growing message, whose text is the time in µs at which each piece was put out.
//   stream_load --port P --tokens FILE --room URI --text LINE
// The first of the tokens gives the command LINE. Prints how late the pieces came to the viewers.
#include "client_socket.hpp"

#include <sys/epoll.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <map>
#include <stdexcept>
#include <vector>

namespace {

using bench::ClientSocket;
using bench::now_ns;

constexpr std::int64_t second = 1'000'000'000;

std::int64_t wall_clock_us() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

struct Viewer {
    ClientSocket socket;
    std::string heard;  // not yet understood
    bool live = false;
    bool ended = false;
};

class Audience {
public:
    explicit Audience(std::map<std::string, std::string> options)
        : options_(std::move(options)), epoll_(epoll_create1(0)) {}

    void run() {
        connect();
        viewers_.front().socket.send(R"({"do":"post","room":")" + options_.at("--room") + R"(","client_msg_id":"s)" +
                                     std::to_string(now_ns()) + R"(","text":")" + options_.at("--text") + "\"}");
        poll_until(&Viewer::ended, "hear the end");
        report();
    }

private:
    void connect() {
        std::ifstream file(options_.at("--tokens"));
        std::vector<std::string> tokens;
        for (std::string token; file >> token;) tokens.push_back(token);
        viewers_.reserve(tokens.size());
        for (const auto& token : tokens) {
            viewers_.push_back({ClientSocket(std::stoi(options_.at("--port")), token), {}});
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = viewers_.size() - 1;
            epoll_ctl(epoll_, EPOLL_CTL_ADD, viewers_.back().socket.descriptor(), &event);
            while (!viewers_.back().socket.upgraded()) poll();
            viewers_.back().socket.send(R"({"do":"hello","rooms":{}})");
        }
        poll_until(&Viewer::live, "go live");
    }

    void poll_until(bool Viewer::*there, const char* what) {
        const auto deadline = now_ns() + 60 * second;
        while (!std::ranges::all_of(viewers_, there)) {
            poll();
            if (now_ns() > deadline) throw std::runtime_error(std::string("not every viewer did ") + what);
        }
    }

    void poll() {
        epoll_event events[256];
        const int ready = epoll_wait(epoll_, events, 256, 100);
        for (int i = 0; i < ready; ++i) {
            auto& viewer = viewers_[static_cast<std::size_t>(events[i].data.u64)];
            if (!viewer.socket.read([&](std::string_view piece) { viewer.heard += piece; }))
                throw std::runtime_error("the server closed a viewer");
            hear(viewer);
        }
    }

    void hear(Viewer& viewer) {
        if (viewer.heard.find(R"("event":"problem")") != viewer.heard.npos) throw std::runtime_error(viewer.heard);
        viewer.live = viewer.live || viewer.heard.find(R"("event":"live")") != viewer.heard.npos;
        viewer.ended = viewer.ended || viewer.heard.find(R"("event":"edit")") != viewer.heard.npos;
        std::size_t understood = 0;
        for (;;) {
            const auto chunk = viewer.heard.find(R"("event":"stream")", understood);
            const auto text = viewer.heard.find(R"("text":")", chunk);
            const auto end = viewer.heard.find("\"}", text);
            if (end == viewer.heard.npos) break;
            note(std::string_view(viewer.heard).substr(text + 8, end - text - 8));
            understood = end;
        }
        viewer.heard.erase(0, understood);
    }

    void note(std::string_view times) {
        const auto now = wall_clock_us();
        while (!times.empty()) {
            std::int64_t put_out = 0;
            const auto [rest, failed] = std::from_chars(times.data(), times.data() + times.size(), put_out);
            if (failed == std::errc()) late_us_.push_back(now - put_out);
            times.remove_prefix(std::min(times.size(), static_cast<std::size_t>(rest - times.data()) + 1));
        }
    }

    void report() {
        if (late_us_.empty()) throw std::runtime_error("no chunk came");
        std::ranges::sort(late_us_);
        const auto at = [this](double part) {
            const auto place = static_cast<double>(late_us_.size() - 1) * part;
            return static_cast<double>(late_us_.at(static_cast<std::size_t>(place))) / 1e3;
        };
        std::printf("{\"viewers\":%zu,\"pieces\":%zu,\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n", viewers_.size(),
                    late_us_.size(), at(0.5), at(0.99));
    }

    std::map<std::string, std::string> options_;
    int epoll_;
    std::vector<Viewer> viewers_;
    std::vector<std::int64_t> late_us_;
};

}  // namespace

int main(int argc, char** argv) try {
    std::map<std::string, std::string> options;
    for (int i = 1; i + 1 < argc; i += 2) options[argv[i]] = argv[i + 1];
    Audience(std::move(options)).run();
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "stream_load: %s\n", error.what());
    return 1;
}
