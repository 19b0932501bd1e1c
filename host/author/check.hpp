#pragma once

#include "author/trial.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace riposte {

/// What is checked, and how.
struct CheckSubject {
    std::filesystem::path library;
    std::filesystem::path transcripts;  // a folder that may not be there
    PluginSettings settings;
    std::vector<std::string> given_settings;  // the same as they were typed, for the child
    Isolation isolation = Isolation::Worker;  // in-process for a debugger
    bool patient = false;

    TrialOptions trial() const { return {library, settings, isolation, patient}; }
};

enum class CheckLevel : std::uint8_t { Ok, Warning, Failed };

struct CheckVerdict {
    CheckLevel level = CheckLevel::Ok;
    std::string text;
};

/// One question. It may crash with the plugin: each is asked in a process of its own.
struct CheckTest {
    std::string_view name;
    bool essential;  // if it fails the others make no sense
    CheckVerdict (*run)(const CheckSubject&);
};

std::span<const CheckTest> check_tests();

/// `riposte plugin check`: asks every question, or only one, and prints the verdicts. Returns the exit code.
int check_plugin(const CheckSubject& subject, const std::string& only);
/// Without a word about what is well: everything, or only what it takes to start. Returns the exit code.
enum class CheckScope : std::uint8_t { Everything, Essentials };
int check_plugin(const CheckSubject& subject, CheckScope scope);
/// The child that asks one of them.
int run_check_test(const CheckSubject& subject, const std::string& name);

// The questions, in check_declaration.cpp, check_calls.cpp and check_residue.cpp.
CheckVerdict check_exports(const CheckSubject& subject);
CheckVerdict check_loads(const CheckSubject& subject);
CheckVerdict check_declares(const CheckSubject& subject);
CheckVerdict check_starts(const CheckSubject& subject);
CheckVerdict check_answers(const CheckSubject& subject);
CheckVerdict check_utf8(const CheckSubject& subject);
CheckVerdict check_large(const CheckSubject& subject);
CheckVerdict check_cancel(const CheckSubject& subject);
CheckVerdict check_deadline(const CheckSubject& subject);
CheckVerdict check_stop(const CheckSubject& subject);
CheckVerdict check_leftover(const CheckSubject& subject);
CheckVerdict check_reload(const CheckSubject& subject);
CheckVerdict check_unload(const CheckSubject& subject);
CheckVerdict check_transcripts(const CheckSubject& subject);

inline CheckVerdict check_ok(std::string text) { return {CheckLevel::Ok, std::move(text)}; }
inline CheckVerdict check_warning(std::string text) { return {CheckLevel::Warning, std::move(text)}; }
inline CheckVerdict check_failed(std::string text) { return {CheckLevel::Failed, std::move(text)}; }

/// "1 command", "3 commands".
std::string counted(std::size_t number, const std::string& thing);

}  // namespace riposte
