#include "author/check.hpp"
#include "loader/elf.hpp"

#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <thread>

// What a plugin leaves behind. Asked in-process, in the child of the check: there it can be seen.
namespace riposte {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr int reloads = 20;
constexpr std::int64_t tolerable_growth = 8 << 20;  // bytes over all reloads; an allocator keeps some

std::size_t threads_now() {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator("/proc/self/task"), fs::directory_iterator()));
}

/// What each open descriptor stands for; the one that lists them is not among them when it is asked.
std::map<std::string, std::string> descriptors_now() {
    std::map<std::string, std::string> open;
    std::error_code gone;
    for (const auto& entry : fs::directory_iterator("/proc/self/fd")) {
        const auto target = fs::read_symlink(entry.path(), gone);
        if (!gone && !target.string().ends_with("/fd")) open[entry.path().filename().string()] = target.string();
    }
    return open;
}

std::int64_t resident_bytes() {
    std::int64_t size = 0;
    std::int64_t resident = 0;
    std::ifstream("/proc/self/statm") >> size >> resident;
    return resident * ::sysconf(_SC_PAGESIZE);
}

/// How many copies of the library are mapped. The host calls them live-….so, and has deleted them by now.
std::size_t mapped_copies() {
    std::ifstream maps("/proc/self/maps");
    std::set<std::string> files;
    for (std::string line; std::getline(maps, line);)
        if (const auto name = line.find("/live-"); name != std::string::npos) files.insert(line.substr(name));
    return files.size();
}

/// Waits a moment for what ends in the background.
template <class Holds>
bool soon(Holds holds) {
    for (int i = 0; i < 50; ++i) {
        if (holds()) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

/// Starts an instance, calls every command once, stops it. "" or what went wrong.
std::string live_once(Trial& trial) {
    if (const auto started = trial.start(); !started) return "does not start: " + started.error().detail;
    for (const auto& sample : samples_of(trial.description(), SampleText::Plain)) {
        const auto call = trial.call(sample, 100ms);
        if (call.killed) return sample.line + ": its instance had to be ended: " + call.detail;
    }
    const auto stopped = trial.stop();
    return stopped ? "" : stopped.error().detail;
}

TrialOptions inside(const CheckSubject& subject) {
    auto options = subject.trial();
    options.isolation = Isolation::InProcess;
    return options;
}

/// Why a library stays, as far as it can be read from it.
std::string reason_to_stay(const fs::path& library) {
    const auto facts = read_elf(library);
    const auto reason = facts ? what_keeps_it_mapped(*facts) : std::string();
    return reason.empty() ? reason : ": " + reason;
}

}  // namespace

CheckVerdict check_stop(const CheckSubject& subject) {
    Trial trial(subject.trial());
    if (const auto started = trial.start(); !started) return check_failed("does not start: " + started.error().detail);
    const auto time = trial.stop();
    if (!time) return check_failed(time.error().detail + "; join your threads, which call.wait() and host.wait() end");
    return check_ok("in " + std::to_string(time->count()) + " ms");
}

CheckVerdict check_leftover(const CheckSubject& subject) {
    Trial trial(inside(subject));
    // The first time opens what stays open for good reason: the desk's own files, a library's one-time set-up.
    if (const auto wrong = live_once(trial); !wrong.empty()) return check_failed(wrong);
    const auto threads = threads_now();
    const auto descriptors = descriptors_now();
    if (const auto wrong = live_once(trial); !wrong.empty()) return check_failed(wrong);
    if (!soon([&] { return threads_now() <= threads; }))
        return check_failed(counted(threads_now() - threads, "thread") + " still running after stop; join them");
    if (!soon([&] { return descriptors_now().size() <= descriptors.size(); })) {
        const auto now = descriptors_now();
        for (const auto& [number, target] : now)
            if (!descriptors.contains(number))
                return check_failed(counted(now.size() - descriptors.size(), "descriptor") +
                                    " still open after stop: " + target);
    }
    return check_ok("no thread and no descriptor after stop");
}

CheckVerdict check_reload(const CheckSubject& subject) {
    Trial trial(inside(subject));
    if (const auto wrong = live_once(trial); !wrong.empty()) return check_failed(wrong);
    const auto memory = resident_bytes();
    for (int i = 0; i < reloads; ++i)
        if (const auto wrong = live_once(trial); !wrong.empty())
            return check_failed("at reload " + std::to_string(i + 1) + ": " + wrong);
    const auto grown = resident_bytes() - memory;
    const auto text = std::to_string(reloads) + " times";
    if (grown > tolerable_growth)
        return check_warning(text + "; memory grew by " + std::to_string(grown >> 20) + " MiB");
    return check_ok(text);
}

CheckVerdict check_unload(const CheckSubject& subject) {
    Trial trial(inside(subject));
    if (const auto wrong = live_once(trial); !wrong.empty()) return check_failed(wrong);
    if (soon([] { return mapped_copies() == 0; })) return check_ok("nothing stays mapped in-process");
    return check_warning("stays mapped in-process" + reason_to_stay(subject.library));
}

}  // namespace riposte
