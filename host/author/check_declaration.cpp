#include "author/check.hpp"
#include "loader/elf.hpp"

// What a library shows before any call: its symbols, that it loads, what it declares, that it starts.
namespace riposte {
namespace {

constexpr std::string_view entry = "riposte_plugin_entry";
constexpr std::size_t most_named = 3;

std::string some_of(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < most_named; ++i) text += (i ? ", " : "") + names[i];
    if (names.size() > most_named) text += ", and " + std::to_string(names.size() - most_named) + " more";
    return text;
}

}  // namespace

CheckVerdict check_exports(const CheckSubject& subject) {
    const auto facts = read_elf(subject.library);
    if (!facts) return check_failed(facts.error().detail);
    auto others = facts->exported;
    const bool has_entry = std::erase(others, entry) != 0;
    if (!has_entry) return check_failed("riposte_plugin_entry is not exported: use RIPOSTE_PLUGIN(), once");
    if (others.empty()) return check_ok("one symbol");
    return check_failed("also exports " + some_of(others) +
                        ": build with riposte_add_plugin(), or link with plugin.map");
}

CheckVerdict check_loads(const CheckSubject& subject) {
    const auto description = Trial(subject.trial()).examine();
    if (description) return check_ok("in the sandbox, for this host's interface");
    // By then it has been loaded.
    if (description.error().argument == "check") return check_ok("in the sandbox, for this host's interface");
    return check_failed(description.error().detail);
}

CheckVerdict check_declares(const CheckSubject& subject) {
    const auto description = Trial(subject.trial()).examine();
    if (!description) return check_failed(description.error().detail);
    auto text = description->id + " " + description->version + ": " + counted(description->commands.size(), "command");
    if (!description->settings.empty()) text += ", " + counted(description->settings.size(), "setting");
    if (description->commands.empty()) return check_warning(text + ": nobody can call it");
    for (const auto& command : description->commands)
        if (command.summary.english.empty())
            return check_warning(text + "; " + command.prefix + " has no summary for /help");
    return check_ok(text);
}

CheckVerdict check_starts(const CheckSubject& subject) {
    Trial trial(subject.trial());
    const auto began = std::chrono::steady_clock::now();
    const auto started = trial.start();
    if (!started) {
        const auto& problem = started.error();
        const bool setting = problem.argument == "settings";
        return check_failed(problem.argument + ": " + problem.detail + (setting ? ", here by --set key=value" : ""));
    }
    const auto time = std::chrono::steady_clock::now() - began;
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
    return check_ok("in " + std::to_string(ms) + " ms");
}

}  // namespace riposte
