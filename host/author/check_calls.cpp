#include "author/check.hpp"
#include "author/transcript.hpp"
#include "author/workbench.hpp"
#include "base/read_file.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>

// What becomes of calls.
namespace riposte {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr auto press_cancel_after = 100ms;
constexpr auto soon_after_cancel = 1000ms;
/// An operator may lower the 10 s that a plugin has for its first output.
constexpr auto low_deadline = 1000ms;

std::string seconds(milliseconds time) {
    std::array<char, 32> text;
    std::snprintf(text.data(), text.size(), "%.1f s", static_cast<double>(time.count()) / 1000);
    return text.data();
}

struct Calls {
    std::size_t made = 0;
    milliseconds slowest{};
    std::string slowest_command;
    CheckVerdict worst;  // its text is "" as long as all is well
};

/// One call a sample, each judged; a dead instance is followed by another.
Calls make_calls(const TrialOptions& options, SampleText text, std::optional<milliseconds> cancel_after,
                 const std::function<CheckVerdict(const std::string& command, const TrialCall& call)>& judge) {
    Calls calls;
    auto trial = std::make_unique<Trial>(options);
    if (const auto started = trial->start(); !started) {
        calls.worst = check_failed("does not start: " + started.error().detail);
        return calls;
    }
    for (const auto& sample : samples_of(trial->description(), text)) {
        if (!trial->alive()) {
            trial = std::make_unique<Trial>(options);
            if (!trial->start()) break;
        }
        const auto& command = trial->description().commands[sample.command].prefix;
        const auto call = trial->call(sample, cancel_after);
        ++calls.made;
        if (call.time >= calls.slowest) {
            calls.slowest = call.time;
            calls.slowest_command = command;
        }
        auto verdict = judge(command, call);
        if (verdict.level > calls.worst.level) calls.worst = std::move(verdict);
    }
    return calls;
}

CheckVerdict verdict_of(const Calls& calls, const std::string& praise) {
    if (calls.worst.level != CheckLevel::Ok) return calls.worst;
    if (calls.made == 0) return check_ok("no command takes such arguments");
    return check_ok(counted(calls.made, "command") + praise);
}

/// A crash, a call that took too long, or an answer that the host has refused; a failure with a text of its own is an
/// answer.
CheckVerdict judge_end(const std::string& command, const TrialCall& call) {
    if (call.failure == ErrorCode::Crashed) return check_failed(command + " crashed: " + call.detail);
    if (call.killed) return check_failed(command + ": its instance had to be ended: " + call.detail);
    if (call.failure == ErrorCode::TimedOut) return check_failed(command + " put nothing out before its deadline");
    if (call.failure == ErrorCode::PluginFailed && call.detail.ends_with(": invalid"))
        return check_failed(command + " put out what is not a text (" + call.detail +
                            "): UTF-8 without control characters");
    if (call.failure == ErrorCode::PluginFailed && call.detail.ends_with(": too large"))
        return check_failed(command + " put out more than a message holds (" + call.detail + ")");
    return {};
}

/// "" or what differs, with its line.
std::string play(const CheckSubject& subject, const std::vector<TranscriptLine>& lines) {
    TranscriptRecorder recorder;
    Workbench::Listener listener;
    listener.heard = [&](const Utterance& utterance) { recorder.hear(utterance); };
    listener.failed = [](const Problem&) {};
    Workbench bench({.isolation = subject.isolation, .settings = subject.settings, .patient = subject.patient},
                    std::move(listener));
    if (const auto taken = bench.take(subject.library); !taken) return "refused: " + taken.error().detail;
    for (auto line = lines.begin(); line != lines.end();) {
        const auto next = std::find_if(
            line + 1, lines.end(), [](const TranscriptLine& each) { return each.mark == TranscriptLine::Mark::Said; });
        if (line->mark != TranscriptLine::Mark::Said)
            return "line " + std::to_string(line->number) + " answers nothing";
        if (const auto problem = bench.say_and_wait(line->text)) recorder.fail(line->text, *problem);
        const std::vector<TranscriptLine> expected(line + 1, next);
        if (const auto wrong = difference(expected, recorder.take()); !wrong.empty())
            return "line " + std::to_string(line->number) + ": " + wrong;
        line = next;
    }
    return {};
}

}  // namespace

CheckVerdict check_answers(const CheckSubject& subject) {
    const auto calls = make_calls(subject.trial(), SampleText::Plain, {}, judge_end);
    return verdict_of(
        calls, ", the slowest took " + std::to_string(calls.slowest.count()) + " ms (" + calls.slowest_command + ")");
}

CheckVerdict check_utf8(const CheckSubject& subject) {
    return verdict_of(make_calls(subject.trial(), SampleText::Unicode, {}, judge_end),
                      " with Chinese, emoji and marks that combine");
}

CheckVerdict check_large(const CheckSubject& subject) {
    return verdict_of(make_calls(subject.trial(), SampleText::Large, {}, judge_end), " with up to 64 KiB of text");
}

CheckVerdict check_cancel(const CheckSubject& subject) {
    const auto judge = [](const std::string& command, const TrialCall& call) -> CheckVerdict {
        if (call.failure == ErrorCode::Crashed) return judge_end(command, call);
        if (!call.lag || (*call.lag < soon_after_cancel && !call.killed)) return {};
        return check_failed(command + " ran " + seconds(*call.lag) + " after Cancel" +
                            (call.killed ? " and was ended" : "") + "; use call.wait()");
    };
    return verdict_of(make_calls(subject.trial(), SampleText::Plain, press_cancel_after, judge),
                      " over before Cancel or soon after");
}

CheckVerdict check_deadline(const CheckSubject& subject) {
    auto options = subject.trial();
    options.longest_first_output = low_deadline;
    const auto judge = [](const std::string& command, const TrialCall& call) -> CheckVerdict {
        if (!call.killed || call.failure == ErrorCode::Crashed) return {};
        return check_warning(command + " does not notice its deadline, so its instance is ended; use call.wait()");
    };
    return verdict_of(make_calls(options, SampleText::Plain, {}, judge),
                      " over before a deadline of 1 s or soon after");
}

CheckVerdict check_transcripts(const CheckSubject& subject) {
    std::error_code failure;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(subject.transcripts, failure))
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    std::ranges::sort(files);
    if (files.empty()) return check_ok("no transcripts (transcripts/*.txt)");
    std::size_t said = 0;
    for (const auto& file : files) {
        const auto lines = parse_transcript(read_file(file).value_or(""));
        const auto name = file.filename().string();
        if (!lines) return check_failed(name + ": " + lines.error().detail);
        if (const auto wrong = play(subject, *lines); !wrong.empty())
            return check_failed(std::string(name).append(" ").append(wrong));
        said += static_cast<std::size_t>(std::ranges::count(*lines, TranscriptLine::Mark::Said, &TranscriptLine::mark));
    }
    return check_ok(counted(files.size(), "transcript") + ", " + counted(said, "line") + " said");
}

}  // namespace riposte
