#include "author/check.hpp"

#include "loader/program.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <optional>
#include <stdexcept>

namespace riposte {
namespace {

constexpr std::array<CheckTest, 14> tests{{
    {"exports", false, check_exports},
    {"loads", true, check_loads},
    {"declares", true, check_declares},
    {"start", true, check_starts},
    {"answers", false, check_answers},
    {"utf8", false, check_utf8},
    {"large", false, check_large},
    {"cancel", false, check_cancel},
    {"deadline", false, check_deadline},
    {"stop", false, check_stop},
    {"leftover", false, check_leftover},
    {"reload", false, check_reload},
    {"unload", false, check_unload},
    {"replay", false, check_transcripts},
}};

constexpr std::array<std::string_view, 3> level_names{"ok", "warn", "FAIL"};
/// Before the child's verdict, whatever the plugin itself writes.
constexpr std::string_view verdict_mark =
    "\x1f"
    "verdict ";

const CheckTest* find(std::string_view name) {
    const auto* found = std::ranges::find(tests, name, &CheckTest::name);
    return found == tests.end() ? nullptr : found;
}

/// "\x1fverdict 1 text", the text to the end of the output.
std::optional<CheckVerdict> verdict_in(const std::string& output) {
    const auto mark = output.rfind(verdict_mark);
    if (mark == std::string::npos || output.size() < mark + verdict_mark.size() + 2) return std::nullopt;
    const auto level = output[mark + verdict_mark.size()] - '0';
    if (level < 0 || level > 2) return std::nullopt;
    auto text = output.substr(mark + verdict_mark.size() + 2);
    while (text.ends_with('\n')) text.pop_back();
    return CheckVerdict{static_cast<CheckLevel>(level), text};
}

std::string ending(int status) {
    if (status <= 128) return "its process ended with status " + std::to_string(status);
    const char* name = ::sigabbrev_np(status - 128);
    return std::string("crashed: ") + (name == nullptr ? "a signal" : "SIG" + std::string(name));
}

CheckVerdict ask_child(const CheckSubject& subject, const CheckTest& test) {
    std::vector<std::string> words{std::filesystem::read_symlink("/proc/self/exe").string(),
                                   "plugin",
                                   "check",
                                   subject.library.string(),
                                   "--only",
                                   std::string(test.name),
                                   "--child",
                                   "--transcripts",
                                   subject.transcripts.string()};
    for (const auto& setting : subject.given_settings) words.insert(words.end(), {"--set", setting});
    const auto child = run_program(words);
    if (auto verdict = verdict_in(child.output)) return *verdict;
    return check_failed(ending(child.status));
}

void print(const CheckTest& test, const CheckVerdict& verdict) {
    std::string text;
    for (const char c : verdict.text) text += c == '\n' ? std::string("\n               ") : std::string(1, c);
    std::printf("%-5s %-8s %s\n", std::string(level_names[static_cast<std::size_t>(verdict.level)]).c_str(),
                std::string(test.name).c_str(), text.c_str());
    std::fflush(stdout);
}

std::string all_names() {
    std::string names;
    for (const auto& test : tests) names += (names.empty() ? "" : ", ") + std::string(test.name);
    return names;
}

}  // namespace

std::span<const CheckTest> check_tests() { return tests; }

std::string counted(std::size_t number, const std::string& thing) {
    return std::to_string(number) + " " + thing + (number == 1 ? "" : "s");
}

int check_plugin(const CheckSubject& subject, const std::string& only) {
    if (!only.empty() && find(only) == nullptr)
        throw std::runtime_error("there is no check \"" + only + "\"; there are " + all_names());
    std::array<std::size_t, 3> counts{};
    std::string failed;
    for (const auto& test : tests) {
        if (!only.empty() && test.name != only) continue;
        const auto verdict = ask_child(subject, test);
        print(test, verdict);
        ++counts[static_cast<std::size_t>(verdict.level)];
        if (verdict.level != CheckLevel::Failed) continue;
        if (failed.empty()) failed = test.name;
        if (test.essential) break;
    }
    std::string summary = std::to_string(counts[0]) + " passed";
    if (counts[1] > 0) summary += ", " + counted(counts[1], "warning");
    if (counts[2] > 0) summary += ", " + std::to_string(counts[2]) + " failed (--only " + failed + " --gdb)";
    std::puts(summary.c_str());
    return counts[2] > 0 ? 1 : 0;
}

int check_plugin(const CheckSubject& subject, CheckScope scope) {
    bool failed = false;
    for (const auto& test : tests) {
        if (scope == CheckScope::Essentials && !test.essential) continue;
        const auto verdict = ask_child(subject, test);
        if (verdict.level != CheckLevel::Ok) print(test, verdict);
        failed = failed || verdict.level == CheckLevel::Failed;
        if (failed && test.essential) break;
    }
    return failed ? 1 : 0;
}

int run_check_test(const CheckSubject& subject, const std::string& name) {
    const auto* test = find(name);
    if (test == nullptr) throw std::runtime_error("there is no check \"" + name + "\"; there are " + all_names());
    const auto verdict = test->run(subject);
    std::printf("%s%d %s\n", std::string(verdict_mark).c_str(), static_cast<int>(verdict.level), verdict.text.c_str());
    std::fflush(stdout);
    // Not exit(): a thread that the plugin has left behind may still run.
    ::_exit(0);
}

}  // namespace riposte
