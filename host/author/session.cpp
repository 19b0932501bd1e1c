#include "author/session.hpp"

#include "author/fault.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>

namespace riposte {
namespace {

std::string seconds_text(double seconds) {
    std::array<char, 32> text;
    std::snprintf(text.data(), text.size(), "%.1f s", seconds);
    return text.data();
}

void signal_event(int events) { [[maybe_unused]] const auto written = ::eventfd_write(events, 1); }

}  // namespace

Session::Session(PluginSource source, SessionOptions options)
    : source_(std::move(source)),
      options_(std::move(options)),
      terminal_(::isatty(STDIN_FILENO) == 1),
      screen_(stdout, terminal_),
      events_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    Workbench::Listener listener;
    listener.heard = [this](const Utterance& utterance) {
        screen_.hear(utterance);
        recorder_.hear(utterance);
    };
    listener.failed = [this](const Problem& problem) { screen_.fault({}, problem); };
    listener.not_heard = [this] { not_heard_ = true; };
    bench_ = std::make_unique<Workbench>(options_.bench, std::move(listener));
    if (options_.watch)
        watch_ = std::make_unique<FolderWatch>(source_.is_folder() ? source_.folder() : source_.library());
}

Session::~Session() {
    signals_.reset();
    bench_.reset();  // its thread tells of events
    ::close(events_);
}

std::string Session::serving() const {
    return generation_ > 0 ? "; generation " + std::to_string(generation_) + " serves on" : "";
}

/// Builds and takes into service. `changed` is the file that was saved, "" at the beginning.
bool Session::renew(const std::string& changed) {
    const auto news = changed.empty() ? std::string() : changed + " changed · ";
    const auto built = source_.build();
    if (!built) {
        std::fprintf(stderr, "%s\n", built.error().detail.c_str());
        screen_.remark(news + "does not build" + serving());
        return false;
    }
    const auto taken = bench_->take(built->library);
    if (!taken) {
        screen_.remark(news + "refused: " + taken.error().argument + ": " + taken.error().detail + serving());
        return false;
    }
    generation_ = taken->generation;
    hears_ = taken->hears;
    const auto time = built->seconds > 0 ? "built in " + seconds_text(built->seconds) + " · " : std::string();
    if (changed.empty())
        std::fprintf(stderr, "%s%s%s · Ctrl+D ends\n", time.c_str(),
                     std::string(to_string(options_.bench.isolation)).c_str(),
                     hears_ ? " · hears what is said without \"/\"" : "");
    else if (taken->unchanged) screen_.remark(news + "the build is the same");
    else screen_.remark(news + "generation " + std::to_string(generation_));
    return true;
}

int Session::run() {
    const bool ready = renew({});
    if (!ready && !watch_) return 1;
    listen_for_interrupt();
    while (!over_) {
        if (!busy_ && !at_end_) screen_.prompt();
        std::array<pollfd, 3> waiting{{{busy_ || at_end_ ? -1 : STDIN_FILENO, POLLIN, 0},
                                       {watch_ ? watch_->file() : -1, POLLIN, 0},
                                       {events_, POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) break;
        if (waiting[2].revents != 0) handle_events();
        if (waiting[1].revents != 0)
            if (const auto changed = watch_->changed(); !changed.empty()) renew(changed);
        if (waiting[0].revents != 0) read_input();
    }
    if (terminal_) std::fputs("\n", stdout);
    return differs_ ? 1 : 0;
}

void Session::read_input() {
    std::array<char, 4096> block;
    const auto bytes = ::read(STDIN_FILENO, block.data(), block.size());
    if (bytes < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (bytes > 0) input_.append(block.data(), static_cast<std::size_t>(bytes));
    else at_end_ = true;
    if (at_end_ && !input_.empty() && !input_.ends_with('\n')) input_ += '\n';
    take_lines();
}

void Session::handle_events() {
    eventfd_t ignored = 0;
    ::eventfd_read(events_, &ignored);
    if (interrupted_.exchange(false)) {
        if (!busy_) over_ = true;
        bench_->cancel();
    }
    if (!call_over_.exchange(false)) return;
    busy_ = false;
    show_end();
    take_lines();
}

void Session::take_lines() {
    while (!busy_ && !over_) {
        const auto end = input_.find('\n');
        if (end == std::string::npos) break;
        const auto line = input_.substr(0, end);
        input_.erase(0, end + 1);
        take_line(line);
    }
    if (busy_ || !at_end_) return;
    hold_against();
    over_ = true;
}

/// At a keyboard every line is said. A pipe may bring a transcript: then what stands behind ">" is.
void Session::take_line(const std::string& line) {
    const bool said = terminal_ || line.starts_with("> ") || line.starts_with('/');
    if (!said) {
        expected_.push_back(line);
        return;
    }
    hold_against();
    say(line.starts_with("> ") ? line.substr(2) : line);
}

void Session::say(const std::string& line) {
    screen_.typed(line);
    said_ = line;
    if (line.empty()) return;
    if (generation_ == 0) return screen_.remark("there is no build that could answer");
    busy_ = true;
    bench_->say(line, [this](std::optional<Problem> problem) { call_ended(std::move(problem)); });
}

/// [control]
void Session::call_ended(std::optional<Problem> problem) {
    problem_ = std::move(problem);
    call_over_ = true;
    signal_event(events_);
}

void Session::show_end() {
    if (auto problem = std::exchange(problem_, std::nullopt)) {
        const bool crashed = problem->code == ErrorCode::Crashed && problem->detail.starts_with("SIG");
        if (const auto place = crashed ? bench_->last_crash() : std::string(); !place.empty())
            problem->detail += " in " + place + " (--gdb)";
        screen_.fault(said_, *problem);
        recorder_.fail(said_, *problem);
    } else if (not_heard_.exchange(false)) {
        screen_.remark(hears_ ? "not heard" : "not a command: a message to the room, and this plugin hears none");
    } else if (!screen_.heard_anything()) {
        screen_.remark("done");
    }
}

/// What has come since the last line was said, against what the transcript wants. A line without any is only said.
void Session::hold_against() {
    std::string text;
    for (const auto& line : std::exchange(expected_, {})) text += line + "\n";
    const auto came = recorder_.take();
    const auto expected = parse_transcript(text);
    const auto wrong = !expected           ? expected.error().detail
                       : expected->empty() ? std::string()
                                           : difference(*expected, came);
    if (wrong.empty()) return;
    screen_.remark("differs: " + wrong);
    differs_ = true;
}

/// Ctrl+C cancels the call in progress; without one it ends the conversation.
void Session::listen_for_interrupt() {
    if (!signals_) signals_ = std::make_unique<asio::signal_set>(bench_->control(), SIGINT);
    signals_->async_wait([this](const boost::system::error_code& failure, int) {
        if (failure) return;
        interrupted_ = true;
        signal_event(events_);
        listen_for_interrupt();
    });
}

}  // namespace riposte
